#include "projection/digest.h"

#include "base/assertion.h"
#include "merkle/tree.h"

namespace liggare::projection {
namespace {

const TableInfo* table_named(const Projection& projection, std::string_view name) {
  for (const TableInfo& table : projection.tables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

std::string key_of(const RowKey& key) { return joined_key(key.first, key.second); }

}  // namespace

DigestedRows::DigestedRows(const Projection& projection)
    : projection_(projection), rows_(leaf_hash(projection)) {}

BucketedRows::LeafHash DigestedRows::leaf_hash(const Projection& projection) {
  return [projection](const BucketedRows::Bucket& bucket) {
    std::string lines;
    for (const auto& [key, row] : bucket) {
      const TableInfo* table = table_named(projection, key.substr(0, key.find('\0')));
      LIGGARE_ASSERT(table != nullptr, "a row of no table");
      lines += table->to_json(row).canonical_text() + "\n";
    }
    return merkle::leaf_hash(lines);
  };
}

Result<void> DigestedRows::apply(const RowDifference& difference) {
  for (const auto& [key, row] : difference.removed) {
    if (table_named(projection_, key.first) == nullptr) continue;
    LIGGARE_CHECK(rows_.erase(key_of(key)));
  }
  return add(difference.added);
}

Result<void> DigestedRows::add(const Rows& rows) {
  for (const auto& [key, row] : rows) {
    if (table_named(projection_, key.first) == nullptr) continue;
    LIGGARE_CHECK(rows_.put(key_of(key), row));
  }
  return {};
}

Hash digest_of(const Projection& projection, const Rows& rows) {
  DigestedRows digested(projection);
  const auto added = digested.add(rows);
  LIGGARE_ASSERT(added.has_value(), "rows in memory are not read from a store");
  return digested.digest();
}

}  // namespace liggare::projection
