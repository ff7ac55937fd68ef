// What a member of staff is to a participant, by what the ledger knows now.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "access/vocabulary.h"
#include "domain/timeline.h"

namespace liggare::access {

struct HeldRole {
  Role role = Role::consultant;
  std::string unit;  // Empty where the role was granted for no unit.
  auto operator<=>(const HeldRole&) const = default;
};

// The newest time that this reader broke the glass for this participant.
enum class BreakGlass { never, open, expired };

struct Standing {
  std::set<HeldRole> roles;
  bool is_consultant = false;   // Assigned to the participant.
  std::set<std::string> units;  // Where the participant has an enrolment that has not ended.
  bool is_protected = false;
  bool is_listed = false;  // Among the staff that the protection names.
  BreakGlass break_glass = BreakGlass::never;
};

// The roles granted and not revoked, by a staff stream's whole timeline.
std::set<HeldRole> roles_of(const domain::Timeline& staff);

// All but break_glass, which the access log knows. `staff_id` is bare: "S7".
Standing standing_of(std::string_view staff_id, const domain::Timeline& staff,
                     const domain::Timeline& participant);

}  // namespace liggare::access
