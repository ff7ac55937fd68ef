#include "audit/read_leaf.h"

#include <limits>

namespace liggare::audit {
namespace {

// The year 10000, where RFC 3339 ends.
constexpr std::int64_t recorded_end = 253'402'300'800 * 1'000'000;
constexpr std::uint64_t version_max = std::numeric_limits<std::int64_t>::max();

}  // namespace

Checked<codec::Record> read_leaf(std::string_view bytes, std::uint64_t position,
                                 const std::string& place) {
  auto record = codec::decode_record(bytes, position);
  if (!record) return refuse(record.error(), Reason::malformed, place);
  const domain::RecordedEvent& event = record->event;
  if (event.version > version_max || event.recorded.microseconds < 0 ||
      event.recorded.microseconds >= recorded_end) {
    return refuse(Reason::malformed, place, {Circumstance::impossible_number, {}});
  }
  return *std::move(record);
}

Json event_facts(const codec::Record& record) {
  const domain::Event& event = record.event.event;
  return Json::object()
      .add("id", event.id)
      .add("type", domain::name_of(event.type()))
      .add("subject", event.subject.text())
      .add("streamversion", record.event.version)
      .add("effective", event.effective)
      .add("recorded", record.event.recorded.text());
}

std::string recorded_minute(const codec::Record& record) {
  return minute_text(static_cast<std::uint64_t>(record.event.recorded.microseconds) / 1'000'000);
}

}  // namespace liggare::audit
