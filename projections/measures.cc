#include "projections/measures.h"

#include <algorithm>
#include <map>
#include <utility>

#include "projection/side_by_side.h"

namespace liggare::projections {
namespace {

using domain::Measure;

// Places of category external count only in a scope that names that category.
bool is_in(const domain::Scope& scope, domain::PlaceCategory category,
           const std::string& administration) {
  if (scope.category) return category == *scope.category;
  if (category == domain::PlaceCategory::external) return false;
  return !scope.administration || administration == *scope.administration;
}

}  // namespace

Result<Measures> Measures::read(const projection::RowSource& rows, Day as_of) {
  Measures measures(as_of);
  LIGGARE_CHECK(projection::side_by_side(
      rows, [&] { return measures.read_placements(rows); },
      [&] {
        return projection::each_row<ReferralRow>(
            rows, [&](const ReferralRow& row) { measures.referred_.push_back(row.fact.received); });
      }));
  return measures;
}

Result<void> Measures::read_placements(const projection::RowSource& rows) {
  LIGGARE_TRY(const OfferedPlaces places, OfferedPlaces::read(rows));
  std::map<PlaceGroup, std::size_t> groups;
  for (const PlaceRow& row : places.rows()) {
    const auto [group, is_new] =
        groups.try_emplace({row.category, row.administration}, groups_.size());
    if (is_new) groups_.push_back(group->first);
    places_.push_back({group->second, std::nullopt});
  }
  return projection::each_row<PlacementRow>(rows, [&](const PlacementRow& row) {
    if (const auto place = places.find(row.fact.place)) take(row, places_[*place]);
  });
}

void Measures::take(const PlacementRow& row, Place& place) {
  const bool is_same = !placed_.empty() && last_person_ == row.participant;
  const std::size_t person = placed_.empty() ? 0 : placed_.back().person + (is_same ? 0 : 1);
  placed_.push_back({place.group, person, row.fact.start, row.fact.end.value_or(Day::last())});
  last_person_ = row.participant;
  place.first_start = std::min(place.first_start.value_or(row.fact.start), row.fact.start);
}

std::optional<std::int64_t> Measures::count(const MeasureQuestion& question) const {
  const auto within = [&](Day day) {
    return question.from <= day && day <= question.to && day <= as_of_;
  };
  if (question.measure == Measure::referrals) {
    if (!question.scope.all) return std::nullopt;
    return std::ranges::count_if(referred_, within);
  }

  std::vector<bool> is_counted;  // Of each group of places.
  for (const auto& [category, administration] : groups_) {
    is_counted.push_back(is_in(question.scope, category, administration));
  }
  if (std::ranges::count(is_counted, true) == 0) return std::nullopt;
  if (question.measure == Measure::realised_places) {
    return std::ranges::count_if(places_, [&](const Place& place) {
      return is_counted[place.group] && place.first_start && within(*place.first_start);
    });
  }

  std::int64_t starts = 0;
  std::int64_t active = 0;
  std::int64_t persons = 0;
  std::optional<std::size_t> last_person;
  const Day last_day = std::min(question.to, as_of_);
  for (const Placed& placed : placed_) {
    if (!is_counted[placed.group]) continue;
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
    default:
      return active;
  }
}

}  // namespace liggare::projections
