// Event types, the kinds of stream they live on, and who may write them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace liggare::domain {

// A stream's subject is "kind/id" (contract, section 1).
enum class StreamKind {
  unit,
  agreement,
  target,
  publication,
  ladder,
  notice,
  basis,
  policy,
  staff,
  incident,
  place,
  participant,
  ledger,
  edition,
  retention,
  review
};

std::string_view name_of(StreamKind kind);
std::optional<StreamKind> stream_kind_named(std::string_view name);

// Whether events of this kind may lie ahead of the day they are recorded (contract, section 2).
bool may_lie_ahead(StreamKind kind);

// In the contract's order (section 3). The order is that of the schema's union: types are only
// ever added at the end.
enum class EventType {
  unit_registered,
  unit_renamed,
  unit_moved,
  unit_closed,
  agreement_signed,
  agreement_amended,
  agreement_terminated,
  target_set,
  figure_published,
  ladder_published,
  notice_published,
  basis_adopted,
  policy_adopted,
  staff_registered,
  role_granted,
  role_revoked,
  incident_reported,
  incident_notified,
  incident_closed,
  place_offered,
  place_withdrawn,
  participant_registered,
  referral_received,
  referral_accepted,
  referral_declined,
  referral_withdrawn,
  enrolment_started,
  enrolment_paused,
  enrolment_resumed,
  enrolment_transferred,
  enrolment_ended,
  consultant_assigned,
  consultant_released,
  mapping_recorded,
  assessment_recorded,
  plan_created,
  plan_revised,
  plan_transferred,
  plan_closed,
  path_chosen,
  criterion_assessed,
  step_completed,
  step_reopened,
  meeting_held,
  information_given,
  consent_given,
  consent_refused,
  consent_withdrawn,
  request_received,
  request_answered,
  shield_set,
  shield_lifted,
  disclosure_made,
  disclosure_refused,
  placement_started,
  placement_extended,
  placement_ended,
  outcome_recorded,
  note_recorded,
  protection_set,
  protection_lifted,
  event_corrected,
  event_voided,
  ledger_sealed,
  ledger_key_rotated,
  ledger_rolled_back,
  ledger_restored,
  report_published,
  retention_adopted,
  review_started,
  review_marked,
  review_closed,
  hold_placed,
  hold_released,
  erasure_decided,
  erasure_executed
};

inline constexpr std::size_t event_type_count =
    static_cast<std::size_t>(EventType::erasure_executed) + 1;

// The type as events carry it, "placement.started".
std::string_view name_of(EventType type);
std::optional<EventType> event_type_named(std::string_view name);

// The kind of stream that events of `type` live on; none for corrections and voids, which stand
// on any stream.
std::optional<StreamKind> home_of(EventType type);

// Whether only liggare's own commands write it (contract, section 3, last table).
bool is_own_command(EventType type);

// Corrections and voids: they change the timeline and do not stand on it.
bool amends_timeline(EventType type);

// The type whose event introduces a stream of `kind`; none where a stream needs no first event
// (contract P5).
std::optional<EventType> introducing_type(StreamKind kind);

}  // namespace liggare::domain
