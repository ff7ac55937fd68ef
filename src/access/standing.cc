#include "access/standing.h"

#include <algorithm>

#include "domain/participant_facts.h"

namespace liggare::access {
namespace {

// The staff that the protection in force names; no value where there is none.
const std::vector<std::string>* protection_of(const domain::Timeline& participant) {
  const std::vector<std::string>* staff = nullptr;
  for (const domain::AmendedEvent& event : participant) {
    if (const auto* set = std::get_if<domain::ProtectionSet>(&*event.data)) staff = &set->staff;
    if (std::holds_alternative<domain::ProtectionLifted>(*event.data)) staff = nullptr;
  }
  return staff;
}

}  // namespace

std::set<HeldRole> roles_of(const domain::Timeline& staff) {
  std::set<HeldRole> roles;
  for (const domain::AmendedEvent& event : staff) {
    if (const auto* granted = std::get_if<domain::RoleGranted>(&*event.data)) {
      roles.insert({granted->role, granted->unit.value_or("")});
    }
    if (const auto* revoked = std::get_if<domain::RoleRevoked>(&*event.data)) {
      roles.erase({revoked->role, revoked->unit.value_or("")});
    }
  }
  return roles;
}

Standing standing_of(std::string_view staff_id, const domain::Timeline& staff,
                     const domain::Timeline& participant) {
  Standing standing;
  standing.roles = roles_of(staff);
  const domain::ParticipantFacts facts = domain::participant_facts(participant);
  standing.is_consultant = facts.consultant == staff_id;
  for (const auto& [id, enrolment] : facts.enrolments) {
    if (!enrolment.end) standing.units.insert(enrolment.unit());
  }
  if (const auto* listed = protection_of(participant)) {
    standing.is_protected = true;
    standing.is_listed = std::find(listed->begin(), listed->end(), staff_id) != listed->end();
  }
  return standing;
}

}  // namespace liggare::access
