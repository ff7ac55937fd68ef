// The measures that targets set and publications claim (contract, section 4, report 3).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/agreement_events.h"
#include "projections/participants.h"
#include "projections/places.h"

namespace liggare::projections {

// A measure over from…to, both days included, for a scope.
struct MeasureQuestion {
  domain::Measure measure = domain::Measure::realised_places;
  domain::Scope scope;
  Day from = Day::first();
  Day to = Day::first();
};

// Everything that a measure counts, as known at one size and seen on one day.
class Measures {
 public:
  static Result<Measures> read(const projection::RowSource& rows, Day as_of);
  // Nothing where the scope has no place at all, or the measure does not exist for it.
  std::optional<std::int64_t> count(const MeasureQuestion& question) const;

 private:
  // What tells places apart for a scope.
  using PlaceGroup = std::pair<domain::PlaceCategory, std::string>;  // With the administration.
  struct Place {
    std::size_t group = 0;           // Among groups_.
    std::optional<Day> first_start;  // Nothing where no placement started.
  };
  // A placement at a place that was offered.
  struct Placed {
    std::size_t group = 0;   // Of the place.
    std::size_t person = 0;  // The same for the same participant, who follow on one another.
    Day start = Day::first();
    Day end = Day::last();
  };

  explicit Measures(Day as_of) : as_of_(as_of) {}
  Result<void> read_placements(const projection::RowSource& rows);
  void take(const PlacementRow& row, Place& place);

  Day as_of_;
  std::vector<PlaceGroup> groups_;
  std::vector<Place> places_;
  std::vector<Placed> placed_;
  std::string last_person_;
  std::vector<Day> referred_;  // Days on which referrals came.
};

}  // namespace liggare::projections
