#include "domain/event_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace liggare::domain {
namespace {

constexpr auto kind_names = std::to_array<std::string_view>(
    {"unit", "agreement", "target", "publication", "ladder", "notice", "basis", "policy", "staff",
     "incident", "place", "participant", "ledger", "edition", "retention", "review"});

struct TypeRow {
  std::string_view name;
  std::optional<StreamKind> home;
};

using enum StreamKind;

constexpr auto types = std::to_array<TypeRow>({
    {"unit.registered", unit},
    {"unit.renamed", unit},
    {"unit.moved", unit},
    {"unit.closed", unit},
    {"agreement.signed", agreement},
    {"agreement.amended", agreement},
    {"agreement.terminated", agreement},
    {"target.set", target},
    {"figure.published", publication},
    {"ladder.published", ladder},
    {"notice.published", notice},
    {"basis.adopted", basis},
    {"policy.adopted", policy},
    {"staff.registered", staff},
    {"role.granted", staff},
    {"role.revoked", staff},
    {"incident.reported", incident},
    {"incident.notified", incident},
    {"incident.closed", incident},
    {"place.offered", place},
    {"place.withdrawn", place},
    {"participant.registered", participant},
    {"referral.received", participant},
    {"referral.accepted", participant},
    {"referral.declined", participant},
    {"referral.withdrawn", participant},
    {"enrolment.started", participant},
    {"enrolment.paused", participant},
    {"enrolment.resumed", participant},
    {"enrolment.transferred", participant},
    {"enrolment.ended", participant},
    {"consultant.assigned", participant},
    {"consultant.released", participant},
    {"mapping.recorded", participant},
    {"assessment.recorded", participant},
    {"plan.created", participant},
    {"plan.revised", participant},
    {"plan.transferred", participant},
    {"plan.closed", participant},
    {"path.chosen", participant},
    {"criterion.assessed", participant},
    {"step.completed", participant},
    {"step.reopened", participant},
    {"meeting.held", participant},
    {"information.given", participant},
    {"consent.given", participant},
    {"consent.refused", participant},
    {"consent.withdrawn", participant},
    {"request.received", participant},
    {"request.answered", participant},
    {"shield.set", participant},
    {"shield.lifted", participant},
    {"disclosure.made", participant},
    {"disclosure.refused", participant},
    {"placement.started", participant},
    {"placement.extended", participant},
    {"placement.ended", participant},
    {"outcome.recorded", participant},
    {"note.recorded", participant},
    {"protection.set", participant},
    {"protection.lifted", participant},
    {"event.corrected", std::nullopt},
    {"event.voided", std::nullopt},
    {"ledger.sealed", ledger},
    {"ledger.key-rotated", ledger},
    {"ledger.rolled-back", ledger},
    {"ledger.restored", ledger},
    {"report.published", edition},
    {"retention.adopted", retention},
    {"review.started", review},
    {"review.marked", review},
    {"review.closed", review},
    {"hold.placed", participant},
    {"hold.released", participant},
    {"erasure.decided", participant},
    {"erasure.executed", participant},
});
static_assert(types.size() == event_type_count);

const TypeRow& row_of(EventType type) { return types[static_cast<std::size_t>(type)]; }

}  // namespace

std::string_view name_of(StreamKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<StreamKind> stream_kind_named(std::string_view name) {
  const auto* found = std::find(kind_names.begin(), kind_names.end(), name);
  if (found == kind_names.end()) return std::nullopt;
  return static_cast<StreamKind>(found - kind_names.begin());
}

bool may_lie_ahead(StreamKind kind) {
  constexpr auto ahead =
      std::to_array({unit, agreement, target, ladder, policy, basis, notice, place, retention});
  return std::find(ahead.begin(), ahead.end(), kind) != ahead.end();
}

std::string_view name_of(EventType type) { return row_of(type).name; }

std::optional<EventType> event_type_named(std::string_view name) {
  const auto* found = std::find_if(types.begin(), types.end(),
                                   [&](const TypeRow& row) { return row.name == name; });
  if (found == types.end()) return std::nullopt;
  return static_cast<EventType>(found - types.begin());
}

std::optional<StreamKind> home_of(EventType type) { return row_of(type).home; }

bool is_own_command(EventType type) { return type >= EventType::ledger_sealed; }

bool amends_timeline(EventType type) {
  return type == EventType::event_corrected || type == EventType::event_voided;
}

std::optional<EventType> introducing_type(StreamKind kind) {
  switch (kind) {
    case unit:
      return EventType::unit_registered;
    case agreement:
      return EventType::agreement_signed;
    case staff:
      return EventType::staff_registered;
    case incident:
      return EventType::incident_reported;
    case place:
      return EventType::place_offered;
    case participant:
      return EventType::participant_registered;
    case review:
      return EventType::review_started;
    default:
      return std::nullopt;
  }
}

}  // namespace liggare::domain
