#include "projection/bucketed_rows.h"

#include <utility>

#include "base/assertion.h"
#include "base/bytes.h"

namespace liggare::projection {
namespace {

using merkle::BucketNumber;

// Leaf hashes are stored so many in a row: 8 KiB.
constexpr std::size_t chunk_buckets = 256;
constexpr std::size_t chunk_count = merkle::bucket_count / chunk_buckets;

}  // namespace

BucketedRows::BucketedRows(LeafHash leaf_hash)
    : leaf_hash_(std::move(leaf_hash)), tree_(leaf_hash_(Bucket())) {}

BucketedRows BucketedRows::fresh(const store::RowStore& store, std::string name,
                                 LeafHash leaf_hash) {
  BucketedRows rows(std::move(leaf_hash));
  rows.store_ = &store;
  rows.name_ = std::move(name);
  return rows;
}

Result<BucketedRows> BucketedRows::open(const store::RowStore& store, std::string name,
                                        LeafHash leaf_hash) {
  BucketedRows rows = fresh(store, std::move(name), std::move(leaf_hash));
  rows.is_stored_ = true;
  LIGGARE_CHECK(rows.read_hashes());
  return rows;
}

Result<void> BucketedRows::put(const std::string& key, std::string value) {
  const BucketNumber number = merkle::bucket_of(key);
  LIGGARE_TRY(Bucket* const bucket, load(number));
  bucket->insert_or_assign(key, std::move(value));
  unhashed_.insert(number);
  if (store_ != nullptr) unsaved_[key] = true;
  return {};
}

Result<void> BucketedRows::erase(const std::string& key) {
  const BucketNumber number = merkle::bucket_of(key);
  LIGGARE_TRY(Bucket* const bucket, load(number));
  if (bucket->erase(key) == 0) return {};
  unhashed_.insert(number);
  if (store_ != nullptr) unsaved_[key] = false;
  return {};
}

Result<const BucketedRows::Bucket*> BucketedRows::bucket(BucketNumber number) {
  LIGGARE_TRY(const Bucket* const bucket, load(number));
  return bucket;
}

merkle::BucketTree& BucketedRows::tree() {
  rehash();
  return tree_;
}

void BucketedRows::save(std::vector<store::RowChange>& changes) {
  LIGGARE_ASSERT(store_ != nullptr, "rows in memory are not saved");
  rehash();
  for (const auto& [key, is_there] : std::exchange(unsaved_, {})) {
    const BucketNumber number = merkle::bucket_of(key);
    std::optional<std::string> value;
    if (is_there) value = std::move(loaded_.at(number).at(key));
    changes.push_back({row_prefix(number) + key, std::move(value)});
  }
  for (const std::size_t chunk : std::exchange(unsaved_chunks_, {})) {
    std::string hashes;
    for (std::size_t i = chunk * chunk_buckets; i < (chunk + 1) * chunk_buckets; ++i) {
      hashes += tree_.leaf_hash(static_cast<BucketNumber>(i)).view();
    }
    changes.push_back({hashes_key(chunk), std::move(hashes)});
  }
  loaded_.clear();
  is_stored_ = true;
}

Result<BucketedRows::Bucket*> BucketedRows::load(BucketNumber number) {
  const auto [found, is_new] = loaded_.try_emplace(number);
  Bucket& bucket = found->second;
  if (!is_new || !is_stored_) return &bucket;
  const std::string prefix = row_prefix(number);
  const auto read =
      store_->scan(prefix, [&](std::string_view key, std::string_view value) -> Result<void> {
        bucket.emplace(key.substr(prefix.size()), value);
        return {};
      });
  if (read) return &bucket;
  loaded_.erase(found);
  return Unexpected{read.error()};
}

void BucketedRows::rehash() {
  for (const BucketNumber number : std::exchange(unhashed_, {})) {
    tree_.set(number, leaf_hash_(loaded_.at(number)));
    unsaved_chunks_.insert(number / chunk_buckets);
  }
}

std::string BucketedRows::row_prefix(BucketNumber number) const {
  std::string prefix = name_ + std::string("\0r", 2);
  put_u16(prefix, number);
  return prefix;
}

std::string BucketedRows::hashes_key(std::size_t chunk) const {
  return name_ + std::string("\0h", 2) + static_cast<char>(chunk);
}

Result<void> BucketedRows::read_hashes() {
  for (std::size_t chunk = 0; chunk < chunk_count; ++chunk) {
    LIGGARE_TRY(const auto hashes, store_->get(hashes_key(chunk)));
    if (!hashes) continue;  // Nothing was ever put into these buckets.
    if (hashes->size() != chunk_buckets * hash_bytes) {
      return fail(ErrorCode::corrupt, "kept hashes of " + name_ + " have another size");
    }
    for (std::size_t i = 0; i < chunk_buckets; ++i) {
      tree_.set(static_cast<BucketNumber>(chunk * chunk_buckets + i),
                Hash::from(std::string_view(*hashes).substr(i * hash_bytes, hash_bytes)));
    }
  }
  return {};
}

}  // namespace liggare::projection
