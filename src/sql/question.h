// A question in SQL: one statement that reads, and nothing else.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/database.h"
#include "sql/table_writer.h"

namespace liggare::sql {

// What SQLite answered.
struct Reply {
  std::vector<std::string> columns;
  Json rows = Json::array();  // Arrays of numbers, texts and nulls, in the columns' order.
};

// Asked now and then while a question runs; true stops it.
using Stop = std::function<bool()>;

// Whether it is a question at all; requires make_tables(), and rows may be missing yet.
// invalid_argument, with SQLite's message, for what is no single statement that reads: writing,
// ATTACH, PRAGMA but for a table's columns, transactions and extensions are denied.
Result<void> check(Database& database, const std::string& question);

// The tables that stand in its text: all that it can read, and perhaps some more.
TableNames tables_named_in(std::string_view question);

// invalid_argument as check(), and for an answer with bytes that are no text or an infinite number;
// io where it was stopped. From then on the database can't be written.
Result<Reply> ask(Database& database, const std::string& question, const Stop& stop);

}  // namespace liggare::sql
