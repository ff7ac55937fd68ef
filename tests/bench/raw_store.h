// RocksDB alone, set up as the event log sets it up: what every figure is a ratio to.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/keys.h"

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

// The entries that the event log writes for the events, `batch_events` at a time; hashes are
// computed here, ahead of the measurement.
std::vector<Batch> entries_of(const std::vector<Event>& events, std::uint64_t batch_events);

class RawStore {
 public:
  explicit RawStore(const std::filesystem::path& folder);
  ~RawStore();
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;

  // One synced write. Thread-safe.
  void write(const Batch& batch);

 private:
  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

// Seconds that `work` takes, and the middle one of several values.
template <class Work>
double seconds_of(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}
double median(std::vector<double> values);

}  // namespace liggare::bench
