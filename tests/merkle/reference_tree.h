// RFC 6962, section 2.1, word for word: recursive, over leaves, with no stored nodes.
//
// What the code under test has to agree with, so it shares nothing with it but the two hashes,
// which tree_test holds to known answers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "merkle/tree.h"

namespace liggare::merkle {

class ReferenceTree {
 public:
  // Leaf i holds "leaf <i>".
  ReferenceTree() = default;
  // A tree as large as one likes: leaf `index` holds "odd", every other holds "same".
  static ReferenceTree with_one_odd_leaf(std::uint64_t index);

  Hash leaf(std::uint64_t index) const { return root({index, 1}); }
  // MTH, PATH and PROOF of the first tree_size or new_size leaves.
  Hash root(std::uint64_t tree_size) const { return root({0, tree_size}); }
  std::vector<Hash> path(std::uint64_t leaf_index, std::uint64_t tree_size) const;
  std::vector<Hash> proof(std::uint64_t old_size, std::uint64_t new_size) const;

  // MTH(D[first : first + count]).
  Hash root(LeafRange range) const;
  // The nodes that a store of `tree_size` leaves has; not_found for others. Refers to the tree.
  NodeReader stored(std::uint64_t tree_size) const;

 private:
  std::vector<Hash> path_in(LeafRange range, std::uint64_t leaf_index) const;
  std::vector<Hash> subproof(LeafRange range, std::uint64_t old_end, bool is_old_tree) const;

  std::optional<std::uint64_t> odd_leaf_;
  mutable std::map<std::pair<std::uint64_t, std::uint64_t>, Hash> known_;
};

}  // namespace liggare::merkle
