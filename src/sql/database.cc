#include "sql/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace liggare::sql {
namespace {

Unexpected<Error> failure(sqlite3* connection) {
  return fail(ErrorCode::io, std::string("SQLite: ") + sqlite3_errmsg(connection));
}

Result<sqlite3*> open(const char* name, int flags) {
  sqlite3* connection = nullptr;
  const int outcome = sqlite3_open_v2(name, &connection, flags, nullptr);
  LIGGARE_ASSERT(connection != nullptr, "no memory for a database connection");
  if (outcome == SQLITE_OK) return connection;
  const auto error = failure(connection);
  sqlite3_close_v2(connection);
  return error;
}

class Binding {
 public:
  Binding(sqlite3_stmt* statement, int place) : statement_(statement), place_(place) {}
  int operator()(std::monostate) const { return sqlite3_bind_null(statement_, place_); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement_, place_, value); }
  // The value lives until the statement has run.
  int operator()(const std::string& value) const {
    return sqlite3_bind_text64(statement_, place_, value.data(), value.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }

 private:
  sqlite3_stmt* statement_;
  int place_;
};

}  // namespace

Insertion::Insertion(Insertion&& other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)) {}

Insertion::~Insertion() { sqlite3_finalize(statement_); }

Result<void> Insertion::run(std::initializer_list<Value> row) {
  LIGGARE_ASSERT(static_cast<int>(row.size()) == sqlite3_bind_parameter_count(statement_),
                 "a row with another number of values than its table has columns");
  int place = 0;
  for (const Value& value : row) {
    const int outcome = std::visit(Binding(statement_, ++place), value.stored());
    LIGGARE_ASSERT(outcome == SQLITE_OK, "a value that SQLite does not take");
  }
  const int outcome = sqlite3_step(statement_);
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  if (outcome != SQLITE_DONE) return failure(connection_);
  return {};
}

Result<Database> Database::in_memory() {
  LIGGARE_TRY(sqlite3 * connection,
              open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY));
  Database database(connection);
  // What a large question sorts stays in memory too.
  LIGGARE_CHECK(database.run("PRAGMA temp_store = MEMORY"));
  return database;
}

Result<Database> Database::create(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (made == -1) {
    const auto code = errno == EEXIST ? ErrorCode::invalid_argument : ErrorCode::io;
    return fail(code, file.string() + " can't be made: " + std::strerror(errno));
  }
  ::close(made);
  LIGGARE_TRY(sqlite3 * connection, open(file.c_str(), SQLITE_OPEN_READWRITE));
  return Database(connection);
}

Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Database::~Database() { sqlite3_close_v2(connection_); }

Result<void> Database::run(const std::string& statements) {
  if (sqlite3_exec(connection_, statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failure(connection_);
  }
  return {};
}

Result<Insertion> Database::prepare(const std::string& statement) {
  sqlite3_stmt* prepared = nullptr;
  const int outcome =
      sqlite3_prepare_v3(connection_, statement.data(), static_cast<int>(statement.size()),
                         SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  if (outcome != SQLITE_OK) return failure(connection_);
  return Insertion(connection_, prepared);
}

}  // namespace liggare::sql
