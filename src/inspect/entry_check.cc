#include "inspect/entry_check.h"

#include <fmt/format.h>

#include "inspect/event_place.h"
#include "inspect/range_check.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

using store::Family;

std::string found_instead(const std::optional<std::string>& value) {
  if (!value) return "no entry";
  const auto position = store::read_position(*value);
  return position ? fmt::format("position {}", *position) : "no position";
}

}  // namespace

std::string PlacedRecord::key(Family family) const {
  if (family == Family::ids) return std::string(outline.id);
  return store::stream_key(outline.subject, outline.version);
}

Result<bool> check_entry(const Examination& examination, const PlacedRecord& record,
                         Family family) {
  const std::string key = record.key(family);
  const auto value = examination.database.get(family, key);
  if (!value) {
    LIGGARE_CHECK(examination.findings.take(value.error()));
    return false;
  }
  if (*value == store::position_bytes(record.position)) return true;
  const bool is_ids = family == Family::ids;
  const std::string entry = is_ids ? fmt::format("id {}", printable(key))
                                   : fmt::format("version {}", record.outline.version);
  examination.findings.add(
      {Part::events, record.position, entry_step},
      {is_ids ? "id-index" : "stream-index", event_place(record.position, record.outline.subject),
       fmt::format("{} → position {}", entry, record.position), found_instead(*value)});
  return false;
}

Result<std::uint64_t> check_entries(const Examination& examination, std::uint64_t range,
                                    Family family) {
  const LeafSpan span = range_span(examination, range);
  std::uint64_t held = 0;
  const auto take = [&](std::string_view key, std::string_view bytes) -> Result<void> {
    const auto position = store::read_position(key);
    if (!position || *position >= span.end) return {};
    const auto outline = codec::outline_record(bytes, *position);
    if (!outline) return {};
    LIGGARE_TRY(const bool is_held, check_entry(examination, {*position, *outline}, family));
    if (is_held) ++held;
    return {};
  };
  const auto read = examination.database.for_each(range_keys(span), take);
  if (!read) {
    LIGGARE_CHECK(examination.findings.take(read.error()));
  }
  return held;
}

}  // namespace liggare::inspect
