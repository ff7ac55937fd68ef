// What a report answers: rows and findings, in no particular format (contract, section 4).
#pragma once

#include <cstdint>
#include <string>

#include "base/day.h"
#include "base/json.h"

namespace liggare::projection {

struct Answer {
  std::string report;
  Day as_of = Day::first();
  std::uint64_t at = 0;
  Json parameters = Json::object();  // The options given, camelCase.
  Json rows = Json::array();         // Objects with the report's columns, in order.
  Json findings = Json::array();     // {"code", "subject", "events", …}
  Json extras = Json::object();      // Further members, such as the ladder's summary.

  // The contract's JSON answer.
  Json json() const&;
  Json json() &&;
};

}  // namespace liggare::projection
