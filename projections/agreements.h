// Agreements: their lines, and how many places each has on which day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projection/projection.h"

namespace liggare::projections {

// So many places from that day on.
struct PlacesFrom {
  Day from = Day::first();
  std::int64_t places = 0;
  static constexpr auto fields() {
    return std::tuple{domain::value("from", &PlacesFrom::from),
                      domain::integer("places", &PlacesFrom::places, 0)};
  }
};

struct LineFact {
  std::string line;
  std::string programme;
  std::optional<std::string> unit;
  std::vector<PlacesFrom> places;  // In order; the first from the first day there is.
  static constexpr auto fields() {
    return std::tuple{
        domain::id("line", &LineFact::line), domain::code("programme", &LineFact::programme),
        domain::id("unit", &LineFact::unit), domain::value("places", &LineFact::places)};
  }
};

// As known at `at`, all effective days (contract, section 4, report 4).
struct AgreementRow {
  static constexpr std::string_view table = "agreements";
  std::string agreement;
  std::string title;
  Day valid_from = Day::first();
  std::optional<Day> valid_to;  // The last day; the last termination's where there is one.
  std::vector<LineFact> lines;  // In the order of their ids.
  std::string key() const { return agreement; }
  static constexpr auto fields() {
    return std::tuple{domain::id("agreement", &AgreementRow::agreement),
                      domain::text("title", &AgreementRow::title),
                      domain::value("validFrom", &AgreementRow::valid_from),
                      domain::value("validTo", &AgreementRow::valid_to),
                      domain::value("lines", &AgreementRow::lines)};
  }
};

// Places of a line on `day`; 0 outside the agreement's validity.
std::int64_t capacity_on(const AgreementRow& agreement, const LineFact& line, Day day);

projection::Projection agreements_projection();

}  // namespace liggare::projections
