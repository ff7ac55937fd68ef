// The tables of facts as data: what they are called, what they hold, and when it was true.
//
// The one list: the schema of the database, `liggare sql --tables` and docs/sql.md are made from
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/event_type.h"

namespace liggare::sql {

enum class ColumnType { text, integer };

struct Column {
  std::string_view name;
  ColumnType type = ColumnType::text;
  std::string_view meaning;
};
std::string_view name_of(ColumnType type);

// Which days a table's facts come from. All of them are as known at `at`.
enum class Days {
  until_as_of,  // The timelines are cut at as-of: what ended later has no end yet.
  all,          // Definitions, all effective days (contract P13).
  none          // It is not about days.
};
// One line that says so.
std::string_view meaning_of(Days days);

struct Table {
  std::string_view name;
  std::string_view meaning;
  Days days = Days::until_as_of;
  std::size_t key_columns = 0;  // The first columns, which tell rows apart; 0 where none do.
  std::vector<domain::StreamKind> kinds;  // Of the streams it is made from; empty for all.
  std::vector<Column> columns;
};

// Parts of the list.
std::vector<Table> participant_tables();
std::vector<Table> organisation_tables();
std::vector<Table> ledger_tables();

// In the order in which they are listed. `about` is the last.
const std::vector<Table>& all_tables();

}  // namespace liggare::sql
