// Places and placements, and the report `places` on them: the 500-uppdraget table (contract,
// section 4, report 1).
#pragma once

#include <optional>
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

// A placement that was started.
struct PlacementRow {
  static constexpr std::string_view table = "placements";
  std::string participant;
  std::string placement;
  std::string place;
  Day start = Day::first();
  std::optional<Day> end;  // The last day.
  std::string key() const { return projection::joined_key(participant, placement); }
  // Both days included; a placement that has not started by `day` is not active on it.
  bool active_on(Day day) const { return start <= day && (!end || day <= *end); }
  static constexpr auto fields() {
    return std::tuple{domain::id("participant", &PlacementRow::participant),
                      domain::id("placement", &PlacementRow::placement),
                      domain::id("place", &PlacementRow::place),
                      domain::value("start", &PlacementRow::start),
                      domain::value("end", &PlacementRow::end)};
  }
};

projection::Projection places_projection();
projection::Report places_report();

}  // namespace liggare::projections
