#include "sql/table.h"

#include "base/assertion.h"

namespace liggare::sql {

std::string_view name_of(ColumnType type) {
  return type == ColumnType::integer ? "integer" : "text";
}

std::string_view meaning_of(Days days) {
  switch (days) {
    case Days::until_as_of:
      return "what was true on as-of, as known at `at`";
    case Days::all:
      return "as known at `at`, all days";
    case Days::none:
      return "one row";
  }
  LIGGARE_ASSERT(false, "Days without a meaning");
  return {};
}

const std::vector<Table>& all_tables() {
  static const std::vector<Table> tables = [] {
    std::vector<Table> all = participant_tables();
    for (auto part : {organisation_tables(), ledger_tables()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return tables;
}

}  // namespace liggare::sql
