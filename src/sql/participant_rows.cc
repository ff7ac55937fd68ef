#include "sql/participant_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/participant_facts.h"

namespace liggare::sql {
namespace {

using namespace domain;

constexpr std::int64_t one(bool value) { return value ? 1 : 0; }

// What the tables tell beyond the facts that rules and reports share.
struct Decision {
  Day day = Day::first();
  std::optional<std::string> reason;
};
struct PlanDays {
  Day created = Day::first();
  std::optional<Day> revised;
  std::optional<Day> closed;
  std::optional<bool> agreed;  // To the newest revision.
  std::string event_id;
};
struct Consent {
  ConsentGiven given;
  std::string event_id;
};
struct Assessed {
  std::string ladder;
  AssessedFact fact;
  Colour before = Colour::red;
  std::string event_id;
};
struct Step {
  std::string ladder;
  StepFact fact;
  std::string event_id;
};

// Walks the timeline once and keeps what is to be told of each event.
class Story {
 public:
  explicit Story(std::span<const AmendedEvent> timeline) {
    for (const AmendedEvent& event : timeline) {
      event_ = &event;
      std::visit(*this, *event.data);
    }
  }

  void operator()(const ParticipantRegistered& e) {
    registration = e;
    registration_event = id();
  }
  void operator()(const ReferralReceived& e) { referral_events[e.referral] = id(); }
  template <EventType Type>
  void operator()(const ReferralDecided<Type>& e) {
    decisions[e.referral] = {day(), e.reason};
  }
  void operator()(const OutcomeRecorded& e) { outcomes[e.enrolment][e.follow_up] = e.outcome; }
  void operator()(const PlacementEnded& e) { causes[e.placement] = e.cause; }
  void operator()(const PlanCreated& e) { plans[e.plan] = {day(), {}, {}, {}, id()}; }
  void operator()(const PlanRevised& e) {
    plans[e.plan].revised = day();
    plans[e.plan].agreed = e.agreed;
  }
  void operator()(const PlanClosed& e) { plans[e.plan].closed = day(); }
  void operator()(const ConsentGiven& e) { consents[e.consent] = {e, id()}; }
  void operator()(const AssessmentRecorded& e) { assessments.push_back({{e, day()}, id()}); }
  void operator()(const CriterionAssessed& e) {
    const auto [newest, is_first] = newest_assessed.try_emplace({e.ladder, e.criterion}, 0);
    const Colour before = is_first ? Colour::red : assessed[newest->second].fact.state;
    newest->second = assessed.size();
    assessed.push_back({e.ladder, {day(), e.criterion, e.state}, before, id()});
  }
  void operator()(const StepCompleted& e) { take_step(e.ladder, {day(), e.step, true}); }
  void operator()(const StepReopened& e) { take_step(e.ladder, {day(), e.step, false}); }
  template <class Other>
  void operator()(const Other&) {}

  std::optional<ParticipantRegistered> registration;
  std::string registration_event;
  ById<std::string> referral_events;
  ById<Decision> decisions;
  ById<std::map<FollowUp, Outcome>> outcomes;
  ById<EndCause> causes;
  ById<PlanDays> plans;
  ById<Consent> consents;
  std::vector<std::pair<AssessmentFact, std::string>> assessments;
  std::vector<Assessed> assessed;
  std::vector<Step> steps;
  // Where in these lists the newest stands, by ladder and criterion or step.
  std::map<std::pair<std::string, std::string>, std::size_t> newest_assessed;
  std::map<std::pair<std::string, std::int64_t>, std::size_t> newest_step;

 private:
  Day day() const { return event_->effective; }
  const std::string& id() const { return event_->event->event.id; }
  void take_step(const std::string& ladder, const StepFact& fact) {
    newest_step[{ladder, fact.step}] = steps.size();
    steps.push_back({ladder, fact, id()});
  }

  const AmendedEvent* event_ = nullptr;
};

// The value under `id`, or an empty one.
template <class T>
T look_up(const ById<T>& values, const std::string& id) {
  const auto found = values.find(id);
  return found == values.end() ? T{} : found->second;
}

std::optional<Outcome> outcome_at(const std::map<FollowUp, Outcome>& outcomes, FollowUp when) {
  const auto found = outcomes.find(when);
  if (found == outcomes.end()) return std::nullopt;
  return found->second;
}

// Days on which an enrolment's unit or state may change, from its start on.
std::set<Day> changes_of(const EnrolmentFact& enrolment) {
  std::set<Day> days;
  for (const UnitFact& unit : enrolment.units) days.insert(unit.from);
  for (const PauseFact& pause : enrolment.pauses) {
    days.insert(pause.from);
    if (pause.to) days.insert(*pause.to);
  }
  if (enrolment.end) days.erase(days.upper_bound(*enrolment.end), days.end());
  return days;
}

struct Span {
  Day first = Day::first();
  std::string unit;
  bool paused = false;
};

class Rows {
 public:
  Rows(const std::string& participant, std::span<const AmendedEvent> timeline, TableWriter& out)
      : participant_(participant),
        story_(timeline),
        facts_(participant_facts(timeline)),
        out_(out) {}

  void put(Day as_of) {
    put_registration();
    put_referrals();
    for (const auto& [id, fact] : facts_.enrolments) put_enrolment(id, fact);
    put_placements();
    put_progress();
    put_plans();
    put_consents(as_of);
    put_assessments();
  }

