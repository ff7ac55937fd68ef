#include "store/stored_tree.h"

#include <atomic>
#include <map>
#include <thread>

#include "store/opening.h"
#include "store/tree_growth.h"
#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

constexpr TreeLayout layouts[] = {TreeLayout::every_node, TreeLayout::leaf_tiles};

TEST(TreeGrowth, WritesAsManyEntriesAsOpeningExpects) {
  for (const auto layout : layouts) {
    TreeGrowth tree(layout, {}, {});
    std::uint64_t entries = 0;
    for (std::uint64_t size = 0; size < 600; ++size) {
      EXPECT_EQ(entries, tree_entries(layout, size)) << size;
      tree.append(sha256({position_bytes(size)}));
      tree.write([&](Family family, std::string_view, std::string_view) {
        if (family == Family::tree) ++entries;
      });
    }
  }
}

TEST(TreeGrowth, WritesWhatWasAddedOnceAndTheEdgeAnew) {
  TreeGrowth tree(TreeLayout::leaf_tiles, {}, {});
  std::vector<Hash> leaves;
  for (std::uint64_t i = 0; i < 37; ++i) leaves.push_back(sha256({position_bytes(i)}));
  for (const Hash& leaf : leaves) tree.append(leaf);
  std::map<std::string, std::string> written;
  const auto put = [&](Family, std::string_view key, std::string_view value) {
    EXPECT_TRUE(written.emplace(key, value).second);
  };
  tree.write(put);
  EXPECT_EQ(written.size(), 2U + 3 + 2);  // Tiles, nodes above them, edge and head.
  EXPECT_EQ(read_tile(written[tile_key(1)]),
            std::vector<Hash>(leaves.begin() + 16, leaves.begin() + 32));
  EXPECT_EQ(read_edge(written[std::string(edge_key)]),
            (TreeEdge{2, {leaves.begin() + 32, leaves.end()}}));
  written.clear();
  tree.write(put);
  EXPECT_EQ(written.size(), 2U);
}

class StoredTreeTest : public SampleLedger, public testing::WithParamInterface<TreeLayout> {
 protected:
  void SetUp() override { layout_ = GetParam(); }
};

INSTANTIATE_TEST_SUITE_P(Layouts, StoredTreeTest, testing::ValuesIn(layouts),
                         [](const auto& layout) {
                           return layout.param == TreeLayout::every_node ? "EveryNode"
                                                                         : "LeafTiles";
                         });

TEST_P(StoredTreeTest, HoldsEveryNodeAtEverySize) {
  create();
  std::uint64_t size = 0;
  for (const std::uint64_t count : {1U, 5U, 9U, 1U, 1U, 15U, 16U, 33U, 64U, 200U}) {
    const auto log = open();  // So that each append goes on from what is stored.
    ASSERT_TRUE(append_samples(*log, count));
    size += count;
    EXPECT_TRUE(holds_samples(*log, size)) << size;
    EXPECT_TRUE(holds_samples(*open(Access::read_only), size)) << size;
  }
}

TEST_P(StoredTreeTest, KeepsTheLayoutThatItWasMadeWith) {
  create_with(40);
  EXPECT_EQ(open()->identity().tree_layout, GetParam());
}

// A tile is completed between a reader's look-ups again and again.
TEST_P(StoredTreeTest, AnswersBesideItsWriter) {
  create_with(1);
  const auto log = open();
  std::atomic<bool> is_done = false;
  std::thread reader([&] {
    while (!is_done) {
      const std::uint64_t last = log->head().tree_size - 1;
      const auto leaf = log->node({0, last});
      ASSERT_TRUE(leaf) << leaf.error().message;
      EXPECT_EQ(*leaf, merkle::leaf_hash(SampleEvent(last).bytes));
    }
  });
  for (int i = 0; i < 400; ++i) EXPECT_TRUE(append_samples(*log, 1));
  is_done = true;
  reader.join();
}

using StoredTiles = SampleLedger;

TEST_F(StoredTiles, ThatAreMissingOrDamagedAreCorrupt) {
  create_with(40);
  const auto database =
      *Database::open(folder().string(), Access::write, nullptr, WhenMissing::fail);
  const auto put = [&](Family family, std::string_view key, std::string_view value) {
    auto batch = protected_batch();
    ASSERT_TRUE(batch.Put(database->handle(family), key, value).ok());
    ASSERT_TRUE(database->write_synced(batch));
  };
  const StoredTree tree(*database, TreeLayout::leaf_tiles);
  EXPECT_EQ(tree.node({0, 40}).error().message, "node (0, 40) of the stored tree is missing");
  EXPECT_EQ(tree.node({3, 5}).error().message, "node (3, 5) of the stored tree is missing");
  EXPECT_EQ(tree.node({0, 48}).error().message, "tile 3 of the stored tree is missing");
  EXPECT_EQ(tree.node({4, 2}).error().message, "node (4, 2) of the stored tree is missing");
  put(Family::tree, tile_key(1), "short");
  EXPECT_EQ(tree.node({0, 17}).error().message, "tile 1 of the stored tree is damaged");
  put(Family::heads, edge_key, "short");
  EXPECT_EQ(tree.node({0, 33}).error().message,
            "log: the edge of the stored tree is missing or damaged");
  EXPECT_EQ(tree.node({0, 33}).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace liggare::store
