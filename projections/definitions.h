// What facts are judged by: policies, ladders, bases of disclosures, and the kinds of units.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/definition_events.h"
#include "projection/projection.h"
#include "projection/row_source.h"

namespace liggare::projections {

// A policy that one event adopted; each changes only the parameters that it names.
struct PolicyRow {
  static constexpr std::string_view table = "policies";
  Day effective = Day::first();
  std::int64_t position = 0;
  domain::PolicyParameters parameters;
  std::string key() const;
  static constexpr auto fields() {
    return std::tuple{domain::value("effective", &PolicyRow::effective),
                      domain::integer("position", &PolicyRow::position, 0),
                      domain::value("parameters", &PolicyRow::parameters)};
  }
};

// The parameters in force on a day, defaults where no policy names them (contract, section 3).
struct Policy {
  std::int64_t months = 12;
  std::int64_t extension_months = 6;
  std::int64_t stall_days = 90;
  std::int64_t late_days = 14;
  std::int64_t small_cell = 5;
};

class Policies {
 public:
  static Result<Policies> read(const projection::RowSource& rows);
  Policy on(Day day) const;

 private:
  std::vector<PolicyRow> rows_;  // In the order of their days, then positions.
};

struct LadderRow {
  static constexpr std::string_view table = "ladders";
  std::string ladder;
  Day effective = Day::first();
  domain::LadderPublished version;
  std::string key() const;
  static constexpr auto fields() {
    return std::tuple{domain::id("ladder", &LadderRow::ladder),
                      domain::value("effective", &LadderRow::effective),
                      domain::value("version", &LadderRow::version)};
  }
};

// The newest version of a ladder in force on `day`: the highest ladderVersion with effective ≤ day
// (contract P6). Nothing where there is none.
Result<std::optional<domain::LadderPublished>> ladder_on(const projection::RowSource& rows,
                                                         std::string_view ladder, Day day);

struct BasisRow {
  static constexpr std::string_view table = "bases";
  std::string basis;
  domain::BasisAdopted adopted;
  std::string key() const { return basis; }
  static constexpr auto fields() {
    return std::tuple{domain::id("basis", &BasisRow::basis),
                      domain::value("adopted", &BasisRow::adopted)};
  }
};

struct UnitRow {
  static constexpr std::string_view table = "units";
  std::string unit;
  domain::UnitKind kind = domain::UnitKind::unit;
  std::string key() const { return unit; }
  static constexpr auto fields() {
    return std::tuple{domain::id("unit", &UnitRow::unit), domain::value("kind", &UnitRow::kind)};
  }
};

projection::Projection definitions_projection();

}  // namespace liggare::projections
