// Agreements, targets and published figures (contract, section 3, Organisation).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

struct AgreementLine {
  std::string line;
  std::string programme;
  std::optional<std::string> unit;
  std::int64_t places = 0;
  static constexpr auto fields() {
    return std::tuple{id("line", &AgreementLine::line),
                      code("programme", &AgreementLine::programme),
                      reference("unit", &AgreementLine::unit, StreamKind::unit),
                      integer("places", &AgreementLine::places, 0)};
  }
  bool operator==(const AgreementLine&) const = default;
};

struct AgreementSigned {
  static constexpr auto type = EventType::agreement_signed;
  std::string title;
  std::vector<std::string> parties;
  Day valid_from = Day::first();
  std::optional<Day> valid_to;
  std::vector<AgreementLine> lines;
  static constexpr auto fields() {
    return std::tuple{text("title", &AgreementSigned::title),
                      reference("parties", &AgreementSigned::parties, StreamKind::unit),
                      value("validFrom", &AgreementSigned::valid_from),
                      value("validTo", &AgreementSigned::valid_to),
                      value("lines", &AgreementSigned::lines)};
  }
  bool operator==(const AgreementSigned&) const = default;
};

struct AgreementAmended {
  static constexpr auto type = EventType::agreement_amended;
  std::string line;
  std::int64_t places = 0;
  static constexpr auto fields() {
    return std::tuple{id("line", &AgreementAmended::line),
                      integer("places", &AgreementAmended::places, 0)};
  }
  bool operator==(const AgreementAmended&) const = default;
};

struct AgreementTerminated {
  static constexpr auto type = EventType::agreement_terminated;
  Day valid_to = Day::first();
  static constexpr auto fields() {
    return std::tuple{value("validTo", &AgreementTerminated::valid_to)};
  }
  bool operator==(const AgreementTerminated&) const = default;
};

// What a measure covers: everything, one category of places, or one administration.
struct Scope {
  static constexpr bool exactly_one = true;
  std::optional<bool> all;  // Only ever true.
  std::optional<PlaceCategory> category;
  std::optional<std::string> administration;
  static constexpr auto fields() {
    return std::tuple{value("all", &Scope::all), value("category", &Scope::category),
                      reference("administration", &Scope::administration, StreamKind::unit)};
  }
  bool operator==(const Scope&) const = default;
};

struct TargetSet {
  static constexpr auto type = EventType::target_set;
  Measure measure = Measure::realised_places;
  Scope scope;
  Day from = Day::first();
  Day to = Day::first();
  std::int64_t value = 0;
  std::optional<std::int64_t> baseline;
  std::optional<std::string> decision;
  static constexpr auto fields() {
    return std::tuple{
        domain::value("measure", &TargetSet::measure), domain::value("scope", &TargetSet::scope),
        domain::value("from", &TargetSet::from),       domain::value("to", &TargetSet::to),
        integer("value", &TargetSet::value, 0),        integer("baseline", &TargetSet::baseline, 0),
        text("decision", &TargetSet::decision)};
  }
  bool operator==(const TargetSet&) const = default;
};

struct FigurePublished {
  static constexpr auto type = EventType::figure_published;
  std::string document;
  std::string section;
  Measure measure = Measure::realised_places;
  Scope scope;
  Day from = Day::first();
  Day to = Day::first();
  std::int64_t value = 0;
  std::optional<std::int64_t> baseline;
  static constexpr auto fields() {
    return std::tuple{text("document", &FigurePublished::document),
                      text("section", &FigurePublished::section),
                      domain::value("measure", &FigurePublished::measure),
                      domain::value("scope", &FigurePublished::scope),
                      domain::value("from", &FigurePublished::from),
                      domain::value("to", &FigurePublished::to),
                      integer("value", &FigurePublished::value, 0),
                      integer("baseline", &FigurePublished::baseline, 0)};
  }
  bool operator==(const FigurePublished&) const = default;
};

}  // namespace liggare::domain
