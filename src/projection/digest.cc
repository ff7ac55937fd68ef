#include "projection/digest.h"

#include "merkle/tree.h"

namespace liggare::projection {
namespace {

constexpr std::size_t bucket_count = 65'536;

std::size_t bucket_of(const RowKey& key) {
  const Hash hash = sha256({key.first, std::string_view("\0", 1), key.second});
  return static_cast<std::size_t>(hash.bytes[0]) << 8 | hash.bytes[1];
}

}  // namespace

Hash digest_of(const Projection& projection, const Rows& rows) {
  std::vector<std::string> buckets(bucket_count);
  for (const TableInfo& table : projection.tables) {
    for (auto row = rows.lower_bound({std::string(table.name), {}});
         row != rows.end() && row->first.first == table.name; ++row) {
      buckets[bucket_of(row->first)] += table.to_json(row->second).canonical_text() + "\n";
    }
  }
  merkle::Frontier tree;
  std::vector<merkle::Node> completed;
  for (const std::string& bucket : buckets) {
    completed.clear();
    tree.append(merkle::leaf_hash(bucket), completed);
  }
  return tree.root();
}

}  // namespace liggare::projection
