// The report `deadlines`: whether requests were answered within a month and the authority told of
// incidents within 72 hours (contract, section 4, report 15; GDPR, articles 12.3 and 33.1).
#pragma once

#include <optional>
#include <string>

#include "projection/projection.h"
#include "projection/report.h"

namespace liggare::projections {

// A participant's request for what the GDPR gives a right to.
struct RequestRow {
  static constexpr std::string_view table = "requests";
  std::string participant;
  std::string request;
  domain::RequestKind kind = domain::RequestKind::access;
  Day received = Day::first();
  std::optional<Day> answered;
  std::string key() const { return projection::joined_key(participant, request); }
  static constexpr auto fields() {
    return std::tuple{domain::id("participant", &RequestRow::participant),
                      domain::id("request", &RequestRow::request),
                      domain::value("kind", &RequestRow::kind),
                      domain::value("received", &RequestRow::received),
                      domain::value("answered", &RequestRow::answered)};
  }
};

// A personal data breach. `reported` is when the ledger was told, `discovered` when the clock
// began.
struct IncidentRow {
  static constexpr std::string_view table = "incidents";
  std::string incident;
  Day reported = Day::first();
  Day discovered = Day::first();
  std::optional<Day> notified;  // The authority; the first time.
  std::optional<Day> closed;
  std::string key() const { return incident; }
  static constexpr auto fields() {
    return std::tuple{domain::id("incident", &IncidentRow::incident),
                      domain::value("reported", &IncidentRow::reported),
                      domain::value("discovered", &IncidentRow::discovered),
                      domain::value("notified", &IncidentRow::notified),
                      domain::value("closed", &IncidentRow::closed)};
  }
};

projection::Projection deadlines_projection();
projection::Report deadlines_report();

}  // namespace liggare::projections
