#include "vault/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <utility>

#include "base/assertion.h"
#include "base/file.h"

namespace liggare::vault {
namespace {

// Others' transactions are short: a few keys and a sync.
constexpr int patience_ms = 5'000;

ErrorCode code_of(int outcome) {
  switch (outcome & 0xff) {  // The primary code; the rest says more, but not more to do.
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_CONSTRAINT:
      return ErrorCode::invalid_argument;
    default:
      return ErrorCode::io;
  }
}

Unexpected<Error> failure(sqlite3* connection, int outcome) {
  return fail(code_of(outcome), std::string("keys.sqlite: ") + sqlite3_errmsg(connection));
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)) {}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::restart() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  return *this;
}

Statement& Statement::bind_blob(int place, std::string_view bytes) {
  const int outcome =
      sqlite3_bind_blob64(statement_, place, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  LIGGARE_ASSERT(outcome == SQLITE_OK, "a value that SQLite does not take");
  return *this;
}

Statement& Statement::bind_text(int place, std::string_view text) {
  const int outcome = sqlite3_bind_text64(statement_, place, text.data(), text.size(),
                                          SQLITE_TRANSIENT, SQLITE_UTF8);
  LIGGARE_ASSERT(outcome == SQLITE_OK, "a value that SQLite does not take");
  return *this;
}

Statement& Statement::bind_integer(int place, std::int64_t value) {
  const int outcome = sqlite3_bind_int64(statement_, place, value);
  LIGGARE_ASSERT(outcome == SQLITE_OK, "a value that SQLite does not take");
  return *this;
}

Result<Statement::Step> Statement::step() {
  const int outcome = sqlite3_step(statement_);
  if (outcome == SQLITE_ROW) return Step::row;
  if (outcome == SQLITE_DONE) return Step::done;
  return failure(connection_, outcome);
}

Result<void> Statement::run() {
  const auto stepped = step();
  restart();
  if (!stepped) return Unexpected{stepped.error()};
  return {};
}

Result<void> Statement::for_each(const std::function<Result<void>()>& visit) {
  const auto all = [&]() -> Result<void> {
    for (;;) {
      LIGGARE_TRY(const auto stepped, step());
      if (stepped == Step::done) return {};
      LIGGARE_CHECK(visit());
    }
  };
  auto outcome = all();
  restart();
  return outcome;
}

std::string Statement::bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

Result<Database> Database::open(const std::filesystem::path& path) {
  // SQLite would wait for somebody at a pipe's other end.
  for (const char* const ending : {"", "-journal"}) {
    const std::string file = path.string() + ending;
    std::error_code absent;
    if (std::filesystem::is_other(file, absent)) return fail(ErrorCode::io, file + " is no file");
  }
  sqlite3* connection = nullptr;
  const int outcome = sqlite3_open_v2(path.c_str(), &connection,
                                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nullptr);
  LIGGARE_ASSERT(connection != nullptr, "no memory for a database connection");
  Database database(connection);
  if (outcome != SQLITE_OK) return failure(connection, outcome);
  sqlite3_busy_timeout(connection, patience_ms);
  return database;
}

Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Database::~Database() { sqlite3_close_v2(connection_); }

Result<void> Database::run(const std::string& sql) {
  const int outcome = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
  if (outcome != SQLITE_OK) return failure(connection_, outcome);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int outcome = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (outcome != SQLITE_OK) return failure(connection_, outcome);
  return Statement(connection_, statement);
}

Result<void> Database::copy_to(const std::filesystem::path& path) {
  LIGGARE_TRY(Statement copy, prepare("VACUUM INTO ?"));
  LIGGARE_CHECK(copy.bind_text(1, path.string()).run());
  LIGGARE_TRY(const auto file, FileDescriptor::open(path, O_RDONLY));
  if (::fsync(file.number()) != 0) return system_failure("cannot sync", path);
  return sync_folder(path.parent_path());
}

Result<std::int64_t> Database::integer(std::string_view sql) {
  LIGGARE_TRY(Statement statement, prepare(sql));
  LIGGARE_TRY(const auto step, statement.step());
  LIGGARE_ASSERT(step == Statement::Step::row, "a query for one value gave no row");
  return statement.integer(0);
}

Result<Transaction> Transaction::begin(Database& database) {
  LIGGARE_CHECK(database.run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ == nullptr) return;
  // Where SQLite has rolled back by itself after an error, there is nothing left to undo.
  static_cast<void>(database_->run("ROLLBACK"));
}

Result<void> Transaction::commit() {
  LIGGARE_CHECK(database_->run("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace liggare::vault
