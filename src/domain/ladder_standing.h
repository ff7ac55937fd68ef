// Where a participant stands on a ladder, and how it came to that.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/day.h"
#include "domain/by_id.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

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

}  // namespace liggare::domain
