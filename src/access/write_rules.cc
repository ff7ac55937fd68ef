#include "access/write_rules.h"
#include "domain/formats.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace liggare::access {
namespace {

using domain::EventType;

// Every group of writers, and what it writes. A type stands in one group alone.
constexpr auto organisers = std::to_array({Role::registrar, Role::admin});
constexpr auto organised =
    std::to_array({EventType::unit_registered, EventType::unit_renamed, EventType::unit_moved,
                   EventType::unit_closed, EventType::staff_registered});

constexpr auto granters = std::to_array({Role::admin});
constexpr auto granted =
    std::to_array({EventType::role_granted, EventType::role_revoked, EventType::ledger_key_rotated,
                   EventType::ledger_rolled_back, EventType::ledger_restored});

constexpr auto planners = std::to_array({Role::lead, Role::registrar});
constexpr auto planned = std::to_array(
    {EventType::agreement_signed, EventType::agreement_amended, EventType::agreement_terminated,
     EventType::target_set, EventType::figure_published, EventType::ladder_published,
     EventType::policy_adopted, EventType::place_offered, EventType::place_withdrawn,
     EventType::protection_set, EventType::protection_lifted});

constexpr auto guardians = std::to_array({Role::dpo, Role::registrar});
constexpr auto guarded = std::to_array({EventType::notice_published, EventType::basis_adopted,
                                        EventType::retention_adopted, EventType::request_answered,
                                        EventType::hold_placed, EventType::hold_released,
                                        EventType::erasure_decided, EventType::erasure_executed});

constexpr auto reporters = std::to_array(
    {Role::consultant, Role::supervisor, Role::lead, Role::dpo, Role::registrar, Role::admin});
constexpr auto reported =
    std::to_array({EventType::incident_reported, EventType::request_received});

constexpr auto incident_handlers = std::to_array({Role::dpo});
constexpr auto incidents_handled =
    std::to_array({EventType::incident_notified, EventType::incident_closed});

constexpr auto registrars = std::to_array({Role::consultant, Role::lead, Role::registrar});
constexpr auto registered = std::to_array(
    {EventType::participant_registered, EventType::referral_received, EventType::referral_accepted,
     EventType::referral_declined, EventType::referral_withdrawn, EventType::consultant_released});

// Who is assigned reads everything, so nobody assigns herself.
constexpr auto assigners = std::to_array({Role::lead, Role::registrar});
constexpr auto assigned = std::to_array({EventType::consultant_assigned});

constexpr auto handlers = std::to_array({Role::consultant, Role::lead});
constexpr auto handled =
    std::to_array({EventType::enrolment_started,  EventType::enrolment_paused,
                   EventType::enrolment_resumed,  EventType::enrolment_transferred,
                   EventType::enrolment_ended,    EventType::mapping_recorded,
                   EventType::plan_created,       EventType::plan_revised,
                   EventType::plan_transferred,   EventType::plan_closed,
                   EventType::path_chosen,        EventType::information_given,
                   EventType::consent_given,      EventType::consent_refused,
                   EventType::consent_withdrawn,  EventType::shield_set,
                   EventType::shield_lifted,      EventType::disclosure_made,
                   EventType::disclosure_refused, EventType::placement_started,
                   EventType::placement_extended, EventType::placement_ended,
                   EventType::outcome_recorded});

constexpr auto supervisors = std::to_array({Role::consultant, Role::supervisor, Role::lead});
constexpr auto supervised = std::to_array(
    {EventType::assessment_recorded, EventType::criterion_assessed, EventType::step_completed,
     EventType::step_reopened, EventType::meeting_held, EventType::note_recorded});

constexpr auto bookkeepers =
    std::to_array({Role::registrar, Role::auditor, Role::statistician, Role::lead, Role::admin});
constexpr auto booked = std::to_array({EventType::ledger_sealed, EventType::report_published});

constexpr auto reviewers = std::to_array({Role::dpo, Role::auditor, Role::lead});
constexpr auto reviewed =
    std::to_array({EventType::review_started, EventType::review_marked, EventType::review_closed});

struct Group {
  std::span<const Role> writers;
  std::span<const EventType> types;
  bool systems_too = false;  // A listed system may write them in its own name.
};
constexpr auto groups = std::to_array<Group>({{organisers, organised},
                                              {granters, granted},
                                              {planners, planned},
                                              {guardians, guarded},
                                              {reporters, reported, true},
                                              {incident_handlers, incidents_handled},
                                              {registrars, registered, true},
                                              {assigners, assigned, true},
                                              {handlers, handled, true},
                                              {supervisors, supervised, true},
                                              {bookkeepers, booked},
                                              {reviewers, reviewed}});

const Group* group_of(EventType type) {
  const auto* found = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
    return std::find(group.types.begin(), group.types.end(), type) != group.types.end();
  });
  return found == groups.end() ? nullptr : found;
}

EventType judged_type(const WriteRequest& request) {
  return request.target_type.value_or(request.type);
}

bool may_write(const WriteRequest& request, std::span<const Role> roles) {
  const auto writers = writers_of(judged_type(request));
  return std::any_of(roles.begin(), roles.end(), [&](Role role) {
    return std::find(writers.begin(), writers.end(), role) != writers.end();
  });
}

// The person who signs that two want it: another one, whose role writes it as well.
bool is_second(const WriteRequest& request) {
  return request.second && request.second->who != request.actor &&
         request.second->who != request.principal && may_write(request, request.second->roles);
}

}  // namespace

std::span<const Role> writers_of(EventType type) {
  const Group* group = group_of(type);
  return group == nullptr ? std::span<const Role>() : group->writers;
}

bool systems_write(EventType type) {
  const Group* group = group_of(type);
  return group != nullptr && group->systems_too;
}

bool takes_two(const WriteRequest& request) {
  const bool amends = domain::amends_timeline(request.type);
  if (amends && request.touches_health_or_offence) return true;
  switch (judged_type(request)) {
    case EventType::role_granted:
    case EventType::role_revoked:
    case EventType::ledger_key_rotated:
    case EventType::erasure_executed:
    case EventType::protection_lifted:
      return true;
    case EventType::protection_set:
      return amends || request.is_protected;
    default:
      return false;
  }
}

std::optional<WriteDenial> judge(const WriteRequest& request) {
  const bool is_staff = domain::staff_id(request.principal).has_value();
  if (!is_staff && !request.principal_is_relay) return WriteDenial::unknown_principal;
  const bool names_itself = request.actor == request.principal;
  const bool names_staff = domain::staff_id(request.actor).has_value();
  if (!names_itself && (is_staff || !names_staff)) return WriteDenial::in_another_name;
  const bool is_allowed =
      names_staff ? may_write(request, request.roles) : systems_write(judged_type(request));
  if (!is_allowed) return WriteDenial::role_not_allowed;
  if (request.is_protected && !request.is_listed) return WriteDenial::protected_person;
  if (takes_two(request) && !is_second(request)) return WriteDenial::second_person_missing;
  return std::nullopt;
}

}  // namespace liggare::access
