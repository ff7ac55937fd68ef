#include "domain/participant_facts.h"

namespace liggare::domain {
namespace {

// One overload for each event that leaves a fact behind.
class Evolution {
 public:
  Evolution(ParticipantFacts& facts, const AmendedEvent& event) : facts_(facts), event_(event) {}

  void operator()(const ParticipantRegistered&) { facts_.registered = day(); }

  void operator()(const ReferralReceived& e) {
    facts_.referrals[e.referral] = {e.source, e.programme, e.unit, day(), ReferralState::received};
  }
  void operator()(const ReferralAccepted& e) { decide(e.referral, ReferralState::accepted); }
  void operator()(const ReferralDeclined& e) { decide(e.referral, ReferralState::declined); }
  void operator()(const ReferralWithdrawn& e) { decide(e.referral, ReferralState::withdrawn); }

  void operator()(const EnrolmentStarted& e) {
    EnrolmentFact& fact = facts_.enrolments[e.enrolment];
    fact.programme = e.programme;
    fact.units = {{day(), e.unit}};
    fact.referral = e.referral;
    fact.agreement = e.agreement;
    fact.line = e.line;
    fact.start = day();
    fact.event_id = event_.event->event.id;
    fact.position = position();
  }
  void operator()(const EnrolmentPaused& e) {
    EnrolmentFact& fact = facts_.enrolments[e.enrolment];
    fact.state = EnrolmentState::paused;
    fact.pauses.push_back({day(), std::nullopt});
  }
  void operator()(const EnrolmentResumed& e) {
    EnrolmentFact& fact = facts_.enrolments[e.enrolment];
    fact.state = EnrolmentState::active;
    fact.pauses.back().to = day();
  }
  void operator()(const EnrolmentTransferred& e) {
    facts_.enrolments[e.enrolment].units.push_back({day(), e.unit});
  }
  void operator()(const EnrolmentEnded& e) {
    EnrolmentFact& fact = facts_.enrolments[e.enrolment];
    fact.state = EnrolmentState::ended;
    fact.end = day();
    fact.outcome = e.outcome;
  }
  void operator()(const ConsultantAssigned& e) { facts_.consultant = e.staff; }
  void operator()(const ConsultantReleased&) { facts_.consultant.reset(); }

  void operator()(const AssessmentRecorded& e) { facts_.last_assessment = {e, day()}; }

  void operator()(const PlanCreated& e) {
    facts_.plans[e.plan] = {e.plan_kind, e.owner, 1, PlanState::open};
  }
  void operator()(const PlanRevised& e) { facts_.plans[e.plan].revision = e.revision; }
  void operator()(const PlanTransferred& e) { facts_.plans[e.plan].owner = e.owner; }
  void operator()(const PlanClosed& e) { facts_.plans[e.plan].state = PlanState::closed; }
  void operator()(const PathChosen& e) { facts_.path = e.path; }

  void operator()(const CriterionAssessed& e) {
    LadderFact& ladder = facts_.ladders[e.ladder];
    if (e.state > ladder.standing.colour_of(e.criterion)) facts_.movements.push_back(day());
    ladder.assessed.push_back({day(), e.criterion, e.state});
    ladder.standing.take(ladder.assessed.back());
  }
  void operator()(const StepCompleted& e) {
    take_step(e.ladder, {day(), e.step, true});
    facts_.movements.push_back(day());
  }
  void operator()(const StepReopened& e) { take_step(e.ladder, {day(), e.step, false}); }

  void operator()(const ConsentGiven& e) {
    facts_.consents[e.consent] = {e.purpose, e.categories, e.recipients, e.form,
                                  day(),     e.valid_to,   std::nullopt, position()};
  }
  void operator()(const ConsentWithdrawn& e) {
    ConsentFact& fact = facts_.consents[e.consent];
    if (!fact.withdrawn_on) fact.withdrawn_on = day();
  }
  void operator()(const RequestReceived& e) {
    facts_.requests[e.request] = {e.kind, day(), std::nullopt};
  }
  void operator()(const RequestAnswered& e) { facts_.requests[e.request].answered = day(); }
  void operator()(const ShieldSet& e) {
    facts_.shields[e.shield] = {e.against, e.categories, day(), std::nullopt};
  }
  void operator()(const ShieldLifted& e) { facts_.shields[e.shield].lifted = day(); }
  void operator()(const DisclosureMade& e) {
    facts_.disclosures[e.disclosure] = {e, day(), position(), event_.event->event.id};
  }
  void operator()(const ProtectionSet&) { facts_.is_protected = true; }
  void operator()(const ProtectionLifted&) { facts_.is_protected = false; }

  void operator()(const PlacementStarted& e) {
    PlacementFact& fact = facts_.placements[e.placement];
    fact.place = e.place;
    fact.kind = e.kind;
    fact.agreement = e.agreement;
    fact.line = e.line;
    fact.start = day();
    fact.planned_end = e.planned_end;
    fact.event_id = event_.event->event.id;
    fact.position = position();
  }
  void operator()(const PlacementExtended& e) {
    PlacementFact& fact = facts_.placements[e.placement];
    fact.planned_end = e.planned_end;
    fact.extensions.push_back({day(), e.reason});
  }
  void operator()(const PlacementEnded& e) { facts_.placements[e.placement].end = day(); }

  void operator()(const HoldPlaced& e) { facts_.holds[e.hold] = {e.classes, false}; }
  void operator()(const HoldReleased& e) { facts_.holds[e.hold].released = true; }
  void operator()(const ErasureDecided& e) {
    for (std::string& thing : erased_things(e.classes, e.targets)) {
      facts_.decided_erasures.insert(std::move(thing));
    }
  }
  void operator()(const ErasureExecuted& e) {
    for (const std::string& thing : erased_things(e.classes, e.targets)) {
      facts_.decided_erasures.erase(thing);
    }
  }

  // The others leave nothing behind that a rule or a report asks for.
  template <class Other>
  void operator()(const Other&) {}

 private:
  Day day() const { return event_.effective; }
  std::int64_t position() const { return static_cast<std::int64_t>(event_.event->position); }
  void take_step(const std::string& name, const StepFact& step) {
    LadderFact& ladder = facts_.ladders[name];
    ladder.steps.push_back(step);
    ladder.standing.take(step);
  }
  void decide(const std::string& referral, ReferralState state) {
    facts_.referrals[referral].state = state;
  }

  ParticipantFacts& facts_;
  const AmendedEvent& event_;
};

}  // namespace

std::vector<std::string> erased_things(const std::optional<std::vector<PersonalClass>>& classes,
                                       const std::optional<std::vector<std::string>>& targets) {
  std::vector<std::string> things;
  if (classes) {
    for (const PersonalClass personal_class : *classes) {
      things.emplace_back(liggare::name_of(personal_class));
    }
  }
  // An event id never collides with a class: it gets a prefix that no class has.
  if (targets) {
    for (const std::string& target : *targets) things.push_back("event/" + target);
  }
  return things;
}

void evolve(ParticipantFacts& facts, const AmendedEvent& event) {
  std::visit(Evolution(facts, event), *event.data);
}

ParticipantFacts participant_facts(std::span<const AmendedEvent> timeline) {
  ParticipantFacts facts;
  for (const AmendedEvent& event : timeline) evolve(facts, event);
  return facts;
}

}  // namespace liggare::domain
