// Makes the tables and puts rows into them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "sql/database.h"
#include "sql/table.h"

namespace liggare::sql {

using TableNames = std::set<std::string, std::less<>>;

// Every table, empty.
Result<void> make_tables(Database& database);

// Takes rows for some tables and drops those for the others. Requires make_tables(); must not
// outlive the database.
class TableWriter {
 public:
  static Result<TableWriter> open(Database& database, const TableNames& wanted);

  bool wants(std::string_view table) const { return insertions_.contains(table); }
  // Requires a table of the list and a value for each of its columns, in order. What SQLite says
  // no to is remembered: see outcome().
  void put(std::string_view table, std::initializer_list<Value> row);
  // The first error of all rows so far.
  const Result<void>& outcome() const { return outcome_; }

 private:
  TableWriter() = default;
  std::map<std::string_view, Insertion, std::less<>> insertions_;
  Result<void> outcome_;
};

}  // namespace liggare::sql
