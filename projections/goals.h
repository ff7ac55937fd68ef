// Targets that were set and figures that were published, and the reports `targets` and
// `reconcile` that hold them against what the events say (contract, section 4, reports 2 and 3).
#pragma once

#include <optional>
#include <string>

#include "domain/agreement_events.h"
#include "projection/projection.h"
#include "projection/report.h"

namespace liggare::projections {

// A target as one event set it; the last by day, then by position, is in force.
struct TargetRow {
  static constexpr std::string_view table = "targets";
  std::string target;
  std::int64_t position = 0;
  Day effective = Day::first();
  domain::Measure measure = domain::Measure::realised_places;
  domain::Scope scope;
  Day from = Day::first();
  Day to = Day::first();
  std::int64_t value = 0;
  std::optional<std::int64_t> baseline;
  std::string key() const;
  static constexpr auto fields() {
    return std::tuple{domain::id("target", &TargetRow::target),
                      domain::integer("position", &TargetRow::position, 0),
                      domain::value("effective", &TargetRow::effective),
                      domain::value("measure", &TargetRow::measure),
                      domain::value("scope", &TargetRow::scope),
                      domain::value("from", &TargetRow::from),
                      domain::value("to", &TargetRow::to),
                      domain::integer("value", &TargetRow::value, 0),
                      domain::integer("baseline", &TargetRow::baseline, 0)};
  }
};

struct FigureRow {
  static constexpr std::string_view table = "figures";
  std::string publication;
  std::int64_t position = 0;
  Day effective = Day::first();
  domain::FigurePublished figure;
  std::string key() const;
  static constexpr auto fields() {
    return std::tuple{domain::id("publication", &FigureRow::publication),
                      domain::integer("position", &FigureRow::position, 0),
                      domain::value("effective", &FigureRow::effective),
                      domain::value("figure", &FigureRow::figure)};
  }
};

projection::Projection goals_projection();
projection::Report targets_report();
projection::Report reconcile_report();

}  // namespace liggare::projections
