#include "vault/schema.h"

#include <cstdint>
#include <string>

namespace liggare::vault {
namespace {

constexpr std::int64_t application_id = 0x4c475654;  // "LGVT"
constexpr std::int64_t format_version = 3;

// As version 1 had it.
constexpr const char* key_tables = R"(
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

// What version 2 added.
constexpr const char* erasure_tables = R"(
CREATE TABLE vault_key (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  fingerprint TEXT NOT NULL,
  next_fingerprint TEXT NOT NULL
) STRICT;
CREATE TABLE bucket_epoch (
  bucket INTEGER NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL
) STRICT;
CREATE TABLE punctured_section (
  key_id BLOB NOT NULL CHECK (length(key_id) = 16),
  section_index BLOB NOT NULL CHECK (length(section_index) = 4),
  PRIMARY KEY (key_id, section_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE erasure (
  decision TEXT NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('fenced', 'rewrapped', 'destroyed', 'finished')),
  epoch INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE erasure_target (
  decision TEXT NOT NULL,
  class TEXT NOT NULL,
  key_id BLOB NOT NULL,
  section_index BLOB NOT NULL,
  PRIMARY KEY (decision, class, key_id, section_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE erasure_key (
  decision TEXT NOT NULL,
  key_id BLOB NOT NULL,
  PRIMARY KEY (decision, key_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE index_key (
  bucket INTEGER NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL,
  wrapped BLOB NOT NULL
) STRICT;
CREATE TABLE number_entry (
  bucket INTEGER NOT NULL,
  mac BLOB NOT NULL,
  key_id BLOB NOT NULL,
  section_index BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (bucket, mac, key_id, section_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE backup (
  number INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  made TEXT NOT NULL,
  expires TEXT NOT NULL,
  key_fingerprint TEXT NOT NULL,
  erasures INTEGER NOT NULL,
  mark TEXT NOT NULL CHECK (mark IN ('', 'deleted', 'rewritten'))
) STRICT;
)";

// What version 3 added.
constexpr const char* ledger_tables = R"(
CREATE TABLE ledger_mark (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  size INTEGER NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;
CREATE TABLE erasure_again (
  decision TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
)";

Result<void> set_version(Database& database) {
  return database.run("PRAGMA user_version = " + std::to_string(format_version));
}

}  // namespace

Result<void> make_tables(Database& database) {
  LIGGARE_CHECK(database.run(key_tables));
  LIGGARE_CHECK(database.run(erasure_tables));
  LIGGARE_CHECK(database.run(ledger_tables));
  LIGGARE_CHECK(database.run("PRAGMA application_id = " + std::to_string(application_id)));
  return set_version(database);
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

Result<void> migrate(Database& database) {
  LIGGARE_TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
  if (version == format_version) return {};
  LIGGARE_TRY(Transaction transaction, Transaction::begin(database));
  if (version < 2) {
    LIGGARE_CHECK(database.run(erasure_tables));
  }
  LIGGARE_CHECK(database.run(ledger_tables));
  LIGGARE_CHECK(set_version(database));
  return transaction.commit();
}

}  // namespace liggare::vault
