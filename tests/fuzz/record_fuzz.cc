#include "codec/event_json.h"
#include "codec/record.h"
#include "codec/record_outline.h"
#include "codec/record_reader.h"
#include "tests/fuzz/framed.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

using codec::Record;
using codec::RecordOutline;

constexpr std::uint64_t position = 7;

void expect_same(const RecordOutline& outline, const Record& record) {
  const domain::RecordedEvent& event = record.event;
  LIGGARE_ASSERT(outline.id == event.event.id, "an outline of another id");
  LIGGARE_ASSERT(outline.subject == event.event.subject.text(), "an outline of another stream");
  LIGGARE_ASSERT(outline.version == event.version, "an outline of another version");
  LIGGARE_ASSERT(outline.recorded == event.recorded, "an outline of another time");
  LIGGARE_ASSERT(outline.type == event.event.type(), "an outline of another type");
  LIGGARE_ASSERT(outline.effective == event.event.effective, "an outline of another day");
}

void judge(std::string_view bytes) {
  const auto checked = codec::read_with_checks(bytes, position);
  if (codec::is_surely_readable(bytes)) {
    LIGGARE_ASSERT(checked, "a record that is surely readable and is not");
    LIGGARE_ASSERT(codec::read_in_place(bytes, position) == *checked, "a record of two meanings");
  }
  const auto outline = codec::outline_record(bytes, position);
  LIGGARE_ASSERT(outline.has_value() == checked.has_value(), "an outline of no record");
  const auto event = codec::decode_event(bytes, position);
  LIGGARE_ASSERT(event.has_value() == checked.has_value(), "an event of no record");
  const auto subject = codec::subject_of_record(bytes, position);
  if (!checked) return;
  LIGGARE_ASSERT(**event == checked->event, "an event of another record");
  LIGGARE_ASSERT(subject && *subject == outline->subject, "a subject of another record");
  expect_same(*outline, *checked);
  const auto again = codec::decode_record(codec::encode_record(*checked), position);
  LIGGARE_ASSERT(again && *again == *checked, "a record that cannot be stored again");
  codec::event_json(checked->event, codec::sealed_view).text();
  checked->event.recorded.ledger_day();
}

}  // namespace

void record(std::string_view input) {
  judge(input);
  judge(framed(input));
}

}  // namespace liggare::fuzz
