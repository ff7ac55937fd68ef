// A ledger of valid records in a temporary folder, ways to change it behind the store's back, and
// what verify says of it.
#pragma once

#include <gmock/gmock.h>
#include <rocksdb/db.h>

#include <functional>
#include <ostream>
#include <set>

#include "inspect/verify.h"
#include "store/keys.h"
#include "tests/inspect/sample_records.h"
#include "tests/store/sample_ledger.h"

namespace liggare::inspect {

void PrintTo(const Finding& finding, std::ostream* out);
void PrintTo(const Remark& remark, std::ostream* out);

MATCHER_P2(Located, code, place, "") { return arg.code == code && arg.place == place; }
MATCHER_P(Says, statement, "") { return arg.statement == statement; }

// The stored entries through RocksDB's own interface: what an insider has.
class Intruder {
 public:
  explicit Intruder(const std::filesystem::path& folder);
  // Leaves no trace: overwritten and deleted entries are compacted away.
  ~Intruder();

  std::string get(store::Family family, const std::string& key) const;
  void put(store::Family family, const std::string& key, const std::string& value);
  void remove(store::Family family, const std::string& key);
  // A leaf hash, wherever the layout keeps it; with it goes the rest of its tile.
  void put_leaf(std::uint64_t position, const Hash& hash);
  void remove_leaf(std::uint64_t position);

 private:
  bool has_tiles() const;
  bool has(store::Family family, const std::string& key) const;
  rocksdb::ColumnFamilyHandle* handle(store::Family family) const;

  std::unique_ptr<rocksdb::DB> database_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::set<rocksdb::ColumnFamilyHandle*> touched_;
};

class InspectedLedger : public store::SampleLedger {
 protected:
  static constexpr std::uint64_t size = 300;
  static constexpr std::uint64_t stream_count = 20;

  // A closed ledger of these records, or of `size` sample records.
  void write(const std::vector<SampleRecord>& records);
  void write() { write(sample_records(size, stream_count)); }

  void intrude(const std::function<void(Intruder&)>& change) {
    Intruder intruder(folder());
    change(intruder);
  }

  // Plain, or as the options say but for the folder.
  VerifyReport report(VerifyOptions options = {}) const;
  std::vector<Finding> findings() const { return report().findings; }
};

}  // namespace liggare::inspect
