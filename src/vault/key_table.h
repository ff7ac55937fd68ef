// The file `keys.sqlite`: wrapped class keys, and the ids of those destroyed. Its other tables have
// headers of their own (erasure_table.h, number_table.h, backup_table.h).
//
// SQLite with a rollback journal that is synced and truncated at every commit, so that a committed
// key is on the medium and no copy of a page is left in a log. The layout is in schema/vault.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/class_key.h"
#include "vault/database.h"

namespace liggare::vault {

// A class key as stored: everything but `wrapped` can be read by whoever has the file.
struct KeyRow {
  std::string key_id;
  ClassKeyName name;
  std::int64_t generation = 1;  // Counts from 1 among the keys that this name has now.
  std::int64_t bucket = 0;
  std::int64_t epoch = 0;  // Of the bucket's epoch key that wraps it.
  std::string wrapped;
  bool operator==(const KeyRow&) const = default;
};

class KeyTable {
 public:
  // Makes the tables in `path`, an empty file; durable once it returns.
  static Result<void> create(const std::filesystem::path& path);
  // busy where another process writes to it for too long; unsupported where a newer release wrote
  // it. Others may open it, too: who may is the vault's to say (use_lock.h). A file of an earlier
  // format becomes one of today's.
  static Result<KeyTable> open(const std::filesystem::path& path);

  Result<Transaction> begin() { return Transaction::begin(database_); }
  Database& database() { return database_; }

  // The newest generation; no value where the name has no key.
  Result<std::optional<KeyRow>> current(const ClassKeyName& name);
  Result<std::optional<KeyRow>> find(std::string_view key_id);
  // invalid_argument where the key id exists or was destroyed.
  Result<void> insert(const KeyRow& row);
  // Sets epoch and wrapped bytes of the row with this key id.
  Result<void> update(const KeyRow& row);
  // Removes the row, where there is one, and keeps the id among the destroyed for ever.
  Result<void> destroy(std::string_view key_id);
  // Keeps for ever that this key was punctured there.
  Result<void> note_puncture(std::string_view key_id, std::string_view index);

  Result<std::vector<Result<KeyRow>>> rows_in(std::uint32_t bucket);
  // Calls `visit` with every row, or with the reason why a row makes no sense.
  Result<void> for_each(const std::function<void(const Result<KeyRow>&)>& visit);
  Result<bool> is_destroyed(std::string_view key_id);
  Result<bool> is_punctured(std::string_view key_id, std::string_view index);
  Result<std::int64_t> destroyed_count();
  // The indexes at which each key was punctured.
  Result<std::map<std::string, std::vector<std::string>>> punctures();

  // The epoch in force of each bucket that was ever rewrapped; it is 1 for the others.
  Result<std::map<std::uint32_t, std::uint64_t>> epochs();
  Result<void> set_epoch(std::uint32_t bucket, std::uint64_t epoch);

  // What SQLite's own integrity check finds; empty when all is well.
  Result<std::vector<std::string>> integrity_findings();

 private:
  KeyTable(Database database, Statement current, Statement find, Statement insert);

  Database database_;
  Statement current_;
  Statement find_;
  Statement insert_;
};

}  // namespace liggare::vault
