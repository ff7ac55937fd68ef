// The measures that targets set and publications claim (contract, section 4, report 3).
#pragma once

#include <optional>
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
  // Its rows point at each other.
  Measures(Measures&&) = default;
  Measures& operator=(Measures&&) = default;

  // Nothing where the scope has no place at all, or the measure does not exist for it.
  std::optional<std::int64_t> count(const MeasureQuestion& question) const;

 private:
  // A placement with its place, looked up once for all questions.
  struct Placed {
    const PlaceRow* place;
    const PlacementRow* placement;
  };

  explicit Measures(Day as_of) : as_of_(as_of) {}

  Day as_of_;
  std::vector<PlaceRow> places_;
  std::vector<PlacementRow> placements_;
  std::vector<Placed> placed_;                    // In the order of participants.
  std::vector<std::optional<Day>> first_starts_;  // Of each place; nothing where none started.
  std::vector<ReferralRow> referrals_;
};

}  // namespace liggare::projections
