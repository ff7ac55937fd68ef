// How a report names an event. Internal to inspect.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "codec/record.h"

namespace liggare::store {
class Database;
}

namespace liggare::inspect {

// No value where it is missing or unreadable, for whatever reason.
std::optional<codec::Record> record_at(const store::Database& database, std::uint64_t position);

// "event 812 of participant/P7"; without the stream where the record does not say it.
std::string event_place(std::uint64_t position, std::string_view subject);
std::string event_place(const store::Database& database, std::uint64_t position);
// "event 812", or "events 812 to 814". Requires first < end.
std::string events_place(std::uint64_t first, std::uint64_t end);

}  // namespace liggare::inspect
