// An open RocksDB with the log's families; closes handles before the database.
// Internal to store and to inspect, which looks below a log that refuses to open.
//
// Thread-safe as RocksDB is. No rocksdb::Status gets out of it.
#pragma once

#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/access.h"
#include "store/rocks/options.h"

namespace liggare::store {

// Keys from ≤ key < to in byte order; an empty `to` has no bound.
struct KeyRange {
  Family family;
  std::string from;
  std::string to;
  std::size_t readahead_bytes = 0;  // At 0 RocksDB reads ahead as it finds that reads go on.
  bool keeps_blocks = false;        // In the block cache: for a range as short as a point read.
};

inline constexpr std::size_t long_scan_readahead_bytes = std::size_t{1} << 20;

using KeyValueReader = std::function<Result<void>(std::string_view key, std::string_view value)>;

class Database {
 public:
  // `folder` is the ledger's; RocksDB's files lie in its "log".
  static Result<std::unique_ptr<Database>> open(const std::string& folder, Access access,
                                                rocksdb::Env* env, WhenMissing when_missing);
  // Whether there is, or once was, a database in the folder.
  static bool exists(const std::string& folder, rocksdb::Env* env);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  Result<std::optional<std::string>> get(Family family, std::string_view key) const;
  // One value for each key; a key that is not there is corrupt.
  Result<std::vector<std::string>> get_all(Family family, std::span<const std::string> keys) const;

  // Reads the range in order and stops at the first error of `read`. Bypasses the block cache
  // unless told, so that a long scan does not drive out what point reads need.
  Result<void> for_each(const KeyRange& range, const KeyValueReader& read) const;
  // The last key of the family; no value in an empty one.
  Result<std::optional<std::string>> last_key(Family family) const;
  std::unique_ptr<rocksdb::Iterator> iterator(Family family,
                                              const rocksdb::ReadOptions& options) const;

  // How many entries tables and memtables hold, by their own count, without reading them.
  Result<std::uint64_t> count(Family family) const;

  // Atomic and durable once it returns. After an error the outcome is unknown.
  Result<void> write_synced(rocksdb::WriteBatch& batch);

  // Puts what stands only in memory and the write-ahead files into tables where that is much, so
  // that whoever opens next need not read it all again. Changes no entry; failing does no harm.
  void settle();

  // Every table file whose bytes are not those that were written, as "log/000012.sst".
  Result<std::vector<std::string>> damaged_files() const;

  rocksdb::ColumnFamilyHandle* handle(Family family) const;
  Unexpected<Error> failure(const rocksdb::Status& status) const;

 private:
  Database(std::string folder, Access access) : folder_(std::move(folder)), access_(access) {}
  Result<std::string> checksum_of(const std::string& file) const;

  std::string folder_;
  Access access_;
  std::unique_ptr<rocksdb::Env> env_;  // Where a power cut has torn something.
  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace liggare::store
