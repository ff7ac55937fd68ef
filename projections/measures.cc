#include "projections/measures.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

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

Result<Measures> Measures::read(const projection::RowSource& rows, Day as_of) {
  Measures measures(as_of);
  LIGGARE_TRY(measures.places_, projection::rows_of<PlaceRow>(rows));
  LIGGARE_TRY(measures.placements_, projection::rows_of<PlacementRow>(rows));
  LIGGARE_TRY(measures.referrals_, projection::rows_of<ReferralRow>(rows));
  return measures;
}

std::optional<std::int64_t> Measures::count(const MeasureQuestion& question) const {
  const auto within = [&](Day day) {
    return question.from <= day && day <= question.to && day <= as_of_;
  };
  if (question.measure == Measure::referrals) {
    if (!question.scope.all) return std::nullopt;
    return std::count_if(referrals_.begin(), referrals_.end(), [&](const ReferralRow& referral) {
      return within(referral.fact.received);
    });
  }

  std::set<std::string_view> places;
  for (const PlaceRow& place : places_) {
    if (is_in(question.scope, place)) places.insert(place.place);
  }
  if (places.empty()) return std::nullopt;

  std::int64_t starts = 0;
  std::int64_t active = 0;
  std::set<std::string_view> persons;
  std::map<std::string_view, Day> first_starts;
  const Day last_day = std::min(question.to, as_of_);
  for (const PlacementRow& placement : placements_) {
    if (!places.contains(placement.fact.place)) continue;
    if (within(placement.fact.start)) {
      ++starts;
      persons.insert(placement.participant);
    }
    if (placement.fact.active_on(last_day)) ++active;
    const auto [first, is_new] =
        first_starts.try_emplace(placement.fact.place, placement.fact.start);
    if (!is_new) first->second = std::min(first->second, placement.fact.start);
  }
  switch (question.measure) {
    case Measure::placement_starts:
      return starts;
    case Measure::persons_placed:
      return static_cast<std::int64_t>(persons.size());
    case Measure::active_placements:
      return active;
    default:
      return std::count_if(first_starts.begin(), first_starts.end(),
                           [&](const auto& first) { return within(first.second); });
  }
}

}  // namespace liggare::projections
