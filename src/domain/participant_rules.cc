#include "domain/participant_rules.h"

#include <algorithm>
#include <set>
#include <string>

#include "domain/ladder_facts.h"

namespace liggare::domain {
namespace {

using Refusal = std::optional<Rejection>;
using enum RejectionCode;

Refusal refuse(RejectionCode code, std::string detail) {
  return Rejection{code, std::move(detail)};
}

template <class Fact>
const Fact* find(const ById<Fact>& facts, std::string_view id) {
  const auto found = facts.find(id);
  return found == facts.end() ? nullptr : &found->second;
}

template <class Fact>
Refusal introduce(const ById<Fact>& facts, const std::string& id) {
  if (find(facts, id) != nullptr) return refuse(duplicate_id, id);
  return std::nullopt;
}

template <class Fact>
Refusal require(const ById<Fact>& facts, const std::string& id) {
  if (find(facts, id) == nullptr) return refuse(unknown_reference, id);
  return std::nullopt;
}

std::string step_text(std::int64_t step) { return "step " + std::to_string(step); }

// One overload for each event with rules: unknown or duplicate ids first, then in the order that
// the contract writes them (P1).
class Rules {
 public:
  Rules(const ParticipantFacts& facts, const AmendedEvent& event, const OtherStreams& others)
      : facts_(facts), event_(event), others_(others) {}

  Refusal operator()(const ReferralReceived& e) { return introduce(facts_.referrals, e.referral); }
  Refusal operator()(const ReferralAccepted& e) { return decide(e.referral); }
  Refusal operator()(const ReferralDeclined& e) { return decide(e.referral); }
  Refusal operator()(const ReferralWithdrawn& e) { return decide(e.referral); }

  Refusal operator()(const EnrolmentStarted& e) {
    if (Refusal refusal = introduce(facts_.enrolments, e.enrolment)) return refusal;
    if (e.referral) {
      if (Refusal refusal = require(facts_.referrals, *e.referral)) return refusal;
    }
    return require_line(e.agreement, e.line);
  }
  Refusal operator()(const EnrolmentPaused& e) {
    return in_state(e.enrolment, EnrolmentState::active, "only an active enrolment can be paused");
  }
  Refusal operator()(const EnrolmentResumed& e) {
    return in_state(e.enrolment, EnrolmentState::paused, "only a paused enrolment can be resumed");
  }
  Refusal operator()(const EnrolmentTransferred& e) { return not_ended(e.enrolment); }
  Refusal operator()(const EnrolmentEnded& e) { return not_ended(e.enrolment); }
  Refusal operator()(const OutcomeRecorded& e) { return require(facts_.enrolments, e.enrolment); }

  Refusal operator()(const ConsultantReleased& e) {
    if (facts_.consultant != e.staff) return refuse(wrong_state, e.staff + " is not assigned");
    return std::nullopt;
  }
  Refusal operator()(const MappingRecorded& e) {
    if (e.consent) return require(facts_.consents, *e.consent);
    return std::nullopt;
  }
  Refusal operator()(const AssessmentRecorded& e) {
    std::set<std::string_view> indicators;
    for (const Score& score : e.scores) {
      if (!indicators.insert(score.indicator).second) return refuse(duplicate_id, score.indicator);
    }
    return std::nullopt;
  }

  Refusal operator()(const PlanCreated& e) { return introduce(facts_.plans, e.plan); }
  Refusal operator()(const PlanRevised& e) {
    const PlanFact* plan = find(facts_.plans, e.plan);
    if (plan == nullptr) return refuse(unknown_reference, e.plan);
    if (e.revision != plan->revision + 1) {
      return refuse(version_conflict,
                    "plan " + e.plan + " is at revision " + std::to_string(plan->revision));
    }
    if (e.by != plan->owner) return refuse(not_plan_owner, plan->owner);
    return open_plan(e.plan);
  }
  Refusal operator()(const PlanTransferred& e) { return open_plan(e.plan); }
  Refusal operator()(const PlanClosed& e) { return open_plan(e.plan); }

