#include "tests/bench/raw_store.h"

#include <rocksdb/db.h>

#include <algorithm>

#include "base/assertion.h"
#include "merkle/tree.h"
#include "store/rocks/options.h"

namespace liggare::bench {

std::vector<Batch> entries_of(const std::vector<Event>& events, std::uint64_t batch_events) {
  std::vector<Batch> batches;
  merkle::Frontier frontier;
  for (std::uint64_t begin = 0; begin < events.size(); begin += batch_events) {
    Batch& entries = batches.emplace_back();
    std::vector<merkle::Node> completed;
    const auto end = std::min<std::uint64_t>(begin + batch_events, events.size());
    for (std::uint64_t i = begin; i < end; ++i) {
      const Event& event = events[i];
      const std::string position = store::position_bytes(i);
      entries.push_back({store::Family::events, position, event.bytes});
      entries.push_back(
          {store::Family::streams, store::stream_key(event.subject, event.version), position});
      entries.push_back({store::Family::ids, event.id, position});
      frontier.append(merkle::leaf_hash(event.bytes), completed);
    }
    for (const merkle::Node& node : completed) {
      entries.push_back(
          {store::Family::tree, store::node_key(node.id), std::string(node.hash.view())});
    }
    entries.push_back(
        {store::Family::heads, std::string(store::head_key), store::head_bytes(frontier.head())});
  }
  return batches;
}

RawStore::RawStore(const std::filesystem::path& folder) {
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(store::log_options(nullptr, store::WhenMissing::create),
                                        folder.string(), store::log_families(), &handles_, &opened);
  LIGGARE_ASSERT(status.ok(), "the raw store opens");
  database_.reset(opened);
}

RawStore::~RawStore() {
  for (auto* handle : handles_) database_->DestroyColumnFamilyHandle(handle);
}

void RawStore::write(const Batch& batch) {
  auto write_batch = store::protected_batch();
  for (const Entry& entry : batch) {
    auto* handle = handles_[static_cast<std::size_t>(entry.family) + 1];
    LIGGARE_ASSERT(write_batch.Put(handle, entry.key, entry.value).ok(), "put");
  }
  LIGGARE_ASSERT(database_->Write(store::synced_write(), &write_batch).ok(), "write");
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace liggare::bench
