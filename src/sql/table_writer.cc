#include "sql/table_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace liggare::sql {
namespace {

// The columns' names, as many as asked for.
std::string names(const Table& table, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text.append(i == 0 ? "" : ", ").append(table.columns[i].name);
  }
  return text;
}

std::string creation(const Table& table) {
  std::string columns;
  for (const Column& column : table.columns) {
    columns +=
        fmt::format("{}{} {}", columns.empty() ? "" : ", ", column.name, name_of(column.type));
  }
  if (table.key_columns > 0) {
    columns += fmt::format(", PRIMARY KEY ({})", names(table, table.key_columns));
  }
  return fmt::format("CREATE TABLE {} ({});", table.name, columns);
}

std::string insertion(const Table& table) {
  std::string places = "?";
  for (std::size_t i = 1; i < table.columns.size(); ++i) places += ", ?";
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name,
                     names(table, table.columns.size()), places);
}

}  // namespace

Result<void> make_tables(Database& database) {
  std::string statements;
  for (const Table& table : all_tables()) statements += creation(table);
  return database.run(statements);
}

Result<TableWriter> TableWriter::open(Database& database, const TableNames& wanted) {
  TableWriter writer;
  for (const Table& table : all_tables()) {
    if (!wanted.contains(table.name)) continue;
    LIGGARE_TRY(Insertion prepared, database.prepare(insertion(table)));
    writer.insertions_.emplace(table.name, std::move(prepared));
  }
  return writer;
}

void TableWriter::put(std::string_view table, std::initializer_list<Value> row) {
  const auto found = insertions_.find(table);
  if (found == insertions_.end() || !outcome_) return;
  outcome_ = found->second.run(row);
}

}  // namespace liggare::sql