 private:
  void put_registration() {
    if (!story_.registration) return;
    const ParticipantRegistered& data = *story_.registration;
    out_.put("participants",
             {participant_, facts_.registered, data.birth_year, data.sex, data.language,
              facts_.consultant, facts_.path, facts_.is_protected, story_.registration_event});
  }

  void put_referrals() {
    for (const auto& [id, fact] : facts_.referrals) {
      const auto decision = story_.decisions.find(id);
      const bool decided = decision != story_.decisions.end();
      out_.put("referrals",
               {participant_, id, fact.source, fact.programme, fact.unit, fact.received, fact.state,
                decided ? Value(decision->second.day) : Value(),
                decided ? Value(decision->second.reason) : Value(),
                look_up(story_.referral_events, id)});
    }
  }

  void put_enrolment(const std::string& id, const EnrolmentFact& fact) {
    const auto outcomes = look_up(story_.outcomes, id);
    out_.put("enrolments",
             {participant_, id, fact.programme, fact.unit(), fact.units.front().unit, fact.referral,
              fact.agreement, fact.line, fact.start, fact.end, fact.outcome,
              outcome_at(outcomes, FollowUp::exit), outcome_at(outcomes, FollowUp::day90),
              outcome_at(outcomes, FollowUp::day180), fact.state, fact.event_id});
    put_spans(id, fact);
  }

  void put_spans(const std::string& id, const EnrolmentFact& fact) {
    std::vector<Span> spans;
    for (const Day day : changes_of(fact)) {
      const Span span{day, fact.unit_on(day), fact.paused_on(day)};
      const bool goes_on =
          !spans.empty() && spans.back().unit == span.unit && spans.back().paused == span.paused;
      if (!goes_on) spans.push_back(span);
    }
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const std::optional<Day> last =
          i + 1 < spans.size() ? std::optional<Day>(spans[i + 1].first.plus_days(-1)) : fact.end;
      out_.put("enrolment_spans",
               {participant_, id, spans[i].first, last, fact.programme, spans[i].unit,
                spans[i].paused ? EnrolmentState::paused : EnrolmentState::active});
    }
  }

  void put_placements() {
    for (const auto& [id, fact] : facts_.placements) {
      const auto for_studies = std::find_if(fact.extensions.begin(), fact.extensions.end(),
                                            [](const ExtensionFact& extension) {
                                              return extension.reason != ExtensionReason::other;
                                            });
      const auto cause = story_.causes.find(id);
      out_.put("placements",
               {participant_, id, fact.place, fact.kind, fact.agreement, fact.line, fact.start,
                fact.planned_end, fact.end,
                cause == story_.causes.end() ? Value() : Value(cause->second),
                fact.end ? "ended" : "running", static_cast<std::int64_t>(fact.extensions.size()),
                for_studies == fact.extensions.end() ? Value() : Value(for_studies->day),
                fact.event_id});
    }
  }

  void put_progress() {
    for (std::size_t i = 0; i < story_.assessed.size(); ++i) {
      const auto& [ladder, fact, before, event_id] = story_.assessed[i];
      const bool standing = story_.newest_assessed.at({ladder, fact.criterion}) == i;
      out_.put("criteria", {participant_, ladder, fact.criterion, fact.day, fact.state, before,
                            one(fact.state > before), one(standing), event_id});
    }
    for (std::size_t i = 0; i < story_.steps.size(); ++i) {
      const auto& [ladder, fact, event_id] = story_.steps[i];
      const bool standing = fact.completed && story_.newest_step.at({ladder, fact.step}) == i;
      out_.put("steps", {participant_, ladder, fact.step, fact.day, fact.completed, one(standing),
                         event_id});
    }
  }

  void put_plans() {
    for (const auto& [id, fact] : facts_.plans) {
      const PlanDays days = look_up(story_.plans, id);
      out_.put("plans", {participant_, id, fact.kind, fact.owner, fact.revision, days.agreed,
                         fact.state, days.created, days.revised, days.closed, days.event_id});
    }
  }

  void put_consents(Day as_of) {
    for (const auto& [id, fact] : facts_.consents) {
      const auto& [given, event_id] = story_.consents.at(id);
      out_.put("consents",
               {participant_, id, state_on(fact, as_of), given.nature, fact.purpose,
                fact.categories, fact.recipients, given.notice, fact.form, given.given_by,
                fact.given_on, fact.valid_to, fact.withdrawn_on, given.evidence_digest, event_id});
    }
  }

  void put_assessments() {
    for (const auto& [assessment, event_id] : story_.assessments) {
      const AssessmentRecorded& data = assessment.recorded;
      const auto put_score = [&](const Value& indicator, const Value& score) {
        out_.put("assessments",
                 {participant_, assessment.day, data.instrument, data.instrument_version,
                  data.respondent, indicator, score, event_id});
      };
      for (const Score& score : data.scores) put_score(score.indicator, score.score);
      if (data.scores.empty()) put_score({}, {});
    }
  }

  const std::string& participant_;
  const Story story_;
  const ParticipantFacts facts_;
  TableWriter& out_;
};

}  // namespace

void put_participant(const std::string& participant, std::span<const AmendedEvent> timeline,
                     Day as_of, TableWriter& out) {
  Rows(participant, timeline, out).put(as_of);
}

}  // namespace liggare::sql
