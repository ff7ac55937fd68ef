// Places that were offered, and the report `places`: the 500-uppdraget table (contract, section 4,
// report 1).
#pragma once

#include <string>

#include "domain/vocabulary.h"
#include "projection/projection.h"
#include "projection/report.h"

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

projection::Projection places_projection();
projection::Report places_report();

}  // namespace liggare::projections
