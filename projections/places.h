// Places that were offered, and the report `places`: the 500-uppdraget table (contract, section 4,
// report 1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/vocabulary.h"
#include "projection/projection.h"
#include "projection/report.h"
#include "projection/row_source.h"

namespace liggare::projections {

// A place that was offered.
struct PlaceRow {
  static constexpr std::string_view table = "places";
  std::string place;
  std::string administration;
  domain::PlaceCategory category = domain::PlaceCategory::ordinary;
  Day offered = Day::first();
  std::string key() const { return place; }
  static constexpr auto fields() {
    return std::tuple{domain::id("place", &PlaceRow::place),
                      domain::id("administration", &PlaceRow::administration),
                      domain::value("category", &PlaceRow::category),
                      domain::value("offered", &PlaceRow::offered)};
  }
};

// All places that were offered, in the order of their ids.
class OfferedPlaces {
 public:
  static Result<OfferedPlaces> read(const projection::RowSource& rows);
  // Its rows are pointed at.
  OfferedPlaces(OfferedPlaces&&) = default;
  OfferedPlaces& operator=(OfferedPlaces&&) = default;

  const std::vector<PlaceRow>& rows() const { return rows_; }
  // Where a place is among rows(); nothing where it was never offered.
  std::optional<std::size_t> find(std::string_view place) const;

 private:
  OfferedPlaces() = default;
  std::vector<PlaceRow> rows_;
  std::unordered_map<std::string_view, std::size_t> by_id_;
};

projection::Projection places_projection();
projection::Report places_report();

}  // namespace liggare::projections
