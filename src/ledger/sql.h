// Ad-hoc questions: the ledger's facts as SQLite tables (docs/sql.md).
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace liggare::ledger {

struct SqlRequest {
  std::optional<Day> as_of;  // Today when absent.
  At at;
  std::string version;         // Of the program, for the table `about`.
  std::function<bool()> stop;  // Asked now and then; true ends it with io.
};

// What the tables were made from and, for a question, what was answered.
struct SqlAnswer {
  Day as_of = Day::first();
  std::uint64_t at = 0;
  std::string root_hash;  // At that size, hex.
  std::vector<std::string> columns;
  Json rows = Json::array();  // Arrays of values, in the columns' order.
};

// Ledger::sql() takes one statement that reads, and fills in memory the tables that it reads;
// invalid_argument, with SQLite's message, for any other statement.
// Ledger::export_sql() writes all tables; the file, for its owner alone, appears when it is whole.
// invalid_argument where something lies there.

}  // namespace liggare::ledger
