#include "tests/projections/facts_on_day.h"

#include <algorithm>

namespace liggare::projections {
namespace {

using namespace domain;

// Day by day, what EnrolmentFact::paused_days counts at once.
std::int64_t counted_paused_days(const EnrolmentFact& fact, Day after, Day last) {
  std::int64_t days = 0;
  for (Day day = after.plus_days(1); day <= last; day = day.plus_days(1)) {
    if (fact.paused_on(day)) ++days;
  }
  return days;
}

std::string enrolment_difference(const EnrolmentFact& all_days, const EnrolmentFact& cut, Day day) {
  const bool has_ended = cut.state == EnrolmentState::ended;
  if (all_days.start != cut.start) return "start";
  if (all_days.unit_on(day) != cut.unit()) return "unit";
  if (all_days.active_on(day) != (!has_ended || cut.end == day)) return "active";
  if (!has_ended && all_days.paused_on(day) != (cut.state == EnrolmentState::paused)) {
    return "paused";
  }
  const Day middle = cut.start.plus_days(day.days_since(cut.start) / 2);
  for (const Day after : {cut.start, middle}) {
    if (all_days.paused_days(after, day) != counted_paused_days(cut, after, day)) {
      return "paused days";
    }
  }
  return "";
}

std::string placement_difference(const PlacementFact& all_days, const PlacementFact& cut, Day day) {
  if (all_days.start != cut.start) return "start";
  if (all_days.active_on(day) != (!cut.end || cut.end == day)) return "active";
  return "";
}

std::string consent_difference(const ConsentFact& all_days, const ConsentFact& cut, Day day) {
  const bool is_withdrawn = cut.withdrawn_on.has_value();
  const bool is_expired = !is_withdrawn && cut.valid_to && *cut.valid_to < day;
  const ConsentState state = is_withdrawn ? ConsentState::withdrawn
                             : is_expired ? ConsentState::expired
                                          : ConsentState::active;
  return state_on(all_days, day) == state ? "" : "state";
}

// What was said last about each criterion and each step.
LadderStanding told_last(const LadderFact& cut) {
  LadderStanding last;
  for (const AssessedFact& fact : cut.assessed) last.criteria[fact.criterion] = fact.state;
  std::map<std::int64_t, StepFact> steps;
  for (const StepFact& fact : cut.steps) steps[fact.step] = fact;
  for (const auto& [step, fact] : steps) {
    if (fact.completed) last.completed_steps.emplace(step, fact.day);
  }
  return last;
}

std::string ladder_difference(const LadderFact& all_days, const LadderFact& cut, Day day) {
  const LadderStanding then = all_days.standing_on(day);
  const LadderStanding last = told_last(cut);
  if (then.criteria != last.criteria) return "criteria said last";
  if (then.completed_steps != last.completed_steps) return "steps completed last";
  if (then.criteria != cut.standing.criteria) return "criteria";
  if (then.completed_steps != cut.standing.completed_steps) return "completed steps";
  return "";
}

// Facts begin with the first event that names them, so those of the cut story are the ones that
// had begun.
template <class Fact, class Compare, class HasBegun>
std::string difference_between(const ById<Fact>& all_days, const ById<Fact>& cut,
                               HasBegun has_begun, Compare compare) {
  for (const auto& [id, fact] : all_days) {
    const auto found = cut.find(id);
    if (has_begun(fact) != (found != cut.end())) return id + ": existence";
    if (found == cut.end()) continue;
    const std::string difference = compare(fact, found->second);
    if (!difference.empty()) return id + ": " + difference;
  }
  for (const auto& [id, fact] : cut) {
    if (!all_days.contains(id)) return id + ": only in the cut";
  }
  return "";
}

bool ladder_has_begun(const LadderFact& fact, Day day) {
  const auto is_until = [&](const auto& one) { return one.day <= day; };
  return std::any_of(fact.assessed.begin(), fact.assessed.end(), is_until) ||
         std::any_of(fact.steps.begin(), fact.steps.end(), is_until);
}

}  // namespace

std::string facts_difference(const ParticipantFacts& all_days, const ParticipantFacts& cut,
                             Day day) {
  const auto has_started = [&](const auto& fact) { return fact.start <= day; };
  std::string difference =
      difference_between(all_days.enrolments, cut.enrolments, has_started,
                         [&](const EnrolmentFact& left, const EnrolmentFact& right) {
                           return enrolment_difference(left, right, day);
                         });
  if (!difference.empty()) return "enrolment " + difference;
  difference = difference_between(all_days.placements, cut.placements, has_started,
                                  [&](const PlacementFact& left, const PlacementFact& right) {
                                    return placement_difference(left, right, day);
                                  });
  if (!difference.empty()) return "placement " + difference;
  difference = difference_between(
      all_days.consents, cut.consents,
      [&](const ConsentFact& fact) { return fact.given_on <= day; },
      [&](const ConsentFact& left, const ConsentFact& right) {
        return consent_difference(left, right, day);
      });
  if (!difference.empty()) return "consent " + difference;
  difference = difference_between(
      all_days.ladders, cut.ladders,
      [&](const LadderFact& fact) { return ladder_has_begun(fact, day); },
      [&](const LadderFact& left, const LadderFact& right) {
        return ladder_difference(left, right, day);
      });
  if (!difference.empty()) return "ladder " + difference;
  std::vector<Day> movements = all_days.movements;
  std::erase_if(movements, [&](Day moved) { return moved > day; });
  return movements == cut.movements ? "" : "movements";
}

}  // namespace liggare::projections
