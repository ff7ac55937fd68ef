#include "merkle/proof.h"

#include <algorithm>
#include <bit>
#include <string>

#include "base/assertion.h"
#include "base/bytes.h"

namespace liggare::merkle {
namespace {

struct Halves {
  LeafRange left;
  LeafRange right;
};

// Where RFC 6962, 2.1 splits a tree: at the largest power of two below its count.
// Requires tree.count ≥ 2.
Halves split(LeafRange tree) {
  const std::uint64_t width = std::bit_floor(tree.count - 1);
  return {{tree.first, width}, {tree.first + width, tree.count - width}};
}

enum class Side { left, right };

// A way from a node up to the root, in the terms of RFC 9162, 2.1.3.2: `node` (there fn) is the
// node's index on its level, and `last` (there sn) that of the level's last node.
class Climb {
 public:
  // Requires node ≤ last.
  Climb(std::uint64_t node, std::uint64_t last) : node_(node), last_(last) {}

  // How many siblings there are on the way: one on every level below that where the node's
  // ancestor is the last, and from there on one for each that stands to the left.
  std::size_t sibling_count() const {
    const auto below = static_cast<unsigned>(std::bit_width(node_ ^ last_));
    // A shift by 64 is undefined, and a tree of more than 2^63 leaves asks for it.
    const std::uint64_t edge = below == 64 ? 0 : node_ >> below;
    return below + static_cast<unsigned>(std::popcount(edge));
  }

  bool at_root() const { return last_ == 0; }

  // The side on which the next sibling stands; climbs past it. Requires !at_root().
  Side pass_sibling() {
    const bool on_left = (node_ & 1) != 0 || node_ == last_;
    if (on_left) {
      // The last node of a level, where it has no partner, goes up as it is.
      while (node_ != 0 && (node_ & 1) == 0) rise();
    }
    rise();
    return on_left ? Side::left : Side::right;
  }

  // To the largest complete subtree that ends where the node does.
  void rise_along_right_edge() {
    while ((node_ & 1) != 0) rise();
  }

 private:
  void rise() {
    node_ >>= 1;
    last_ >>= 1;
  }

