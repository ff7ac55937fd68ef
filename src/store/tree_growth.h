// A tree that grows, and the entries that store what it grew by.
//
// Knows no database: the log's writer and the bench, which writes the same bytes, both use it.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "merkle/tree.h"
#include "store/keys.h"
#include "store/tree_layout.h"

namespace liggare::store {

class TreeGrowth {
 public:
  using EntryWriter =
      std::function<void(Family family, std::string_view key, std::string_view value)>;

  // `edge` is the leaf hashes after the last whole tile; none in a layout without tiles.
  TreeGrowth(TreeLayout layout, merkle::Frontier frontier, std::vector<Hash> edge);

  // Adds a leaf and keeps the entries that it makes until they are written.
  void append(const Hash& leaf);

  // Gives the entries since the last call: of the tree, then the edge and the head.
  void write(const EntryWriter& put);

  std::uint64_t tree_size() const { return frontier_.tree_size(); }
  merkle::TreeHead head() const { return frontier_.head(); }

 private:
  struct Tile {
    std::uint64_t index;
    std::vector<Hash> leaves;
  };

  TreeLayout layout_;
  merkle::Frontier frontier_;
  std::vector<Hash> edge_;
  std::vector<merkle::Node> completed_;
  std::vector<Tile> tiles_;
};

}  // namespace liggare::store
