// Inclusion and consistency proofs over an RFC 6962 tree: made from stored nodes, checked from
// nothing but the proof itself.
//
// Everything in a proof may be an attacker's. Checking therefore settles by arithmetic how long
// the path has to be before it hashes anything: no proof costs more than 128 hashes, and none
// has an element that goes unchecked.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "merkle/tree.h"

namespace liggare::merkle {

// That a leaf stands at `leaf_index` in the tree of `tree_size` leaves (RFC 6962, 2.1.1).
struct InclusionProof {
  std::uint64_t leaf_index = 0;
  std::uint64_t tree_size = 0;
  std::vector<Hash> path;  // From the leaf's sibling up to the root's child.
  bool operator==(const InclusionProof&) const = default;
};

// That the tree of `old_size` leaves is the beginning of that of `new_size` (RFC 6962, 2.1.2).
struct ConsistencyProof {
  std::uint64_t old_size = 0;
  std::uint64_t new_size = 0;
  std::vector<Hash> path;
  bool operator==(const ConsistencyProof&) const = default;
};

// Proofs within the tree as it was, or is, at `tree_size` or `new_size`: no more than is stored.
// invalid_argument unless leaf_index < tree_size, and old_size ≤ new_size; otherwise they fail as
// `read` does. At most 128 reads.
Result<InclusionProof> prove_inclusion(std::uint64_t leaf_index, std::uint64_t tree_size,
                                       const NodeReader& read);
Result<ConsistencyProof> prove_consistency(std::uint64_t old_size, std::uint64_t new_size,
                                           const NodeReader& read);

// The root that `proof` implies for `leaf_hash`; compare it with a root that you trust.
// invalid_argument unless leaf_index < tree_size and the path has the length that these imply.
Result<Hash> root_from(const InclusionProof& proof, const Hash& leaf_hash);

// Refusals of both: invalid_argument where the proof has not the shape that its numbers demand,
// corrupt where it has the shape and its hashes lead to another root.
// The tree size is not proved by the path: take it, with the root, from a checkpoint.
Result<void> verify_inclusion(const InclusionProof& proof, const Hash& leaf_hash, const Hash& root);
// An old tree of no leaves is the beginning of every tree: `old_root` is not looked at then,
// unless the new tree is empty too.
Result<void> verify_consistency(const ConsistencyProof& proof, const Hash& old_root,
                                const Hash& new_root);

}  // namespace liggare::merkle
