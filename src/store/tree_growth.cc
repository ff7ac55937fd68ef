#include "store/tree_growth.h"

#include <utility>

#include "base/assertion.h"

namespace liggare::store {

TreeGrowth::TreeGrowth(TreeLayout layout, merkle::Frontier frontier, std::vector<Hash> edge)
    : layout_(layout), frontier_(std::move(frontier)), edge_(std::move(edge)) {
  LIGGARE_ASSERT(
      edge_.size() == (layout_ == TreeLayout::leaf_tiles ? tree_size() % tile_leaves : 0),
      "an edge of another tree");
}

void TreeGrowth::append(const Hash& leaf) {
  frontier_.append(leaf, completed_);
  if (layout_ != TreeLayout::leaf_tiles) return;
  edge_.push_back(leaf);
  if (edge_.size() == tile_leaves) {
    tiles_.push_back({tree_size() / tile_leaves - 1, std::exchange(edge_, {})});
  }
}

void TreeGrowth::write(const EntryWriter& put) {
  for (const auto& tile : tiles_) {
    put(Family::tree, tile_key(tile.index), tile_value(tile.leaves));
  }
  for (const auto& node : completed_) {
    if (has_nodes(layout_, node.id.level)) {
      put(Family::tree, node_key(node.id), node.hash.view());
    }
  }
  tiles_.clear();
  completed_.clear();
  if (layout_ == TreeLayout::leaf_tiles) {
    put(Family::heads, edge_key, edge_bytes({tree_size() / tile_leaves, edge_}));
  }
  put(Family::heads, head_key, head_bytes(head()));
}

}  // namespace liggare::store
