// Editions: answers published once, bound to what was known then, and reproduced byte for byte
// (contract, section 3, report.published).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "domain/ledger_events.h"
#include "projection/answer.h"

namespace liggare::ledger {

// Who publishes, under which name.
struct EditionName {
  std::string id;
  std::string actor;  // staff/ID or system/ID.
  std::optional<std::string> document;
};

struct Edition {
  std::string id;
  std::uint64_t position = 0;  // Of its report.published.
  std::string event_id;
  bool is_duplicate = false;  // Published before with the same answer.
  domain::ReportPublished published;
};

// An edition's answer, made again.
struct Reproduction {
  Edition edition;
  projection::Answer answer;
};

// A row of an edition that has another value now, or stands on one side alone.
struct RowChange {
  Json key = Json::object();  // The columns that tell rows apart.
  Json before;                // The row; null where there was none.
  Json after;                 // The row; null where there is none any more.
};

// What has changed since an edition was published, and the events that caused it.
struct EditionDifference {
  Edition edition;
  std::uint64_t now = 0;
  std::vector<std::string> columns;  // That tell rows apart.
  std::vector<RowChange> rows;
  Json findings_before = Json::array();  // Those that stand on one side alone.
  Json findings_after = Json::array();
  std::vector<std::uint64_t> events;  // Positions.
};

// SHA-256 of an answer as the JSON format prints it, its line feed included; hex.
std::string digest_of(const projection::Answer& answer);

}  // namespace liggare::ledger
