#include "tests/bench/raw_store.h"

#include <rocksdb/db.h>

#include <algorithm>

#include "base/assertion.h"
#include "store/rocks/database.h"
#include "store/rocks/options.h"

namespace liggare::bench {
namespace {

void put(rocksdb::WriteBatch& batch, rocksdb::ColumnFamilyHandle* family, const Entry& entry) {
  LIGGARE_ASSERT(batch.Put(family, entry.key, entry.value).ok(), "put");
}

}  // namespace

Batch EntryMaker::entries_of(std::span<const Event> events) {
  Batch entries;
  for (const Event& event : events) {
    const std::string position = store::position_bytes(tree_.tree_size());
    entries.push_back({store::Family::events, position, event.bytes});
    entries.push_back(
        {store::Family::streams, store::stream_key(event.subject, event.version), position});
    entries.push_back({store::Family::ids, event.id, position});
    tree_.append(merkle::leaf_hash(event.bytes));
  }
  tree_.write([&](store::Family family, std::string_view key, std::string_view value) {
    entries.push_back({family, std::string(key), std::string(value)});
  });
  return entries;
}

std::vector<Batch> entries_of(const std::vector<Event>& events, std::uint64_t batch_events) {
  std::vector<Batch> batches;
  EntryMaker maker;
  const std::span<const Event> all = events;
  for (std::uint64_t begin = 0; begin < all.size(); begin += batch_events) {
    const auto count = std::min<std::uint64_t>(batch_events, all.size() - begin);
    batches.push_back(maker.entries_of(all.subspan(begin, count)));
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

rocksdb::ColumnFamilyHandle* RawStore::handle(store::Family family) const {
  return handles_[static_cast<std::size_t>(family) + 1];
}

void RawStore::write(const Batch& batch) {
  const Batch* const one = &batch;
  write_joined({&one, 1});
}

void RawStore::write_joined(std::span<const Batch* const> batches) {
  auto write_batch = store::protected_batch();
  for (const Batch* batch : batches) {
    for (const Entry& entry : *batch) {
      if (entry.family == store::Family::heads && batch != batches.back()) continue;
      put(write_batch, handle(entry.family), entry);
    }
  }
  LIGGARE_ASSERT(database_->Write(store::synced_write(), &write_batch).ok(), "write");
}

void RawStore::write_unsynced(const Batch& batch) {
  auto write_batch = store::protected_batch();
  for (const Entry& entry : batch) put(write_batch, handle(entry.family), entry);
  LIGGARE_ASSERT(database_->Write({}, &write_batch).ok(), "write");
}

void RawStore::sync() { LIGGARE_ASSERT(database_->SyncWAL().ok(), "sync"); }

void RawStore::flush() { LIGGARE_ASSERT(database_->Flush({}, handles_).ok(), "flush"); }

void RawStore::scan(const std::function<void(std::string_view bytes)>& read) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = store::long_scan_readahead_bytes;
  const std::unique_ptr<rocksdb::Iterator> entry(
      database_->NewIterator(options, handle(store::Family::events)));
  for (entry->SeekToFirst(); entry->Valid(); entry->Next()) {
    read({entry->value().data(), entry->value().size()});
  }
  LIGGARE_ASSERT(entry->status().ok(), "scan");
}

std::vector<std::string> RawStore::stream(std::string_view subject) const {
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;
  const std::unique_ptr<rocksdb::Iterator> entry(
      database_->NewIterator(options, handle(store::Family::streams)));
  std::vector<std::string> keys;
  for (entry->Seek(store::stream_key(subject, 0)); entry->Valid(); entry->Next()) {
    keys.push_back(entry->value().ToString());
  }
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database_->MultiGet({}, handle(store::Family::events), keys.size(), slices.data(), values.data(),
                      statuses.data());
  std::vector<std::string> records;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    LIGGARE_ASSERT(statuses[i].ok(), "get");
    records.push_back(values[i].ToString());
  }
  return records;
}

}  // namespace liggare::bench
