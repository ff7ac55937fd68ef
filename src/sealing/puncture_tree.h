// The tree of keys between a class key and its sections (evidence, section 2).
//
// The class key is the root of a 16-ary tree of depth 8; the four bytes of a section's index lead,
// nibble by nibble and high nibbles first, to its base key. Puncturing an index keeps the siblings
// along its path and lets the path go: every other base key can still be derived, that one never
// (a puncturable pseudorandom function after Goldreich, Goldwasser and Micali).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace liggare::sealing {

inline constexpr std::size_t index_bytes = 4;
inline constexpr unsigned tree_depth = 8;
inline constexpr unsigned tree_arity = 16;

// Requires nibble < tree_arity.
SecretKey child_key(const SecretKey& node_key, unsigned nibble);

// The key of the leaf at `index`. Requires index.size() == index_bytes.
SecretKey base_key(const SecretKey& class_key, std::string_view index);

// The root of a subtree. `path` leads to it from the class key, one byte (0…15) a nibble.
struct KeyNode {
  std::string path;
  SecretKey key;

  KeyNode clone() const { return {path, key.clone()}; }
};
// Disjoint subtrees: what is left of a class key.
using KeyNodes = std::vector<KeyNode>;

// The whole tree as its only node.
KeyNodes whole_tree(const SecretKey& class_key);
// Puts in place of the subtree over `index` the siblings along the rest of the path, level by
// level and in order: 8 × 15 nodes for a whole tree. not_found when `index` is punctured already.
// Requires index.size() == index_bytes.
Result<KeyNodes> puncture(KeyNodes nodes, std::string_view index);
// The node whose subtree holds `index`; null when `index` is punctured. Requires
// index.size() == index_bytes.
const KeyNode* node_over(const KeyNodes& nodes, std::string_view index);
// Requires that `node` lies over `index`.
SecretKey base_key(const KeyNode& node, std::string_view index);
// not_found when `index` is punctured. Requires index.size() == index_bytes.
Result<SecretKey> base_key(const KeyNodes& nodes, std::string_view index);

}  // namespace liggare::sealing
