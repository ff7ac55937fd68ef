// RocksDB alone, set up as the event log sets it up: what every figure is a ratio to.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/ledger_identity.h"
#include "store/tree_growth.h"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
}  // namespace rocksdb

namespace liggare::bench {

struct Event {
  std::string id;
  std::string subject;
  std::uint64_t version = 1;
  std::string bytes;
};

struct Entry {
  store::Family family;
  std::string key;
  std::string value;
};
using Batch = std::vector<Entry>;

// Makes the entries that the event log writes for the events that follow: hashes are computed
// here, ahead of the measurement.
class EntryMaker {
 public:
  Batch entries_of(std::span<const Event> events);

 private:
  store::TreeGrowth tree_{store::LedgerIdentity{}.tree_layout, {}, {}};
};

// The entries of all events from the first on, `batch_events` at a time.
std::vector<Batch> entries_of(const std::vector<Event>& events, std::uint64_t batch_events);

class RawStore {
 public:
  // Opens what is there, or makes it.
  explicit RawStore(const std::filesystem::path& folder);
  ~RawStore();
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;

  // One write, synced. Thread-safe.
  void write(const Batch& batch);
  // Several batches in one write, synced; of their heads only the last. Thread-safe.
  void write_joined(std::span<const Batch* const> batches);
  // Into the write-ahead log alone, until sync().
  void write_unsynced(const Batch& batch);
  void sync();
  // Into tables.
  void flush();

  // Every record, in order.
  void scan(const std::function<void(std::string_view bytes)>& read) const;
  // The records of one stream: its index, then all of them in one go.
  std::vector<std::string> stream(std::string_view subject) const;

 private:
  rocksdb::ColumnFamilyHandle* handle(store::Family family) const;

  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace liggare::bench
