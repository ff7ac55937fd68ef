// A tree over 65,536 buckets: what changes in one bucket rehashes that bucket and one path
// (evidence, section 5).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "merkle/proof.h"

namespace liggare::merkle {

inline constexpr std::size_t bucket_count = 65'536;
using BucketNumber = std::uint16_t;

// The first two bytes of SHA-256(key), big-endian.
BucketNumber bucket_of(std::string_view key);

// The RFC 6962 tree over one leaf hash for each bucket, with all its nodes: 4 MiB.
class BucketTree {
 public:
  // Every bucket holds `empty`, the leaf hash of a bucket with nothing in it.
  explicit BucketTree(const Hash& empty);

  void set(BucketNumber bucket, const Hash& leaf_hash);
  const Hash& leaf_hash(BucketNumber bucket) const;

  // Rehashes what set() has changed since the last call.
  Hash root();
  // From the bucket's sibling up to the root's child: 16 hashes.
  std::vector<Hash> path(BucketNumber bucket);

 private:
  void rehash();

  std::vector<Hash> nodes_;  // As a heap: the root is 1, the buckets begin at bucket_count.
  std::vector<std::size_t> changed_;  // Leaves that the nodes above do not know of yet.
};

}  // namespace liggare::merkle