  Refusal operator()(const CriterionAssessed& e) {
    if (!has_criterion(*ladder(e.ladder), e.criterion)) {
      return refuse(unknown_reference, "criterion " + e.criterion);
    }
    return std::nullopt;
  }
  Refusal operator()(const StepCompleted& e) {
    const TimelinePtr known = ladder(e.ladder);
    const LadderPublished* version = version_on(*known, event_.effective);
    const LadderStep* step = version == nullptr ? nullptr : step_of(*version, e.step);
    if (step == nullptr) return refuse(unknown_reference, step_text(e.step));
    const LadderFact* fact = find(facts_.ladders, e.ladder);
    for (const Criterion& criterion : step->criteria) {
      if (criterion.mandatory && !is_green(fact, criterion.criterion)) {
        return refuse(criteria_not_green, criterion.criterion);
      }
    }
    if (is_completed(e.ladder, e.step)) {
      return refuse(wrong_state, step_text(e.step) + " is completed already");
    }
    return std::nullopt;
  }
  Refusal operator()(const StepReopened& e) {
    if (!is_completed(e.ladder, e.step)) {
      return refuse(wrong_state, step_text(e.step) + " is not completed");
    }
    return std::nullopt;
  }
  Refusal operator()(const MeetingHeld& e) {
    for (const std::string& consent : e.consents) {
      if (Refusal refusal = require(facts_.consents, consent)) return refusal;
    }
    return std::nullopt;
  }

  Refusal operator()(const ConsentGiven& e) {
    if (Refusal refusal = introduce(facts_.consents, e.consent)) return refusal;
    if (e.valid_to && *e.valid_to < event_.effective) {
      return refuse(invalid_span, e.valid_to->text() + " is before " + event_.effective.text());
    }
    return std::nullopt;
  }
  Refusal operator()(const ConsentWithdrawn& e) { return require(facts_.consents, e.consent); }
  Refusal operator()(const RequestReceived& e) { return introduce(facts_.requests, e.request); }
  Refusal operator()(const RequestAnswered& e) {
    const RequestFact* request = find(facts_.requests, e.request);
    if (request == nullptr) return refuse(unknown_reference, e.request);
    if (request->answered) return refuse(already_ended, e.request);
    return std::nullopt;
  }
  Refusal operator()(const ShieldSet& e) { return introduce(facts_.shields, e.shield); }
  Refusal operator()(const ShieldLifted& e) {
    const ShieldFact* shield = find(facts_.shields, e.shield);
    if (shield == nullptr) return refuse(unknown_reference, e.shield);
    if (shield->lifted) return refuse(already_ended, e.shield);
    return std::nullopt;
  }
  Refusal operator()(const DisclosureMade& e) {
    return introduce(facts_.disclosures, e.disclosure);
  }
  Refusal operator()(const ProtectionLifted&) {
    if (!facts_.is_protected) return refuse(wrong_state, "no protection is set");
    return std::nullopt;
  }

  Refusal operator()(const PlacementStarted& e) {
    if (Refusal refusal = introduce(facts_.placements, e.placement)) return refusal;
    return require_line(e.agreement, e.line);
  }
  Refusal operator()(const PlacementExtended& e) { return running(e.placement); }
  Refusal operator()(const PlacementEnded& e) { return running(e.placement); }

  Refusal operator()(const HoldPlaced& e) { return introduce(facts_.holds, e.hold); }
  Refusal operator()(const HoldReleased& e) {
    const HoldFact* hold = find(facts_.holds, e.hold);
    if (hold == nullptr) return refuse(unknown_reference, e.hold);
    if (hold->released) return refuse(already_ended, e.hold);
    return std::nullopt;
  }
  Refusal operator()(const ErasureExecuted& e) {
    for (const std::string& thing : erased_things(e.classes, e.targets)) {
      if (!facts_.decided_erasures.contains(thing)) {
        return refuse(wrong_state, thing + " is not decided");
      }
    }
    return std::nullopt;
  }

  // The others have no rule of their own.
  template <class Other>
  Refusal operator()(const Other&) {
    return std::nullopt;
  }

