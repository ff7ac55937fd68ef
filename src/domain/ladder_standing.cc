#include "domain/ladder_standing.h"

namespace liggare::domain {

Colour LadderStanding::colour_of(std::string_view criterion) const {
  const auto found = criteria.find(criterion);
  return found == criteria.end() ? Colour::red : found->second;
}

void LadderStanding::take(const AssessedFact& assessed) {
  criteria.insert_or_assign(assessed.criterion, assessed.state);
}

void LadderStanding::take(const StepFact& step) {
  if (step.completed) {
    completed_steps.insert_or_assign(step.step, step.day);
  } else {
    completed_steps.erase(step.step);
  }
}

LadderStanding LadderFact::standing_on(Day day) const {
  LadderStanding then;
  for (const AssessedFact& fact : assessed) {
    if (fact.day <= day) then.take(fact);
  }
  for (const StepFact& fact : steps) {
    if (fact.day <= day) then.take(fact);
  }
  return then;
}

}  // namespace liggare::domain
