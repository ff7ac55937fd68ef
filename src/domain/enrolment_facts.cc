#include "domain/enrolment_facts.h"

#include <algorithm>
#include <iterator>

#include "base/assertion.h"

namespace liggare::domain {

bool EnrolmentFact::paused_on(Day day) const {
  return std::any_of(pauses.begin(), pauses.end(),
                     [&](const PauseFact& pause) { return pause.covers(day); });
}

const std::string& EnrolmentFact::unit_on(Day day) const {
  const auto later = std::find_if(units.begin(), units.end(),
                                  [&](const UnitFact& unit) { return unit.from > day; });
  LIGGARE_ASSERT(later != units.begin(), "an enrolment has no unit before its start");
  return std::prev(later)->unit;
}

std::int64_t EnrolmentFact::paused_days(Day after, Day last) const {
  std::int64_t days = 0;
  for (const PauseFact& pause : pauses) {
    const Day first = std::max(pause.from, after.plus_days(1));
    const Day last_paused = pause.to ? std::min(pause.to->plus_days(-1), last) : last;
    if (first <= last_paused) days += last_paused.days_since(first) + 1;
  }
  return days;
}

}  // namespace liggare::domain
