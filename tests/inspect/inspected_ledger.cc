#include "tests/inspect/inspected_ledger.h"

#include <algorithm>

#include "store/ledger_identity.h"
#include "store/rocks/options.h"

namespace liggare::inspect {

void PrintTo(const Finding& finding, std::ostream* out) {
  *out << finding.code << " at " << finding.place << ": expected " << finding.expected << ", found "
       << finding.found;
}

void PrintTo(const Remark& remark, std::ostream* out) {
  *out << "statement " << static_cast<int>(remark.statement) << ": "
       << testing::PrintToString(remark.values);
}

Intruder::Intruder(const std::filesystem::path& folder) {
  rocksdb::DB* database = nullptr;
  const auto status =
      rocksdb::DB::Open(store::log_options(nullptr, store::WhenMissing::fail),
                        (folder / "log").string(), store::log_families(), &handles_, &database);
  LIGGARE_ASSERT(status.ok(), "the intruder can't open the log");
  database_.reset(database);
}

Intruder::~Intruder() {
  rocksdb::CompactRangeOptions all;
  all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (auto* handle : touched_) {
    EXPECT_TRUE(database_->CompactRange(all, handle, nullptr, nullptr).ok());
  }
  for (auto* handle : handles_) database_->DestroyColumnFamilyHandle(handle);
}

std::string Intruder::get(store::Family family, const std::string& key) const {
  std::string value;
  EXPECT_TRUE(database_->Get({}, handle(family), key, &value).ok());
  return value;
}

void Intruder::put(store::Family family, const std::string& key, const std::string& value) {
  EXPECT_TRUE(database_->Put({}, handle(family), key, value).ok());
  touched_.insert(handle(family));
}

void Intruder::remove(store::Family family, const std::string& key) {
  EXPECT_TRUE(database_->Delete({}, handle(family), key).ok());
  touched_.insert(handle(family));
}

bool Intruder::has_tiles() const {
  const auto identity =
      store::read_identity(get(store::Family::heads, std::string(store::identity_key)));
  return identity && identity->tree_layout == store::TreeLayout::leaf_tiles;
}

bool Intruder::has(store::Family family, const std::string& key) const {
  std::string value;
  return database_->Get({}, handle(family), key, &value).ok();
}

void Intruder::put_leaf(std::uint64_t position, const Hash& hash) {
  const std::uint64_t offset = position % store::tile_leaves;
  const std::string tile_key = store::tile_key(position / store::tile_leaves);
  if (!has_tiles()) {
    put(store::Family::tree, store::node_key({0, position}), std::string(hash.view()));
  } else if (has(store::Family::tree, tile_key)) {
    auto tile = store::read_tile(get(store::Family::tree, tile_key)).value();
    tile[offset] = hash;
    put(store::Family::tree, tile_key, store::tile_value(tile));
  } else {
    const std::string edge_key(store::edge_key);
    auto edge = store::read_edge(get(store::Family::heads, edge_key)).value();
    edge.leaves.resize(std::max(edge.leaves.size(), offset + 1));
    edge.leaves[offset] = hash;
    put(store::Family::heads, edge_key, store::edge_bytes(edge));
  }
}

void Intruder::remove_leaf(std::uint64_t position) {
  const std::string tile_key = store::tile_key(position / store::tile_leaves);
  if (!has_tiles()) {
    remove(store::Family::tree, store::node_key({0, position}));
  } else if (has(store::Family::tree, tile_key)) {
    remove(store::Family::tree, tile_key);
  } else {
    const std::string edge_key(store::edge_key);
    auto edge = store::read_edge(get(store::Family::heads, edge_key)).value();
    edge.leaves.resize(position % store::tile_leaves);
    put(store::Family::heads, edge_key, store::edge_bytes(edge));
  }
}

rocksdb::ColumnFamilyHandle* Intruder::handle(store::Family family) const {
  return handles_[static_cast<std::size_t>(family) + 1];
}

void InspectedLedger::write(const std::vector<SampleRecord>& records) {
  create();
  ASSERT_TRUE(append(*open(), records));
}

VerifyReport InspectedLedger::report(VerifyOptions options) const {
  options.ledger = folder();
  options.threads = 2;
  const auto report = verify(options);
  EXPECT_TRUE(report) << report.error().message;
  return report ? *report : VerifyReport{};
}

}  // namespace liggare::inspect
