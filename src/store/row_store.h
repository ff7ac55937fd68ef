// Kept rows of projections, in a RocksDB of their own: fast, and disposable.
//
// What is lost or damaged is rebuilt from the log, so nothing is synced, and every error means the
// same to the caller: destroy the store and rebuild.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/access.h"

namespace rocksdb {
class DB;
class Env;
class Status;
}  // namespace rocksdb

namespace liggare::store {

struct RowChange {
  std::string key;
  std::optional<std::string> value;  // No value deletes the row.
};

// Puts the rows of a table file one by one, in byte order of their keys, each key once.
using RowPut = std::function<void(std::string_view key, std::string_view value)>;
using RowFill = std::function<void(const RowPut& put)>;

using RowReader = std::function<Result<void>(std::string_view key, std::string_view value)>;

// The smallest key that is greater than all that begin with `prefix`; empty where there is none.
std::string end_of_prefix(std::string_view prefix);

class RowStore {
 public:
  // For writing the store is made where there is none; for reading that is not_found. busy where
  // another process has it open for writing. `env` is for tests that write.
  static Result<std::unique_ptr<RowStore>> open(const std::filesystem::path& folder, Access access,
                                                rocksdb::Env* env = nullptr);
  // Deletes the folder with all that is in it. Requires that no one has the store open.
  static Result<void> destroy(const std::filesystem::path& folder, rocksdb::Env* env = nullptr);

  RowStore(const RowStore&) = delete;
  RowStore& operator=(const RowStore&) = delete;
  ~RowStore();

  // Reading: thread-safe. A reader beside a writer sees the rows as they were while it opened,
  // never a part of one apply().
  Result<std::optional<std::string>> get(std::string_view key) const;
  // The rows whose keys begin with `prefix`, in byte order, as they are at one moment.
  Result<void> scan(std::string_view prefix, const RowReader& read) const;
  // The rows with from ≤ key < to; an empty `to` has no bound. The same otherwise.
  Result<void> scan(std::string_view from, std::string_view to, const RowReader& read) const;
  // A key between the first and the last that begin with `prefix`, which is no row's as a rule: it
  // halves them where their bytes are spread evenly. `prefix` itself where there are no two.
  Result<std::string> middle(std::string_view prefix) const;

  // All changes or none, in order. After a crash the newest of them may be missing, never one that
  // is older than one that is there. Requires Access::write.
  Result<void> apply(std::span<const RowChange> changes);
  // For many rows at once, at a fraction of what apply() costs: writes them into a table file of
  // that name beside the store, whose path it gives; nothing for no rows. Thread-safe for
  // different names. The file is this process's to give to take_tables(); one that a crash left
  // is overwritten.
  Result<std::optional<std::string>> write_table(const std::string& name,
                                                 const RowFill& fill) const;
  // Takes in the rows of such files, all or none, in place of rows with the same keys; the files
  // are gone afterwards. What was applied before is durable once it returns, and so are they.
  // Requires Access::write and files without a key in common.
  Result<void> take_tables(const std::vector<std::string>& files);
  // Deletes every row whose key begins with `prefix`, at a cost that does not depend on how many
  // there are. Requires Access::write and a prefix that is not empty.
  Result<void> erase(std::string_view prefix);

 private:
  RowStore(std::string folder, Access access, std::unique_ptr<rocksdb::DB> database);
  static Result<std::unique_ptr<RowStore>> open_for_reading(const std::string& folder);
  Unexpected<Error> failure(const rocksdb::Status& status) const;

  std::string folder_;
  Access access_;
  std::unique_ptr<rocksdb::DB> database_;
};

}  // namespace liggare::store
