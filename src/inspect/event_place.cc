#include "inspect/event_place.h"

#include <fmt/format.h>

#include "inspect/finding_list.h"
#include "store/rocks/database.h"

namespace liggare::inspect {

std::optional<codec::Record> record_at(const store::Database& database, std::uint64_t position) {
  const auto bytes = database.get(store::Family::events, store::position_bytes(position));
  if (!bytes || !*bytes) return std::nullopt;
  auto record = codec::decode_record(**bytes, position);
  if (!record) return std::nullopt;
  return std::move(*record);
}

std::string event_place(const codec::Record& record) {
  return fmt::format("event {} of {}", record.event.position,
                     printable(record.event.event.subject.text()));
}

std::string event_place(const store::Database& database, std::uint64_t position) {
  const auto record = record_at(database, position);
  return record ? event_place(*record) : fmt::format("event {}", position);
}

std::string events_place(std::uint64_t first, std::uint64_t end) {
  if (end - first == 1) return fmt::format("event {}", first);
  return fmt::format("events {} to {}", first, end - 1);
}

}  // namespace liggare::inspect
