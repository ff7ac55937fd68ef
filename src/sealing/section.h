// A sealed section: one class of personal data in one event (evidence, section 2).
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "base/section.h"

namespace liggare::sealing {

inline constexpr std::size_t key_id_bytes = 16;
inline constexpr std::size_t salt_bytes = 32;
inline constexpr std::size_t commitment_bytes = 32;

using liggare::Section;

// corrupt, naming the field, unless every fixed length is right.
Result<void> check_lengths(const Section& section);

// The event that a section is sealed into, and opens in alone.
struct EventContext {
  std::string event_id;
  std::string subject;
  std::string type;
  std::string effective;  // "YYYY-MM-DD", as on the wire.
  bool operator==(const EventContext&) const = default;
};

// The bytes that bind a section to its place: u16 length ‖ bytes for event id, subject, type,
// effective and class. Requires each to be at most 65,535 bytes.
std::string context_bytes(const EventContext& event, PersonalClass personal_class);

}  // namespace liggare::sealing
