// A SQLite database that facts are written into and questions are asked of.
//
// Messages carry what SQLite says and never a bound value.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sql/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace liggare::sql {

// A prepared INSERT. It must not outlive its Database.
class Insertion {
 public:
  Insertion(Insertion&& other) noexcept;
  Insertion& operator=(Insertion&&) = delete;
  ~Insertion();

  // Requires as many values as the statement has places.
  Result<void> run(std::initializer_list<Value> row);

 private:
  friend class Database;
  Insertion(sqlite3* connection, sqlite3_stmt* statement)
      : connection_(connection), statement_(statement) {}
  sqlite3* connection_;
  sqlite3_stmt* statement_;
};

class Database {
 public:
  // Gone when it is closed.
  static Result<Database> in_memory();
  // Makes the file, for its owner alone; invalid_argument where something lies there.
  static Result<Database> create(const std::filesystem::path& file);
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;
  ~Database();

  // Runs statements that give no rows one needs.
  Result<void> run(const std::string& statements);
  Result<Insertion> prepare(const std::string& statement);

  // For questions (question.h).
  sqlite3* connection() const { return connection_; }

 private:
  explicit Database(sqlite3* connection) : connection_(connection) {}
  sqlite3* connection_;
};

}  // namespace liggare::sql
