// What a participant's timeline amounts to: dated facts about referrals, enrolments, placements,
// consents and the rest. Rules and reports read the same facts.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/timeline.h"

namespace liggare::domain {

// Ordered by the bytes of the id, as answers list them; searched by string_view.
template <class Fact>
using ById = std::map<std::string, Fact, std::less<>>;

enum class ReferralState { received, accepted, declined, withdrawn };

struct ReferralFact {
  ReferralSource source = ReferralSource::other;
  std::string programme;
  std::optional<std::string> unit;
  Day received = Day::first();
  ReferralState state = ReferralState::received;
};

enum class EnrolmentState { active, paused, ended };

// From `from` until before `to`; open without an end.
struct PauseFact {
  Day from = Day::first();
  std::optional<Day> to;
};

struct UnitFact {
  Day from = Day::first();
  std::string unit;
};

struct EnrolmentFact {
  std::string programme;
  std::vector<UnitFact> units;  // In order; the first from the start.
  std::optional<std::string> referral;
  std::optional<std::string> agreement;
  std::optional<std::string> line;
  Day start = Day::first();
  std::optional<Day> end;
  std::optional<Outcome> outcome;
  EnrolmentState state = EnrolmentState::active;
  std::vector<PauseFact> pauses;
  std::string event_id;

  const std::string& unit() const { return units.back().unit; }
};

enum class PlanState { open, closed };

struct PlanFact {
  PlanKind kind = PlanKind::iup;
  std::string owner;
  std::int64_t revision = 1;
  PlanState state = PlanState::open;
};

struct LadderFact {
  ById<Colour> criteria;                        // Only assessed ones.
  std::map<std::int64_t, Day> completed_steps;  // With the day of the completion that stands.
};

struct ExtensionFact {
  Day day = Day::first();
  ExtensionReason reason = ExtensionReason::other;
};

struct PlacementFact {
  std::string place;
  PlacementKind kind = PlacementKind::osa;
  std::optional<std::string> agreement;
  std::optional<std::string> line;
  Day start = Day::first();
  std::optional<Day> planned_end;
  std::vector<ExtensionFact> extensions;
  std::optional<Day> end;  // The last day.
  std::string event_id;
};

enum class ConsentState { active, withdrawn, expired };
LIGGARE_WORDS(ConsentState, "active", "withdrawn", "expired");

struct ConsentFact {
  std::string purpose;
  std::vector<DataCategory> categories;
  std::vector<std::string> recipients;
  ConsentForm form = ConsentForm::written;
  Day given_on = Day::first();
  std::optional<Day> valid_to;
  std::optional<Day> withdrawn_on;  // The earliest.
  std::uint64_t position = 0;
};

// Withdrawn from the day of the earliest withdrawal on, expired after its last day (contract,
// section 4, report 9).
ConsentState state_on(const ConsentFact& consent, Day day);

struct ShieldFact {
  std::string against;
  std::vector<DataCategory> categories;
  Day set = Day::first();
  std::optional<Day> lifted;
};

struct DisclosureFact {
  DisclosureMade made;
  Day day = Day::first();
  std::uint64_t position = 0;
  std::string event_id;
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
