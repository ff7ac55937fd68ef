// SQLite as values and errors: a connection, prepared statements, and a transaction.
//
// Messages carry what SQLite says and never a bound value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace liggare::vault {

// Values are bound from 1 and read from 0, as SQLite counts. It must not outlive its Database.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Ends the last run and forgets its values.
  Statement& restart();
  Statement& bind_blob(int place, std::string_view bytes);
  Statement& bind_text(int place, std::string_view text);
  Statement& bind_integer(int place, std::int64_t value);

  enum class Step { row, done };
  // io, busy, corrupt (damaged file), or invalid_argument (a constraint says no).
  Result<Step> step();
  // Calls `visit` at each row, then restarts; ends at the first failure.
  Result<void> for_each(const std::function<Result<void>()>& visit);
  // Steps once, for a statement that gives no rows, and restarts.
  Result<void> run();

  std::string bytes(int column) const;
  std::int64_t integer(int column) const;

 private:
  friend class Database;
  Statement(sqlite3* connection, sqlite3_stmt* statement)
      : connection_(connection), statement_(statement) {}
  sqlite3* connection_;
  sqlite3_stmt* statement_;
};

class Database {
 public:
  // Opens a file that exists; an empty one is an empty database.
  static Result<Database> open(const std::filesystem::path& path);
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;
  ~Database();

  // Runs statements that give no rows one needs.
  Result<void> run(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  // A consistent copy, durable once it returns, without pages or rows that are free here; `path`
  // exists and is empty, or does not exist. Requires that no transaction runs.
  Result<void> copy_to(const std::filesystem::path& path);
  // The first column of the first row.
  Result<std::int64_t> integer(std::string_view sql);

 private:
  explicit Database(sqlite3* connection) : connection_(connection) {}
  sqlite3* connection_;
};

// Undone unless committed. Durable once commit() returns.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace liggare::vault
