#include "projections/measures.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

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
  std::unordered_map<std::string_view, std::size_t> by_id;
  for (std::size_t i = 0; i < measures.places_.size(); ++i) by_id[measures.places_[i].place] = i;
  measures.first_starts_.resize(measures.places_.size());
  for (const PlacementRow& placement : measures.placements_) {
    const auto place = by_id.find(placement.fact.place);
    if (place == by_id.end()) continue;
    measures.placed_.push_back({&measures.places_[place->second], &placement});
    std::optional<Day>& first = measures.first_starts_[place->second];
    first = std::min(first.value_or(placement.fact.start), placement.fact.start);
  }
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

  bool has_place = false;
  std::int64_t realised = 0;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (!is_in(question.scope, places_[i])) continue;
    has_place = true;
    if (first_starts_[i] && within(*first_starts_[i])) ++realised;
  }
  if (!has_place) return std::nullopt;

  std::int64_t starts = 0;
  std::int64_t active = 0;
  std::int64_t persons = 0;
  std::string_view last_person;
  const Day last_day = std::min(question.to, as_of_);
  for (const auto& [place, placement] : placed_) {
    if (!is_in(question.scope, *place)) continue;
    if (placement->fact.active_on(last_day)) ++active;
    if (!within(placement->fact.start)) continue;
    ++starts;
    if (placement->participant != last_person) ++persons;
    last_person = placement->participant;
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
