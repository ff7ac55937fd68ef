// The state that seals close over, followed in steps, against the same from zero.
#include "projection/seal_state.h"

#include <gtest/gtest.h>

#include "projections/all.h"
#include "tests/projection/written_history.h"
#include "tests/support/chance.h"

namespace liggare::projection {
namespace {

using domain::RecordedEventPtr;
using domain::StreamKind;

class SealStateTest : public WrittenHistory {
 protected:
  // Directory and digests, in the projections' order.
  static std::vector<Hash> hashes_of(SealState& state) {
    std::vector<Hash> hashes{state.directory().root()};
    for (DigestedRows& rows : state.projections()) hashes.push_back(rows.digest());
    return hashes;
  }
  std::vector<Hash> from_zero(std::uint64_t size) const {
    SealState state(projections::all_projections());
    EXPECT_TRUE(state.advance(log(), size));
    return hashes_of(state);
  }
};

TEST_F(SealStateTest, IsTheSameInStepsOfOneAsFromZero) {
  write(7);
  SealState state(projections::all_projections());
  for (std::uint64_t at = 0; at <= size(); ++at) {
    ASSERT_TRUE(state.advance(log(), at));
    EXPECT_EQ(state.size(), at);
    EXPECT_EQ(hashes_of(state), from_zero(at)) << "at size " << at;
  }
}

TEST_F(SealStateTest, IsTheSameInRandomStepsAsFromZero) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    write(seed);
    test::Chance chance(seed);
    SealState state(projections::all_projections());
    for (std::uint64_t at = 0; at < size();) {
      at += 1 + chance.below(size() - at);
      ASSERT_TRUE(state.advance(log(), at));
      EXPECT_EQ(hashes_of(state), from_zero(at)) << "seed " << seed << " at size " << at;
    }
  }
}

TEST_F(SealStateTest, DoesNotDependOnWhetherItWasAskedBetween) {
  write(7);
  SealState asked(projections::all_projections());
  SealState silent(projections::all_projections());
  for (std::uint64_t at = 0; at <= size(); at += 5) {
    ASSERT_TRUE(asked.advance(log(), at));
    ASSERT_TRUE(silent.advance(log(), at));
    hashes_of(asked);
  }
  EXPECT_EQ(hashes_of(asked), hashes_of(silent));
}

TEST_F(SealStateTest, OfNoEventsHasTheEmptyDirectory) {
  write(7);
  SealState state(projections::all_projections());
  ASSERT_TRUE(state.advance(log(), 0));
  EXPECT_EQ(state.directory().root(), Directory().root());
}

// Each entry as the evidence spells it.
TEST_F(SealStateTest, HoldsEveryStreamWithItsLastEvent) {
  write(7);
  SealState state(projections::all_projections());
  ASSERT_TRUE(state.advance(log(), size() / 2));
  ASSERT_TRUE(state.advance(log(), size()));
  Directory directory;
  ASSERT_TRUE(log().streams("", size(), [&](std::string_view subject, const auto& positions) {
    const std::string bytes = *log().record(positions.back());
    return directory.put(
        {std::string(subject), positions.size(), positions.back(), merkle::leaf_hash(bytes)});
  }));
  EXPECT_EQ(state.directory().root(), directory.root());
}

TEST_F(SealStateTest, HasTheDigestsOfTheRowsAtItsSize) {
  write(7);
  SealState state(projections::all_projections());
  ASSERT_TRUE(state.advance(log(), size() / 3));
  ASSERT_TRUE(state.advance(log(), size()));
  const auto folded = FoldedRows::fold(log(), projections::all_projections(), size());
  ASSERT_TRUE(folded);
  for (DigestedRows& rows : state.projections()) {
    EXPECT_EQ(rows.digest(), digest_of(rows.projection(), folded->rows()))
        << rows.projection().name;
  }
}

}  // namespace
}  // namespace liggare::projection
