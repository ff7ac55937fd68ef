#include "vault/key_table.h"

#include <utility>

namespace liggare::vault {
namespace {

constexpr std::int64_t application_id = 0x4c475654;  // "LGVT"
constexpr std::int64_t format_version = 1;

// EXTRA, because a journal's end must be durable before a commit counts as one; secure_delete, so
// that a removed row's bytes are overwritten (schema/vault.md).
constexpr const char* connection_settings =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA journal_mode = TRUNCATE;"
    "PRAGMA synchronous = EXTRA;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA trusted_schema = OFF;";

constexpr const char* schema = R"(
CREATE TABLE class_key (
  key_id BLOB NOT NULL PRIMARY KEY CHECK (length(key_id) = 16),
  subject TEXT NOT NULL,
  class TEXT NOT NULL,
  generation INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  UNIQUE (subject, class, generation)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_key_by_bucket ON class_key (bucket);
CREATE TABLE destroyed_key (
  key_id BLOB NOT NULL PRIMARY KEY CHECK (length(key_id) = 16)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER destroyed_key_never_returns BEFORE INSERT ON class_key
WHEN EXISTS (SELECT 1 FROM destroyed_key WHERE key_id = NEW.key_id)
BEGIN
  SELECT RAISE(ABORT, 'a destroyed key id never returns');
END;
)";

constexpr std::string_view columns =
    "SELECT key_id, subject, class, generation, bucket, epoch, wrapped FROM class_key ";

Result<KeyRow> row_of(const Statement& statement) {
  KeyRow row;
  row.key_id = statement.bytes(0);
  const auto personal_class = personal_class_named(statement.bytes(2));
  if (!personal_class) {
    return fail(ErrorCode::corrupt, words_for_key(row.key_id) + " has an unknown class");
  }
  row.name = {statement.bytes(1), *personal_class};
  row.generation = statement.integer(3);
  row.bucket = statement.integer(4);
  row.epoch = statement.integer(5);
  row.wrapped = statement.bytes(6);
  return row;
}

// The only row, or none. Restarts the statement, so that it holds no lock and no values.
Result<std::optional<KeyRow>> one_row(Statement& statement) {
  const auto read = [&]() -> Result<std::optional<KeyRow>> {
    LIGGARE_TRY(const auto step, statement.step());
    if (step == Statement::Step::done) return std::optional<KeyRow>();
    LIGGARE_TRY(KeyRow row, row_of(statement));
    return std::optional<KeyRow>(std::move(row));
  };
  auto row = read();
  statement.restart();
  return row;
}

Result<void> check_format(Database& database) {
  LIGGARE_TRY(const std::int64_t application, database.integer("PRAGMA application_id"));
  if (application != application_id) {
    return fail(ErrorCode::corrupt, "keys.sqlite is not a vault's");
  }
  LIGGARE_TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
  if (version > format_version) {
    return fail(ErrorCode::unsupported, "keys.sqlite was written by a newer release");
  }
  if (version < 1) return fail(ErrorCode::corrupt, "keys.sqlite has no format version");
  return {};
}

}  // namespace

Result<void> KeyTable::create(const std::filesystem::path& path) {
  LIGGARE_TRY(Database database, Database::open(path));
  LIGGARE_CHECK(database.run(connection_settings));
  LIGGARE_TRY(Transaction transaction, Transaction::begin(database));
  LIGGARE_CHECK(database.run(schema));
  LIGGARE_CHECK(database.run("PRAGMA application_id = " + std::to_string(application_id)));
  LIGGARE_CHECK(database.run("PRAGMA user_version = " + std::to_string(format_version)));
  return transaction.commit();
}

Result<KeyTable> KeyTable::open(const std::filesystem::path& path) {
  LIGGARE_TRY(Database database, Database::open(path));
  LIGGARE_CHECK(check_format(database));
  LIGGARE_CHECK(database.run(connection_settings));
  // The lock is taken with the first write transaction and then kept.
  LIGGARE_CHECK(database.run("BEGIN EXCLUSIVE; COMMIT"));
  LIGGARE_TRY(Statement current,
              database.prepare(std::string(columns) + "WHERE subject = ? AND class = ? "
                                                      "ORDER BY generation DESC LIMIT 1"));
  LIGGARE_TRY(Statement find, database.prepare(std::string(columns) + "WHERE key_id = ?"));
  LIGGARE_TRY(Statement insert, database.prepare("INSERT INTO class_key VALUES (?,?,?,?,?,?,?)"));
  return KeyTable(std::move(database), std::move(current), std::move(find), std::move(insert));
}

KeyTable::KeyTable(Database database, Statement current, Statement find, Statement insert)
    : database_(std::move(database)),
      current_(std::move(current)),
      find_(std::move(find)),
      insert_(std::move(insert)) {}

Result<std::optional<KeyRow>> KeyTable::current(const ClassKeyName& name) {
  current_.restart().bind_text(1, name.subject).bind_text(2, name_of(name.personal_class));
  return one_row(current_);
}

Result<std::optional<KeyRow>> KeyTable::find(std::string_view key_id) {
  find_.restart().bind_blob(1, key_id);
  return one_row(find_);
}

Result<void> KeyTable::insert(const KeyRow& row) {
  insert_.restart()
      .bind_blob(1, row.key_id)
      .bind_text(2, row.name.subject)
      .bind_text(3, name_of(row.name.personal_class))
      .bind_integer(4, row.generation)
      .bind_integer(5, row.bucket)
      .bind_integer(6, row.epoch)
      .bind_blob(7, row.wrapped);
  return insert_.run();
}

Result<void> KeyTable::for_each(const std::function<void(const Result<KeyRow>&)>& visit) {
  LIGGARE_TRY(Statement all, database_.prepare(std::string(columns) + "ORDER BY key_id"));
  for (;;) {
    LIGGARE_TRY(const auto step, all.step());
    if (step == Statement::Step::done) return {};
    visit(row_of(all));
  }
}

Result<std::int64_t> KeyTable::destroyed_count() {
  return database_.integer("SELECT count(*) FROM destroyed_key");
}

Result<std::vector<std::string>> KeyTable::integrity_findings() {
  LIGGARE_TRY(Statement check, database_.prepare("PRAGMA integrity_check"));
  std::vector<std::string> findings;
  for (;;) {
    LIGGARE_TRY(const auto step, check.step());
    if (step == Statement::Step::done) return findings;
    const std::string finding = check.bytes(0);
    if (finding != "ok") findings.push_back("keys.sqlite: " + finding);
  }
}

}  // namespace liggare::vault
