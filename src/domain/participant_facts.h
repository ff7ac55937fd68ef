// What a participant's timeline amounts to: dated facts about referrals, enrolments, placements,
// consents and the rest. Rules and reports read the same facts.
//
// A fact of all days answers for any day by itself: reports cut it there (active_on, unit_on …)
// and need no second fold. fields() lists what projections keep of a fact; the members that stand
// outside follow from those, or serve the rules alone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/by_id.h"
#include "domain/disclosure_facts.h"
#include "domain/enrolment_facts.h"
#include "domain/ladder_standing.h"
#include "domain/timeline.h"

namespace liggare::domain {

enum class PlanState { open, closed };
LIGGARE_WORDS(PlanState, "open", "closed");

struct PlanFact {
  PlanKind kind = PlanKind::iup;
  std::string owner;
  std::int64_t revision = 1;
  PlanState state = PlanState::open;
};

struct RequestFact {
  RequestKind kind = RequestKind::access;
  Day received = Day::first();
  std::optional<Day> answered;
};

struct AssessmentFact {
  AssessmentRecorded recorded;
  Day day = Day::first();
};

struct HoldFact {
  std::vector<PersonalClass> classes;
  bool released = false;
};

struct ParticipantFacts {
  std::optional<Day> registered;
  ById<ReferralFact> referrals;
  ById<EnrolmentFact> enrolments;
  std::optional<std::string> consultant;
  ById<PlanFact> plans;
  std::optional<std::string> path;
  ById<LadderFact> ladders;
  std::vector<Day> movements;  // A criterion to a higher colour, a step completed; in order.
  ById<PlacementFact> placements;
  ById<ConsentFact> consents;
  ById<ShieldFact> shields;
  ById<DisclosureFact> disclosures;
  ById<RequestFact> requests;
  std::optional<AssessmentFact> last_assessment;
  bool is_protected = false;
  ById<HoldFact> holds;
  // What erasures have been decided and not yet executed: class names and event ids.
  std::set<std::string, std::less<>> decided_erasures;
};

// What an erasure names: class names or event ids.
std::vector<std::string> erased_things(const std::optional<std::vector<PersonalClass>>& classes,
                                       const std::optional<std::vector<std::string>>& targets);

// Takes the next event of the timeline into the facts. Requires that the rules allow it
// (participant_rules.h).
void evolve(ParticipantFacts& facts, const AmendedEvent& event);

// The facts of a timeline, or of its part until a day.
ParticipantFacts participant_facts(std::span<const AmendedEvent> timeline);

}  // namespace liggare::domain
