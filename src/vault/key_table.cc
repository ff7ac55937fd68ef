#include "vault/key_table.h"

#include <utility>

#include "vault/schema.h"

namespace liggare::vault {
namespace {

// NORMAL, so that others read and add keys between this one's transactions; EXTRA, because a
// journal's end must be durable before a commit counts as one; secure_delete, so that a removed
// row's bytes are overwritten (schema/vault.md).
constexpr const char* connection_settings =
    "PRAGMA locking_mode = NORMAL;"
    "PRAGMA journal_mode = TRUNCATE;"
    "PRAGMA synchronous = EXTRA;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA cache_size = -16384;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA trusted_schema = OFF;";

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

}  // namespace

Result<void> KeyTable::create(const std::filesystem::path& path) {
  LIGGARE_TRY(Database database, Database::open(path));
  LIGGARE_CHECK(database.run(connection_settings));
  LIGGARE_TRY(Transaction transaction, Transaction::begin(database));
  LIGGARE_CHECK(make_tables(database));
  return transaction.commit();
}

Result<KeyTable> KeyTable::open(const std::filesystem::path& path) {
  LIGGARE_TRY(Database database, Database::open(path));
  LIGGARE_CHECK(check_format(database));
  LIGGARE_CHECK(database.run(connection_settings));
  LIGGARE_CHECK(migrate(database));
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

Result<void> KeyTable::update(const KeyRow& row) {
  LIGGARE_TRY(Statement statement,
              database_.prepare("UPDATE class_key SET epoch = ?, wrapped = ? WHERE key_id = ?"));
  return statement.bind_integer(1, row.epoch)
      .bind_blob(2, row.wrapped)
      .bind_blob(3, row.key_id)
      .run();
}

Result<void> KeyTable::destroy(std::string_view key_id) {
  LIGGARE_TRY(Statement remove, database_.prepare("DELETE FROM class_key WHERE key_id = ?"));
  LIGGARE_CHECK(remove.bind_blob(1, key_id).run());
  LIGGARE_TRY(Statement note, database_.prepare("INSERT OR IGNORE INTO destroyed_key VALUES (?)"));
  return note.bind_blob(1, key_id).run();
}

Result<void> KeyTable::note_puncture(std::string_view key_id, std::string_view index) {
  LIGGARE_TRY(Statement note,
              database_.prepare("INSERT OR IGNORE INTO punctured_section VALUES (?, ?)"));
  return note.bind_blob(1, key_id).bind_blob(2, index).run();
}

Result<std::vector<Result<KeyRow>>> KeyTable::rows_in(std::uint32_t bucket) {
  LIGGARE_TRY(Statement statement,
              database_.prepare(std::string(columns) + "WHERE bucket = ? ORDER BY key_id"));
  std::vector<Result<KeyRow>> rows;
  LIGGARE_CHECK(statement.bind_integer(1, bucket).for_each([&]() -> Result<void> {
    rows.push_back(row_of(statement));
    return {};
  }));
  return rows;
}

Result<void> KeyTable::for_each(const std::function<void(const Result<KeyRow>&)>& visit) {
  LIGGARE_TRY(Statement all, database_.prepare(std::string(columns) + "ORDER BY key_id"));
  return all.for_each([&]() -> Result<void> {
    visit(row_of(all));
    return {};
  });
}

Result<bool> KeyTable::is_destroyed(std::string_view key_id) {
  LIGGARE_TRY(Statement statement,
              database_.prepare("SELECT 1 FROM destroyed_key WHERE key_id = ?"));
  LIGGARE_TRY(const auto step, statement.bind_blob(1, key_id).step());
  return step == Statement::Step::row;
}

Result<bool> KeyTable::is_punctured(std::string_view key_id, std::string_view index) {
  LIGGARE_TRY(
      Statement statement,
      database_.prepare("SELECT 1 FROM punctured_section WHERE key_id = ? AND section_index = ?"));
  LIGGARE_TRY(const auto step, statement.bind_blob(1, key_id).bind_blob(2, index).step());
  return step == Statement::Step::row;
}

Result<std::int64_t> KeyTable::destroyed_count() {
  return database_.integer("SELECT count(*) FROM destroyed_key");
}

Result<std::map<std::string, std::vector<std::string>>> KeyTable::punctures() {
  LIGGARE_TRY(Statement all,
              database_.prepare("SELECT key_id, section_index FROM punctured_section "
                                "ORDER BY key_id, section_index"));
  std::map<std::string, std::vector<std::string>> punctures;
  LIGGARE_CHECK(all.for_each([&]() -> Result<void> {
    punctures[all.bytes(0)].push_back(all.bytes(1));
    return {};
  }));
  return punctures;
}

Result<std::map<std::uint32_t, std::uint64_t>> KeyTable::epochs() {
  LIGGARE_TRY(Statement all, database_.prepare("SELECT bucket, epoch FROM bucket_epoch"));
  std::map<std::uint32_t, std::uint64_t> epochs;
  LIGGARE_CHECK(all.for_each([&]() -> Result<void> {
    epochs[static_cast<std::uint32_t>(all.integer(0))] = static_cast<std::uint64_t>(all.integer(1));
    return {};
  }));
  return epochs;
}

Result<void> KeyTable::set_epoch(std::uint32_t bucket, std::uint64_t epoch) {
  LIGGARE_TRY(Statement statement,
              database_.prepare("INSERT OR REPLACE INTO bucket_epoch VALUES (?, ?)"));
  return statement.bind_integer(1, bucket).bind_integer(2, static_cast<std::int64_t>(epoch)).run();
}

Result<std::vector<std::string>> KeyTable::integrity_findings() {
  LIGGARE_TRY(Statement check, database_.prepare("PRAGMA integrity_check"));
  std::vector<std::string> findings;
  LIGGARE_CHECK(check.for_each([&]() -> Result<void> {
    const std::string finding = check.bytes(0);
    if (finding != "ok") findings.push_back("keys.sqlite: " + finding);
    return {};
  }));
  return findings;
}

}  // namespace liggare::vault
