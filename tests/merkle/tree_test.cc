#include "merkle/tree.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/bytes.h"
#include "tests/merkle/reference_tree.h"

namespace liggare::merkle {
namespace {

constexpr std::uint64_t two_to_the_63 = std::uint64_t{1} << 63;
constexpr std::uint64_t largest = ~std::uint64_t{0};

std::string hex(const Hash& hash) { return to_hex(hash.view()); }

std::string leaf_text(std::uint64_t index) { return "leaf " + std::to_string(index); }

// A store of nodes, fed by a frontier.
class Tree : public testing::Test {
 protected:
  void append(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      std::vector<Node> completed;
      frontier.append(leaf_hash(leaf_text(frontier.tree_size())), completed);
      for (const Node& node : completed) {
        EXPECT_TRUE(nodes.emplace(node.id, node.hash).second) << "a node that came twice";
      }
    }
  }

  NodeReader reader() const {
    return [this](NodeId id) -> Result<Hash> {
      const auto node = nodes.find(id);
      if (node == nodes.end()) return fail(ErrorCode::not_found, "node");
      return node->second;
    };
  }

  std::string root_at_hex(std::uint64_t tree_size) const {
    const Result<Hash> root = root_at(tree_size, reader());
    return root ? hex(*root) : name_of(root.error().code);
  }

  ReferenceTree reference;
  Frontier frontier;
  std::map<NodeId, Hash> nodes;
};

TEST(TreeHash, OfALeafHasThePrefixZero) {
  EXPECT_EQ(hex(leaf_hash("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(hex(leaf_hash("leaf 0")),
            "1bb97dcc21635d47e2663efdfd0a174686d98dd701352dd2cd06e8b43fd3d305");
}

TEST(TreeHash, OfANodeHasThePrefixOne) {
  EXPECT_EQ(hex(node_hash(leaf_hash("leaf 0"), leaf_hash("leaf 1"))),
            "fc5f6b88ff8554f75bb2f9e6f39c31b1936d44b69276edf7b1205a955b9761e3");
}

TEST(TreeHash, OfALeafIsNeverThatOfANodeWithTheSameBytes) {
  const Hash left = leaf_hash("leaf 0");
  const Hash right = leaf_hash("leaf 1");
  const std::string bytes = std::string(left.view()) + std::string(right.view());
  EXPECT_NE(leaf_hash(bytes), node_hash(left, right));
}

TEST(TreeHash, OfNoLeavesIsTheHashOfNothing) {
  EXPECT_EQ(hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_F(Tree, HasTheKnownRoots) {
  append(1000);
  const std::map<std::uint64_t, std::string> known = {
      {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {1, "1bb97dcc21635d47e2663efdfd0a174686d98dd701352dd2cd06e8b43fd3d305"},
      {2, "fc5f6b88ff8554f75bb2f9e6f39c31b1936d44b69276edf7b1205a955b9761e3"},
      {3, "d4f92c8fbb89720eb3b55677c7d7efaddfeb10d11a1a84a0ba8f1a23337faa95"},
      {7, "5a61fc2b54f9cfa71774f2432143dd40c6cb2b11947faf65a7d3da5cb65199c8"},
      {8, "c5c2c820ed342fdda8ce896b6b9cf5b8c00a21cc4b20714cc6e5d3c05c35240b"},
      {11, "b6e6c01dc35ef32a06d5285c5d1f2ee61712ca7aaf53d108fd42c2bd1c141607"},
      {100, "13f88915c560dc911a1da0fb209d84a20971051f294ebeb428fb3fc293af2743"},
      {1000, "2ff33fb9d8f14f89ca306289633336a168ff3f4532e8f741a0019dcb4c1d60a1"},
  };
  for (const auto& [tree_size, root] : known) EXPECT_EQ(root_at_hex(tree_size), root) << tree_size;
}

TEST_F(Tree, StoresEveryCompleteSubtreeOnceAndNothingElse) {
  append(130);
  for (const auto& [id, hash] : nodes) {
    EXPECT_EQ(hash, *reference.stored(130)(id)) << id.level << "/" << id.index;
  }
  EXPECT_EQ(nodes.size(), 130U + 65 + 32 + 16 + 8 + 4 + 2 + 1);
}

TEST_F(Tree, GivesTheRootOfEverySizeThatItEverHad) {
  append(130);
  for (std::uint64_t size = 0; size <= 130; ++size) {
    EXPECT_EQ(root_at_hex(size), hex(reference.root(size))) << size;
  }
}

TEST_F(Tree, RefusesTheRootOfASizeThatItNeverHad) {
  append(5);
  EXPECT_EQ(root_at_hex(7), "not-found");
  EXPECT_EQ(root_at_hex(largest), "not-found");
}

TEST_F(Tree, GivesTheRootOfAnyRangeThatStartsOnASubtree) {
  append(64);
  for (std::uint64_t width = 1; width <= 32; width *= 2) {
    for (std::uint64_t first = 0; first + 2 * width <= 64; first += width) {
      const LeafRange range{first, 2 * width - 1};
      EXPECT_EQ(*root_of(range, reader()), reference.root(range)) << first << " " << width;
    }
  }
}

TEST_F(Tree, GrowsOnFromALoadedFrontierAsFromItsOwn) {
  for (std::uint64_t size = 0; size < 40; ++size) {
    Result<Frontier> loaded = Frontier::load(size, reader());
    ASSERT_TRUE(loaded) << size;
    EXPECT_EQ(loaded->head(), frontier.head());
    append(1);
    std::vector<Node> completed;
    loaded->append(leaf_hash(leaf_text(size)), completed);
    EXPECT_EQ(loaded->head(), frontier.head());
    EXPECT_EQ(completed.back().hash, nodes.at(completed.back().id));
  }
}

TEST_F(Tree, DoesNotLoadAFrontierWithAMissingPeak) {
  append(7);
  nodes.erase(NodeId{1, 2});
  EXPECT_EQ(Frontier::load(7, reader()).error().code, ErrorCode::not_found);
  EXPECT_TRUE(Frontier::load(4, reader()));
}

TEST(TreePeaks, CoverTheTreeFromLeftToRight) {
  EXPECT_TRUE(peaks_of(0).empty());
  EXPECT_EQ(peaks_of(11), (std::vector<NodeId>{{3, 0}, {1, 4}, {0, 10}}));
  EXPECT_EQ(peaks_of(two_to_the_63 + 1), (std::vector<NodeId>{{63, 0}, {0, two_to_the_63}}));
}

TEST(TreePeaks, OfTheLargestTreeAreOneOfEachLevel) {
  const std::vector<NodeId> peaks = peaks_of(largest);
  ASSERT_EQ(peaks.size(), 64U);
  EXPECT_EQ(peaks.front(), (NodeId{63, 0}));
  EXPECT_EQ(peaks.back(), (NodeId{0, largest - 1}));
}

TEST(TreePeaksDeathTest, OfARangeInsideOfASubtreeAreABug) {
  EXPECT_DEATH(peaks_of(LeafRange{1, 2}), "starts inside of a subtree");
}

TEST(TreeRoot, IsThatOfTheReferenceAtSizesNearTheLargest) {
  const auto tree = ReferenceTree::with_one_odd_leaf(two_to_the_63);
  for (const std::uint64_t size :
       {two_to_the_63 - 1, two_to_the_63, two_to_the_63 + 1, largest - 1, largest}) {
    EXPECT_EQ(*root_at(size, tree.stored(size)), tree.root(size)) << size;
  }
}

}  // namespace
}  // namespace liggare::merkle
