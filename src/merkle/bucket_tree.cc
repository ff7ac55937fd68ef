#include "merkle/bucket_tree.h"

#include <algorithm>

#include "merkle/tree.h"

namespace liggare::merkle {
namespace {

constexpr std::size_t root_node = 1;

std::size_t node_of(BucketNumber bucket) { return bucket_count + bucket; }

}  // namespace

BucketNumber bucket_of(std::string_view key) {
  const Hash hash = sha256({key});
  return static_cast<BucketNumber>(hash.bytes[0] << 8 | hash.bytes[1]);
}

BucketTree::BucketTree(const Hash& empty) : nodes_(2 * bucket_count) {
  Hash hash = empty;
  for (std::size_t width = bucket_count; width != 0; width /= 2) {
    // All nodes of a level are alike.
    std::fill_n(nodes_.begin() + static_cast<std::ptrdiff_t>(width), width, hash);
    hash = node_hash(hash, hash);
  }
}

void BucketTree::set(BucketNumber bucket, const Hash& leaf_hash) {
  Hash& node = nodes_[node_of(bucket)];
  if (node == leaf_hash) return;
  node = leaf_hash;
  changed_.push_back(node_of(bucket));
}

const Hash& BucketTree::leaf_hash(BucketNumber bucket) const { return nodes_[node_of(bucket)]; }

Hash BucketTree::root() {
  rehash();
  return nodes_[root_node];
}

std::vector<Hash> BucketTree::path(BucketNumber bucket) {
  rehash();
  std::vector<Hash> siblings;
  for (std::size_t node = node_of(bucket); node != root_node; node /= 2) {
    siblings.push_back(nodes_[node ^ 1]);
  }
  return siblings;
}

void BucketTree::rehash() {
  // Sorted once, since parents keep the order of their children; each level's twins fall together.
  std::sort(changed_.begin(), changed_.end());
  while (!changed_.empty() && changed_.front() != root_node) {
    for (std::size_t& node : changed_) node /= 2;
    changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
    for (const std::size_t node : changed_) {
      nodes_[node] = node_hash(nodes_[2 * node], nodes_[2 * node + 1]);
    }
  }
  changed_.clear();
}

}  // namespace liggare::merkle
