// Who may read which personal data: one table of role, relation and purpose. What is not in it is
// denied.
#pragma once

#include <optional>
#include <vector>

#include "access/standing.h"
#include "base/personal_class.h"

namespace liggare::access {

enum class Denial {
  no_role,              // Holds no role that reads anything, or none that may break the glass.
  no_relation,          // Has nothing to do with the participant in that role.
  purpose_not_allowed,  // Might read, but not for this.
  class_not_allowed,    // A class was named that lies outside what may be read.
  protected_person,     // Is not among those who may know of the participant.
  reason_missing,       // Breaking the glass takes a reason.
  break_glass_expired   // The hour is over: it takes a new reason.
};

struct Request {
  Purpose purpose = Purpose::case_work;
  std::optional<std::vector<PersonalClass>> classes = {};  // All where none are named.
  bool breaks_glass = false;
  bool gives_reason = false;
};

struct Decision {
  std::vector<PersonalClass> allowed;  // Empty where it is denied.
  std::vector<PersonalClass> refused;  // Of those named, or of all.
  std::optional<Denial> denial;
  // In which capacity: of the row that allowed most, or that comes nearest.
  std::optional<Role> role;
  Relation relation = Relation::none;
};

// Whoever is not named for a protected participant is denied before anything else is looked at.
Decision decide(const Standing& standing, const Request& request);

}  // namespace liggare::access

namespace liggare::domain {

LIGGARE_WORDS(access::Denial, "no-role", "no-relation", "purpose-not-allowed", "class-not-allowed",
              "protected", "reason-missing", "break-glass-expired");

}  // namespace liggare::domain
