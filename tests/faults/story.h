// The events that the tests of faults append. An event is a function of its id, so whoever sends an
// id again, also from another process, sends the same.
#pragma once

#include <cstddef>
#include <string>

namespace liggare::faults {

inline constexpr int participants = 8;  // participant/P0 … that notes are about,
inline constexpr int leaving = 12;      // and participant/E0 … that are erased one by one.

// Lines that make units, staff with roles (staff/A decides, staff/B executes) and participants.
std::string opening_lines();
// How many those are.
std::size_t opening_events();

// A note with sealed text of about that many bytes.
std::string note_line(const std::string& id, std::size_t text_bytes = 0);

}  // namespace liggare::faults