  std::uint64_t node_;
  std::uint64_t last_;
};

std::string name(const InclusionProof& proof) {
  return "inclusion of leaf " + std::to_string(proof.leaf_index) + " in " +
         std::to_string(proof.tree_size);
}

std::string name(const ConsistencyProof& proof) {
  return "consistency of " + std::to_string(proof.old_size) + " with " +
         std::to_string(proof.new_size);
}

template <class Proof>
Result<void> check_length(const Proof& proof, std::size_t expected) {
  if (proof.path.size() == expected) return {};
  return fail(ErrorCode::invalid_argument, name(proof) + ": a path of " +
                                               std::to_string(proof.path.size()) + " hashes, not " +
                                               std::to_string(expected));
}

template <class Proof>
Result<void> check_root(const Proof& proof, const char* which, const Hash& calculated,
                        const Hash& expected) {
  if (calculated == expected) return {};
  return fail(ErrorCode::corrupt, name(proof) + ": the " + which + " is " +
                                      to_hex(calculated.view()) + ", expected " +
                                      to_hex(expected.view()));
}

// Requires 0 < old_size < new_size.
Result<void> verify_growth(const ConsistencyProof& proof, const Hash& old_root,
                           const Hash& new_root) {
  Climb climb(proof.old_size - 1, proof.new_size - 1);
  climb.rise_along_right_edge();
  // An old tree that is one complete subtree of the new one starts the path, and is left out.
  const bool starts_with_old_root = std::has_single_bit(proof.old_size);
  LIGGARE_CHECK(check_length(proof, climb.sibling_count() + (starts_with_old_root ? 0 : 1)));
  auto element = proof.path.begin();
  Hash from_old = starts_with_old_root ? old_root : *element++;
  Hash from_new = from_old;
  for (; element != proof.path.end(); ++element) {
    if (climb.pass_sibling() == Side::left) {
      from_old = node_hash(*element, from_old);
      from_new = node_hash(*element, from_new);
    } else {
      from_new = node_hash(from_new, *element);
    }
  }
  LIGGARE_ASSERT(climb.at_root(), "a path of the right length that ends below the root");
  LIGGARE_CHECK(check_root(proof, "old root", from_old, old_root));
  return check_root(proof, "new root", from_new, new_root);
}

}  // namespace

Result<InclusionProof> prove_inclusion(std::uint64_t leaf_index, std::uint64_t tree_size,
                                       const NodeReader& read) {
  InclusionProof proof{leaf_index, tree_size, {}};
  if (leaf_index >= tree_size) {
    return fail(ErrorCode::invalid_argument, name(proof) + ": no such leaf");
  }
  for (LeafRange tree{0, tree_size}; tree.count > 1;) {
    const auto [left, right] = split(tree);
    const bool goes_left = leaf_index < right.first;
    LIGGARE_TRY(Hash sibling, root_of(goes_left ? right : left, read));
    proof.path.push_back(sibling);
    tree = goes_left ? left : right;
  }
  std::reverse(proof.path.begin(), proof.path.end());
  return proof;
}

Result<ConsistencyProof> prove_consistency(std::uint64_t old_size, std::uint64_t new_size,
                                           const NodeReader& read) {
  ConsistencyProof proof{old_size, new_size, {}};
  if (old_size > new_size) {
    return fail(ErrorCode::invalid_argument, name(proof) + ": the old tree is the larger");
  }
  if (old_size == 0) return proof;
  LeafRange tree{0, new_size};
  while (tree.first + tree.count != old_size) {
    const auto [left, right] = split(tree);
    const bool goes_left = old_size <= right.first;
    LIGGARE_TRY(Hash sibling, root_of(goes_left ? right : left, read));
    proof.path.push_back(sibling);
    tree = goes_left ? left : right;
  }
  // At 0 the subtree is the whole old tree, whose root the verifier has.
  if (tree.first != 0) {
    LIGGARE_TRY(Hash start, root_of(tree, read));
    proof.path.push_back(start);
  }
  std::reverse(proof.path.begin(), proof.path.end());
  return proof;
}

Result<Hash> root_from(const InclusionProof& proof, const Hash& leaf_hash) {
  if (proof.leaf_index >= proof.tree_size) {
    return fail(ErrorCode::invalid_argument, name(proof) + ": no such leaf");
  }
  Climb climb(proof.leaf_index, proof.tree_size - 1);
  LIGGARE_CHECK(check_length(proof, climb.sibling_count()));
  Hash root = leaf_hash;
  for (const Hash& sibling : proof.path) {
    root = climb.pass_sibling() == Side::left ? node_hash(sibling, root) : node_hash(root, sibling);
  }
  LIGGARE_ASSERT(climb.at_root(), "a path of the right length that ends below the root");
  return root;
}

Result<void> verify_inclusion(const InclusionProof& proof, const Hash& leaf_hash,
                              const Hash& root) {
  LIGGARE_TRY(Hash calculated, root_from(proof, leaf_hash));
  return check_root(proof, "root", calculated, root);
}

Result<void> verify_consistency(const ConsistencyProof& proof, const Hash& old_root,
                                const Hash& new_root) {
  if (proof.old_size > proof.new_size) {
    return fail(ErrorCode::invalid_argument, name(proof) + ": the old tree is the larger");
  }
  if (proof.old_size != 0 && proof.old_size != proof.new_size) {
    return verify_growth(proof, old_root, new_root);
  }
  LIGGARE_CHECK(check_length(proof, 0));
  if (proof.old_size != proof.new_size) return {};
  return check_root(proof, "root", old_root, new_root);
}

}  // namespace liggare::merkle
