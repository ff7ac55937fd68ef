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

std::string event_place(std::uint64_t position, std::string_view subject) {
  return fmt::format("event {} of {}", position, printable(subject));
}

std::string event_place(const store::Database& database, std::uint64_t position) {
  const auto record = record_at(database, position);
  return record ? event_place(position, record->event.event.subject.text())
                : fmt::format("event {}", position);
}

std::string events_place(std::uint64_t first, std::uint64_t end) {
  if (end - first == 1) return fmt::format("event {}", first);
  return fmt::format("events {} to {}", first, end - 1);
}

}  // namespace liggare::inspect
