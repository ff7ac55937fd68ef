// The report `late`: events registered long after the day they are about (contract, section 4,
// report 12).
#pragma once

#include <string>

#include "projection/projection.h"
#include "projection/report.h"

namespace liggare::projections {

// An event registered after its effective day, as it was sent: no correction or void changes it.
struct LateRow {
  static constexpr std::string_view table = "late";
  std::int64_t position = 0;
  std::string id;
  std::string type;
  std::string subject;
  Day effective = Day::first();
  Day registered = Day::first();
  std::string key() const;
  std::int64_t days() const { return registered.days_since(effective); }
  static constexpr auto fields() {
    return std::tuple{domain::integer("position", &LateRow::position, 0),
                      domain::event_id("id", &LateRow::id),
                      domain::text("type", &LateRow::type),
                      domain::text("subject", &LateRow::subject),
                      domain::value("effective", &LateRow::effective),
                      domain::value("registeredDay", &LateRow::registered)};
  }
};

projection::Projection late_projection();
projection::Report late_report();

}  // namespace liggare::projections
