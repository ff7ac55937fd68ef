#include "projections/measures.h"

#include <algorithm>
#include <utility>

namespace liggare::projections {
namespace {

using domain::Measure;

// Places of category external count only in a scope that names that category.
bool is_in(const domain::Scope& scope, const PlaceRow& place) {
  if (scope.category) return place.category == *scope.category;
  if (place.category == domain::PlaceCategory::external) return false;
  return !scope.administration || place.administration == *scope.administration;
}

}  // namespace

Measures::Measures(OfferedPlaces places, Day as_of)
    : as_of_(as_of), places_(std::move(places)), first_starts_(places_.rows().size()) {}

Result<Measures> Measures::read(const projection::RowSource& rows, Day as_of) {
  LIGGARE_TRY(OfferedPlaces places, OfferedPlaces::read(rows));
  Measures measures(std::move(places), as_of);
  LIGGARE_CHECK(projection::each_row<PlacementRow>(
      rows, [&](const PlacementRow& row) { measures.take(row); }));
  LIGGARE_CHECK(projection::each_row<ReferralRow>(
      rows, [&](const ReferralRow& row) { measures.referred_.push_back(row.fact.received); }));
  return measures;
}

void Measures::take(const PlacementRow& row) {
  const auto place = places_.find(row.fact.place);
  if (!place) return;
  const bool is_same = !placed_.empty() && last_person_ == row.participant;
  const std::size_t person = placed_.empty() ? 0 : placed_.back().person + (is_same ? 0 : 1);
  placed_.push_back({*place, person, row.fact.start, row.fact.end.value_or(Day::last())});
  last_person_ = row.participant;
  std::optional<Day>& first = first_starts_[*place];
  first = std::min(first.value_or(row.fact.start), row.fact.start);
}

std::optional<std::int64_t> Measures::count(const MeasureQuestion& question) const {
  const auto within = [&](Day day) {
    return question.from <= day && day <= question.to && day <= as_of_;
  };
  if (question.measure == Measure::referrals) {
    if (!question.scope.all) return std::nullopt;
    return std::ranges::count_if(referred_, within);
  }

  std::vector<bool> is_counted;  // Of each place.
  std::int64_t realised = 0;
  for (std::size_t i = 0; i < places_.rows().size(); ++i) {
    is_counted.push_back(is_in(question.scope, places_.rows()[i]));
    if (is_counted[i] && first_starts_[i] && within(*first_starts_[i])) ++realised;
  }
  if (std::ranges::count(is_counted, true) == 0) return std::nullopt;

  std::int64_t starts = 0;
  std::int64_t active = 0;
  std::int64_t persons = 0;
  std::optional<std::size_t> last_person;
  const Day last_day = std::min(question.to, as_of_);
  for (const Placed& placed : placed_) {
    if (!is_counted[placed.place]) continue;
    if (placed.start <= last_day && last_day <= placed.end) ++active;
    if (!within(placed.start)) continue;
    ++starts;
    if (placed.person != last_person) ++persons;
    last_person = placed.person;
  }
  switch (question.measure) {
    case Measure::placement_starts:
      return starts;
    case Measure::persons_placed:
      return persons;
    case Measure::active_placements:
      return active;
    default:
      return realised;
  }
}

}  // namespace liggare::projections
