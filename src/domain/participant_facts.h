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

#include "domain/timeline.h"

namespace liggare::domain {

// Ordered by the bytes of the id, as answers list them; searched by string_view.
template <class Fact>
using ById = std::map<std::string, Fact, std::less<>>;

enum class ReferralState { received, accepted, declined, withdrawn };
LIGGARE_WORDS(ReferralState, "received", "accepted", "declined", "withdrawn");

struct ReferralFact {
  ReferralSource source = ReferralSource::other;
  std::string programme;
  std::optional<std::string> unit;
  Day received = Day::first();
  ReferralState state = ReferralState::received;
  static constexpr auto fields() {
    return std::tuple{value("source", &ReferralFact::source),
                      code("programme", &ReferralFact::programme), id("unit", &ReferralFact::unit),
                      value("received", &ReferralFact::received)};
  }
};

enum class EnrolmentState { active, paused, ended };
LIGGARE_WORDS(EnrolmentState, "active", "paused", "ended");

// From `from` until before `to`; open without an end.
struct PauseFact {
  Day from = Day::first();
  std::optional<Day> to;
  bool covers(Day day) const { return from <= day && (!to || day < *to); }
  static constexpr auto fields() {
    return std::tuple{value("from", &PauseFact::from), value("to", &PauseFact::to)};
  }
};

struct UnitFact {
  Day from = Day::first();
  std::string unit;
  static constexpr auto fields() {
    return std::tuple{value("from", &UnitFact::from), id("unit", &UnitFact::unit)};
  }
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
  std::string event_id;  // Of its start, as the position.
  std::int64_t position = 0;

  const std::string& unit() const { return units.back().unit; }
  // Both the first and the last day included; paused ones are active too.
  bool active_on(Day day) const { return start <= day && (!end || day <= *end); }
  bool paused_on(Day day) const;
  // After transfers up to that day. Requires start ≤ day.
  const std::string& unit_on(Day day) const;
  // Days d with after < d ≤ last on which it is paused.
  std::int64_t paused_days(Day after, Day last) const;
  static constexpr auto fields() {
    return std::tuple{code("programme", &EnrolmentFact::programme),
                      value("units", &EnrolmentFact::units),
                      id("referral", &EnrolmentFact::referral),
                      id("agreement", &EnrolmentFact::agreement),
                      id("line", &EnrolmentFact::line),
                      value("start", &EnrolmentFact::start),
                      value("end", &EnrolmentFact::end),
                      value("outcome", &EnrolmentFact::outcome),
                      value("pauses", &EnrolmentFact::pauses),
                      domain::event_id("event", &EnrolmentFact::event_id),
                      integer("position", &EnrolmentFact::position, 0)};
  }
};

enum class PlanState { open, closed };
LIGGARE_WORDS(PlanState, "open", "closed");

struct PlanFact {
  PlanKind kind = PlanKind::iup;
  std::string owner;
  std::int64_t revision = 1;
  PlanState state = PlanState::open;
};

// A criterion as it was assessed on a day.
struct AssessedFact {
  Day day = Day::first();
  std::string criterion;
  Colour state = Colour::red;
  static constexpr auto fields() {
    return std::tuple{value("day", &AssessedFact::day), id("criterion", &AssessedFact::criterion),
                      value("state", &AssessedFact::state)};
  }
};

// A step that was completed on a day, or reopened.
struct StepFact {
  Day day = Day::first();
  std::int64_t step = 1;
  bool completed = true;
  static constexpr auto fields() {
    return std::tuple{value("day", &StepFact::day), integer("step", &StepFact::step, 1),
                      value("completed", &StepFact::completed)};
  }
};

// Where a participant stands on a ladder.
struct LadderStanding {
  ById<Colour> criteria;                        // Only assessed ones.
  std::map<std::int64_t, Day> completed_steps;  // With the day of the completion that stands.

  // An unassessed criterion counts as red (contract P17).
  Colour colour_of(std::string_view criterion) const;
  void take(const AssessedFact& assessed);
  void take(const StepFact& step);
};

// All that happened on a ladder, in timeline order, and the standing that it led to.
struct LadderFact {
  std::vector<AssessedFact> assessed;
  std::vector<StepFact> steps;
  LadderStanding standing;

  LadderStanding standing_on(Day day) const;
  static constexpr auto fields() {
    return std::tuple{value("assessed", &LadderFact::assessed), value("steps", &LadderFact::steps)};
  }
};

struct ExtensionFact {
  Day day = Day::first();
  ExtensionReason reason = ExtensionReason::other;
  static constexpr auto fields() {
    return std::tuple{value("day", &ExtensionFact::day), value("reason", &ExtensionFact::reason)};
  }
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
  std::string event_id;    // Of its start, as the position.
  std::int64_t position = 0;

  // Both the first and the last day included.
  bool active_on(Day day) const { return start <= day && (!end || day <= *end); }
  static constexpr auto fields() {
    return std::tuple{id("place", &PlacementFact::place),
                      value("kind", &PlacementFact::kind),
                      id("agreement", &PlacementFact::agreement),
                      id("line", &PlacementFact::line),
                      value("start", &PlacementFact::start),
                      value("plannedEnd", &PlacementFact::planned_end),
                      value("extensions", &PlacementFact::extensions),
                      value("end", &PlacementFact::end),
                      domain::event_id("event", &PlacementFact::event_id),
                      integer("position", &PlacementFact::position, 0)};
  }
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
  std::int64_t position = 0;
  static constexpr auto fields() {
    return std::tuple{code("purpose", &ConsentFact::purpose),
                      value("categories", &ConsentFact::categories),
                      id("recipients", &ConsentFact::recipients),
                      value("form", &ConsentFact::form),
                      value("givenOn", &ConsentFact::given_on),
                      value("validTo", &ConsentFact::valid_to),
                      value("withdrawnOn", &ConsentFact::withdrawn_on),
                      integer("position", &ConsentFact::position, 0)};
  }
};

// Withdrawn from the day of the earliest withdrawal on, expired after its last day (contract,
// section 4, report 9).
ConsentState state_on(const ConsentFact& consent, Day day);

struct ShieldFact {
  std::string against;
  std::vector<DataCategory> categories;
  Day set = Day::first();
  std::optional<Day> lifted;
  static constexpr auto fields() {
    return std::tuple{id("against", &ShieldFact::against),
                      value("categories", &ShieldFact::categories), value("set", &ShieldFact::set),
                      value("lifted", &ShieldFact::lifted)};
  }
};

struct DisclosureFact {
  DisclosureMade made;
  Day day = Day::first();
  std::int64_t position = 0;
  std::string event_id;
  static constexpr auto fields() {
    return std::tuple{value("made", &DisclosureFact::made), value("day", &DisclosureFact::day),
                      integer("position", &DisclosureFact::position, 0),
                      domain::event_id("event", &DisclosureFact::event_id)};
  }
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
