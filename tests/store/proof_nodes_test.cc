#include "store/proof_nodes.h"

#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

using ProofNodesTest = SampleLedger;

// Whether the reader gives every node of the tree that node() gives.
void expect_every_node(const EventLog& log, const merkle::NodeReader& read) {
  const std::uint64_t size = log.head().tree_size;
  for (unsigned level = 0; level < 64 && size >> level > 0; ++level) {
    for (std::uint64_t index = 0; index < size >> level; ++index) {
      const auto found = read({level, index});
      ASSERT_TRUE(found) << level << ' ' << index;
      EXPECT_EQ(*found, *log.node({level, index})) << level << ' ' << index;
    }
    EXPECT_EQ(read({level, size >> level}).error().code, ErrorCode::not_found) << level;
  }
}

TEST_F(ProofNodesTest, AreTheNodesOfTheTree) {
  create_with(77);
  const auto log = open(Access::read_only);
  expect_every_node(*log, log->proof_nodes());
}

// What was kept of the upper levels when they were short has to grow with them.
TEST_F(ProofNodesTest, FollowTheLogAsItGrows) {
  create();
  const auto log = open();
  for (const std::uint64_t count : {300U, 300U, 1'000U}) {
    ASSERT_TRUE(append_samples(*log, count));
    expect_every_node(*log, log->proof_nodes());
  }
}

TEST_F(ProofNodesTest, StayThoseOfTheHeadThatTheyWereAskedOf) {
  create_with(5);
  const auto log = open();
  const auto before = log->proof_nodes();
  ASSERT_TRUE(append_samples(*log, 3));
  EXPECT_EQ(before({0, 5}).error().code, ErrorCode::not_found);
  EXPECT_EQ(*before({0, 4}), *log->node({0, 4}));
  EXPECT_TRUE(log->proof_nodes()({0, 5}));
}

TEST_F(ProofNodesTest, AreNoneAboveTheHighestLevel) {
  create_with(3);
  EXPECT_EQ(open()->proof_nodes()({64, 0}).error().code, ErrorCode::not_found);
}

class Reads {
 public:
  ProofNodes nodes(UpperBlocks& upper) {
    return {upper, 1'024, [this](unsigned level, PositionRange indexes) {
              ++count;
              std::vector<Hash> hashes;
              for (auto i = indexes.from; i < indexes.to; ++i) {
                hashes.push_back(sha256({position_bytes(level), position_bytes(i)}));
              }
              return Result<std::vector<Hash>>(hashes);
            }};
  }
  int count = 0;
};

// Levels 0 to 3, and those above, which the next proof finds kept.
TEST(ProofNodes, ReadOneRunForSeveralLevelsAndTheUpperOnesOnce) {
  UpperBlocks upper;
  Reads reads;
  const auto climb = [&](std::uint64_t leaf) {
    ProofNodes nodes = reads.nodes(upper);
    for (unsigned level = 0; level < 10; ++level) {
      ASSERT_TRUE(nodes.node({level, (leaf >> level) ^ 1U}));
    }
  };
  climb(700);
  EXPECT_EQ(reads.count, 2);
  climb(20);
  EXPECT_EQ(reads.count, 3);
}

TEST(ProofNodes, FailAsTheReadingDoes) {
  UpperBlocks upper;
  ProofNodes nodes(upper, 16, [](unsigned, PositionRange) -> Result<std::vector<Hash>> {
    return fail(ErrorCode::corrupt, "a damaged node");
  });
  EXPECT_EQ(nodes.node({2, 1}).error().message, "a damaged node");
  EXPECT_EQ(nodes.node({2, 1}).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace liggare::store
