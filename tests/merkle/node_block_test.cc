#include "merkle/node_block.h"

#include <gtest/gtest.h>

namespace liggare::merkle {
namespace {

// Every node of the tree of `size` leaves.
std::vector<Node> nodes_of(std::uint64_t size) {
  Frontier frontier;
  std::vector<Node> nodes;
  for (std::uint64_t i = 0; i < size; ++i) frontier.append(leaf_hash(std::to_string(i)), nodes);
  return nodes;
}

bool is_within(NodeId id, NodeId first, unsigned height) {
  return id.level >= first.level && id.level < first.level + height &&
         id.index >> (height - (id.level - first.level)) == first.index >> height;
}

void expect_nodes(const std::vector<Node>& nodes, NodeId first, unsigned height) {
  std::vector<Hash> hashes;
  for (const Node& node : nodes) {
    if (node.id.level == first.level && is_within(node.id, first, height)) {
      hashes.push_back(node.hash);
    }
  }
  const NodeBlock block(first, height, hashes);
  for (const Node& node : nodes) {
    const auto found = block.node(node.id);
    EXPECT_EQ(found.has_value(), is_within(node.id, first, height))
        << node.id.level << ' ' << node.id.index;
    EXPECT_EQ(found.value_or(node.hash), node.hash) << node.id.level << ' ' << node.id.index;
  }
  EXPECT_EQ(block.node({first.level, first.index + hashes.size()}), std::nullopt);
}

TEST(NodeBlock, GivesTheCompleteSubtreesWithinIt) {
  const auto nodes = nodes_of(77);
  for (std::uint64_t index = 0; index < 77; index += 16) expect_nodes(nodes, {0, index}, 4);
  expect_nodes(nodes, {2, 8}, 3);
  expect_nodes(nodes, {3, 0}, 8);
}

}  // namespace
}  // namespace liggare::merkle
