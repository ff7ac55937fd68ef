#include "domain/decide.h"

#include <algorithm>

#include "domain/organisation_rules.h"
#include "domain/participant_rules.h"
#include "domain/unit_cycle.h"

namespace liggare::domain {
namespace {

using Refusal = std::optional<Rejection>;
using enum RejectionCode;

Refusal refuse(RejectionCode code, std::string detail) {
  return Rejection{code, std::move(detail)};
}

// The envelope day of a correction or void has no effect, but may not lie ahead either
// (contract P9).
Refusal check_day(const RecordedEvent& draft) {
  if (may_lie_ahead(draft.event.subject.kind)) return std::nullopt;
  Day latest = draft.event.effective;
  if (const auto* correction = std::get_if<EventCorrected>(&draft.event.data)) {
    if (correction->effective) latest = std::max(latest, *correction->effective);
  }
  if (latest > draft.recorded.ledger_day()) return refuse(effective_in_future, latest.text());
  return std::nullopt;
}

Refusal check_introduced(const std::vector<AmendedEvent>& amended, const Event& event) {
  const auto introducing = introducing_type(event.subject.kind);
  if (!introducing || event.type() == *introducing) return std::nullopt;
  const bool introduced =
      std::any_of(amended.begin(), amended.end(), [&](const AmendedEvent& earlier) {
        return !earlier.voided && earlier.event->event.type() == *introducing;
      });
  if (!introduced) return refuse(unknown_reference, event.subject.text());
  return std::nullopt;
}

Result<const AmendedEvent*, Rejection> find_target(const std::vector<AmendedEvent>& amended,
                                                   const std::string& target) {
  const auto found = std::find_if(amended.begin(), amended.end(), [&](const AmendedEvent& event) {
    return event.event->event.id == target;
  });
  if (found == amended.end()) return Unexpected{Rejection{unknown_reference, target}};
  if (is_own_command(found->event->event.type())) return Unexpected{Rejection{cannot_void, target}};
  if (found->voided) return Unexpected{Rejection{already_voided, target}};
  return &*found;
}

Refusal check_void(const std::vector<AmendedEvent>& amended, const EventVoided& voiding) {
  auto target = find_target(amended, voiding.target);
  if (!target) return std::move(target).error();
  const RecordedEvent& event = *(*target)->event;
  if (event.version == 1 && event.event.subject.kind != StreamKind::participant) {
    return refuse(cannot_void, voiding.target);
  }
  return std::nullopt;
}

Refusal read_correction(const std::vector<AmendedEvent>& amended, EventCorrected& correction,
                        const World& world) {
  const auto target = find_target(amended, correction.target);
  if (!target) return target.error();
  auto data = world.correction_data((*target)->event->event.type());
  if (!data) return std::move(data).error();
  correction.data.payload = std::make_shared<const AnyPayload>(AnyPayload{std::move(*data)});
  return std::nullopt;
}

Refusal check_all_references(const Payload& data, const World& world) {
  if (const auto* correction = std::get_if<EventCorrected>(&data)) {
    return check_references(correction->data.payload->value, "$.data.data", world.exists);
  }
  return check_references(data, "$.data", world.exists);
}

Result<Accepted, Rejection> decide_next(const ParticipantFacts& facts, RecordedEvent draft,
                                        const World& world) {
  if (Refusal refusal = check_all_references(draft.event.data, world)) return Unexpected{*refusal};
  const auto event = std::make_shared<const RecordedEvent>(std::move(draft));
  if (Refusal refusal = refusal_of(facts, unamended(event), world.others)) {
    return Unexpected{*std::move(refusal)};
  }
  return Accepted{event, nullptr};
}

Result<Accepted, Rejection> decide_anew(const Stream& stream, RecordedEvent draft,
                                        const World& world) {
  const std::vector<AmendedEvent> amended = amend(stream);
  if (Refusal refusal = check_introduced(amended, draft.event)) return Unexpected{*refusal};
  if (const auto* voiding = std::get_if<EventVoided>(&draft.event.data)) {
    if (Refusal refusal = check_void(amended, *voiding)) return Unexpected{*refusal};
  }
  if (auto* correction = std::get_if<EventCorrected>(&draft.event.data)) {
    if (Refusal refusal = read_correction(amended, *correction, world)) {
      return Unexpected{*refusal};
    }
  }
  if (Refusal refusal = check_all_references(draft.event.data, world)) return Unexpected{*refusal};

  const auto event = std::make_shared<const RecordedEvent>(std::move(draft));
  Stream extended = stream;
  extended.push_back(event);
  const Timeline timeline = timeline_of(extended);
  const Subject& subject = event->event.subject;
  if (subject.kind == StreamKind::unit) {
    if (Refusal refusal = check_cycle(subject.id, timeline, world.others, event->position)) {
      return Unexpected{*refusal};
    }
  }
  if (subject.kind != StreamKind::participant) {
    if (Refusal refusal = check_organisation(timeline)) return Unexpected{*std::move(refusal)};
    return Accepted{event, nullptr};
  }
  auto judged = check_participant(timeline, world.others);
  if (!judged) return Unexpected{std::move(judged).error()};
  return Accepted{event, std::make_unique<JudgedTimeline>(*std::move(judged))};
}

}  // namespace

Result<Accepted, Rejection> decide(const JudgedStream& stream, RecordedEvent draft,
                                   const World& world) {
  if (Refusal refusal = check_day(draft)) return Unexpected{*refusal};
  if (world.fenced) return Unexpected{Rejection{fenced, std::string(name_of(*world.fenced))}};
  if (const ParticipantFacts* facts = stream.facts_before(draft.event)) {
    return decide_next(*facts, std::move(draft), world);
  }
  return decide_anew(stream.events(), std::move(draft), world);
}

}  // namespace liggare::domain
