// Which hashes of the tree are stored, and where (schema/README.md, keys of the store).
//
// A log keeps the layout that it was made with, as its identity says.
#pragma once

#include <bit>
#include <cstdint>

#include "base/sha256.h"

namespace liggare::store {

enum class TreeLayout {
  every_node,  // Format 1: each complete subtree has an entry.
  leaf_tiles,  // Format 2: a tile of leaf hashes has one, and each complete subtree above tiles.
};

// A tile is the leaf hashes below one node of this level: it is written once, when it is whole. The
// hashes after the last whole tile are the edge, written anew with every append. The tiles that
// leave the house are others, and wider (merkle/tile.h).
inline constexpr unsigned tile_level = 4;
inline constexpr std::uint64_t tile_leaves = std::uint64_t{1} << tile_level;
inline constexpr std::uint64_t tile_bytes = tile_leaves * hash_bytes;

// Whether complete subtrees of this level have an entry each.
constexpr bool has_nodes(TreeLayout layout, unsigned level) {
  return layout == TreeLayout::every_node || level >= tile_level;
}

// How many entries the family `tree` has; n leaves have 2n − popcount(n) complete subtrees.
constexpr std::uint64_t tree_entries(TreeLayout layout, std::uint64_t tree_size) {
  const std::uint64_t tiles = layout == TreeLayout::leaf_tiles ? tree_size / tile_leaves : 0;
  const std::uint64_t lowest = layout == TreeLayout::leaf_tiles ? tiles : tree_size;
  return tiles + 2 * lowest - static_cast<std::uint64_t>(std::popcount(lowest));
}

}  // namespace liggare::store
