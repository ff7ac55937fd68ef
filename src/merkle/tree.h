// The RFC 6962 Merkle tree: its hashes, its stored nodes, and how it grows.
//
// Pure functions and values: they know no store. A tree of n leaves is kept as the hashes of its
// complete subtrees: node (level, index) covers the leaves index·2^level … (index+1)·2^level − 1.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"

namespace liggare::merkle {

// SHA-256(0x00 ‖ leaf) and SHA-256(0x01 ‖ left ‖ right) (RFC 6962, 2.1).
Hash leaf_hash(std::string_view leaf);
Hash node_hash(const Hash& left, const Hash& right);
// SHA-256 of nothing: the root of a tree without leaves.
Hash empty_root();

// A tree head is {tree_size, root_hash}, unsigned; signed, it is a checkpoint.
struct TreeHead {
  std::uint64_t tree_size = 0;
  Hash root_hash = empty_root();
  bool operator==(const TreeHead&) const = default;
};

// A complete subtree of 2^level leaves. Level 0 holds the leaf hashes.
struct NodeId {
  unsigned level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const NodeId&) const = default;
};

struct Node {
  NodeId id;
  Hash hash;
};

// Gives the hash of a complete subtree; fails where it can't be read.
using NodeReader = std::function<Result<Hash>(NodeId)>;

// The leaves first … first + count − 1.
struct LeafRange {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

// The complete subtrees that `range` is made of, largest (leftmost) first: at most 64.
// Requires range.first to be a multiple of the largest power of two in range.count, and
// range.first + range.count < 2^64.
std::vector<NodeId> peaks_of(LeafRange range);
// The peaks of a whole tree.
std::vector<NodeId> peaks_of(std::uint64_t tree_size);

// MTH(D[first : first + count]) (RFC 6962, 2.1), folded from stored nodes; requires what
// peaks_of(range) does. Fails as `read` does.
Result<Hash> root_of(LeafRange range, const NodeReader& read);
// The root that the tree had, or has, at `tree_size` leaves.
Result<Hash> root_at(std::uint64_t tree_size, const NodeReader& read);

// The right edge of a growing tree: its peaks, enough to append and to give the root.
class Frontier {
 public:
  Frontier() = default;
  // Reads the peaks of a stored tree. Fails as `read` does.
  static Result<Frontier> load(std::uint64_t tree_size, const NodeReader& read);

  // Adds a leaf and puts every node that is complete now, the leaf's own first, onto `completed`.
  void append(const Hash& leaf, std::vector<Node>& completed);

  std::uint64_t tree_size() const { return tree_size_; }
  Hash root() const;
  TreeHead head() const { return {tree_size_, root()}; }

 private:
  std::uint64_t tree_size_ = 0;
  std::vector<Hash> peaks_;
};

}  // namespace liggare::merkle