 private:
  TimelinePtr ladder(const std::string& id) const {
    return others_({StreamKind::ladder, id}, event_.decided_at);
  }
  Refusal decide(const std::string& id) const {
    const ReferralFact* referral = find(facts_.referrals, id);
    if (referral == nullptr) return refuse(unknown_reference, id);
    if (referral->state != ReferralState::received) return refuse(already_decided, id);
    return std::nullopt;
  }
  Refusal in_state(const std::string& id, EnrolmentState state, const char* rule) const {
    const EnrolmentFact* enrolment = find(facts_.enrolments, id);
    if (enrolment == nullptr) return refuse(unknown_reference, id);
    if (enrolment->state != state) return refuse(wrong_state, rule);
    return std::nullopt;
  }
  Refusal not_ended(const std::string& id) const {
    const EnrolmentFact* enrolment = find(facts_.enrolments, id);
    if (enrolment == nullptr) return refuse(unknown_reference, id);
    if (enrolment->state == EnrolmentState::ended) return refuse(already_ended, id);
    return std::nullopt;
  }
  Refusal open_plan(const std::string& id) const {
    const PlanFact* plan = find(facts_.plans, id);
    if (plan == nullptr) return refuse(unknown_reference, id);
    if (plan->state == PlanState::closed) return refuse(already_ended, id);
    return std::nullopt;
  }
  Refusal running(const std::string& id) const {
    const PlacementFact* placement = find(facts_.placements, id);
    if (placement == nullptr) return refuse(unknown_reference, id);
    if (placement->end) return refuse(already_ended, id);
    return std::nullopt;
  }
  bool is_completed(const std::string& ladder_id, std::int64_t step) const {
    const LadderFact* fact = find(facts_.ladders, ladder_id);
    return fact != nullptr && fact->standing.completed_steps.contains(step);
  }
  static bool is_green(const LadderFact* fact, const std::string& criterion) {
    return fact != nullptr && fact->standing.colour_of(criterion) == Colour::green;
  }
  // The agreement's lines count on all days (contract P8).
  Refusal require_line(const std::optional<std::string>& agreement,
                       const std::optional<std::string>& line) const {
    if (!agreement || !line) return std::nullopt;
    const TimelinePtr story = others_({StreamKind::agreement, *agreement}, event_.decided_at);
    for (const AmendedEvent& event : *story) {
      const auto* signing = std::get_if<AgreementSigned>(event.data.get());
      if (signing == nullptr) continue;
      for (const AgreementLine& known : signing->lines) {
        if (known.line == *line) return std::nullopt;
      }
    }
    return refuse(unknown_reference, "line " + *line);
  }

  const ParticipantFacts& facts_;
  const AmendedEvent& event_;
  const OtherStreams& others_;
};

}  // namespace

Refusal refusal_of(const ParticipantFacts& facts, const AmendedEvent& event,
                   const OtherStreams& others) {
  return std::visit(Rules(facts, event, others), *event.data);
}

Result<JudgedTimeline, Rejection> check_participant(const Timeline& timeline,
                                                    const OtherStreams& others) {
  const auto refused = [](Refusal refusal) { return Unexpected{*std::move(refusal)}; };
  const AmendedEvent* registration = nullptr;
  for (const AmendedEvent& event : timeline) {
    if (type_of(*event.data) != EventType::participant_registered) continue;
    if (registration == nullptr || event.event->position < registration->event->position) {
      registration = &event;
    }
  }
  JudgedTimeline judged;
  for (const AmendedEvent& event : timeline) {
    const std::string& id = event.event->event.id;
    if (registration == nullptr) return refused(refuse(unknown_reference, id));
    if (&event != registration) {
      if (type_of(*event.data) == EventType::participant_registered) {
        return refused(refuse(already_exists, registration->event->event.id));
      }
      if (event.effective < registration->effective)
        return refused(refuse(before_registration, id));
    }
    if (Refusal refusal = refusal_of(judged.facts, event, others)) return refused(refusal);
    evolve(judged.facts, event);
    judged.latest = event.effective;
  }
  return judged;
}

}  // namespace liggare::domain
