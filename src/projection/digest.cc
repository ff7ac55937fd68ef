#include "projection/digest.h"

#include <utility>

#include "merkle/tree.h"

namespace liggare::projection {
namespace {

merkle::BucketNumber bucket_of(const RowKey& key) {
  return merkle::bucket_of(joined_key(key.first, key.second));
}

}  // namespace

DigestedRows::DigestedRows(const Projection& projection)
    : projection_(projection), tree_(merkle::leaf_hash("")) {}

void DigestedRows::apply(const RowDifference& difference) {
  for (const auto& [key, row] : difference.removed) {
    if (table_named(key.first) == nullptr) continue;
    const merkle::BucketNumber bucket = bucket_of(key);
    buckets_[bucket].erase(key);
    changed_.insert(bucket);
  }
  add(difference.added);
}

void DigestedRows::add(const Rows& rows) {
  for (const auto& [key, row] : rows) {
    if (table_named(key.first) == nullptr) continue;
    const merkle::BucketNumber bucket = bucket_of(key);
    buckets_[bucket].insert_or_assign(key, row);
    changed_.insert(bucket);
  }
}

Hash DigestedRows::digest() {
  for (const merkle::BucketNumber bucket : std::exchange(changed_, {})) {
    std::string lines;
    for (const auto& [key, row] : buckets_[bucket]) {
      lines += table_named(key.first)->to_json(row).canonical_text() + "\n";
    }
    tree_.set(bucket, merkle::leaf_hash(lines));
  }
  return tree_.root();
}

const TableInfo* DigestedRows::table_named(std::string_view name) const {
  for (const TableInfo& table : projection_.tables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

Hash digest_of(const Projection& projection, const Rows& rows) {
  DigestedRows digested(projection);
  digested.add(rows);
  return digested.digest();
}

}  // namespace liggare::projection
