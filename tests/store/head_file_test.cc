#include "store/head_file.h"

#include <gmock/gmock.h>

#include <fstream>

#include "store/head_keeper.h"
#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class HeadFileTest : public ::testing::Test {
 protected:
  HeadFileTest() { LIGGARE_ASSERT(HeadFile::create(file()).has_value(), "no HEAD"); }

  std::filesystem::path file() const { return temporary_.path() / "HEAD"; }
  static merkle::TreeHead head(std::uint64_t size) { return {size, sha256({"root"})}; }
  void write(std::initializer_list<std::uint64_t> sizes) {
    auto writer = HeadFile::open(file());
    for (const auto size : sizes) ASSERT_TRUE(writer->write(head(size)));
  }
  HeadReading read() const { return *HeadFile::read(file()); }
  void tear(unsigned slot) { flip_byte(file(), slot * 512 + 9); }

 private:
  TemporaryFolder temporary_;
};

TEST_F(HeadFileTest, BeginsAtSizeZeroWithTwoGoodSlots) {
  EXPECT_EQ(read().newest->head, merkle::TreeHead{});
  EXPECT_THAT(read().bad_slots, IsEmpty());
  EXPECT_EQ(std::filesystem::file_size(file()), 1024U);
}

TEST_F(HeadFileTest, GivesTheNewestOfWhatWasWritten) {
  write({1, 5});
  EXPECT_EQ(read().newest->head, head(5));
  write({9});
  EXPECT_EQ(read().newest->head, head(9));
}

TEST_F(HeadFileTest, FallsBackToTheOlderSlotWhenTheNewerIsTorn) {
  write({1, 5});
  tear(read().newest->counter % 2);
  EXPECT_EQ(read().newest->head, head(1));
  EXPECT_EQ(read().bad_slots.size(), 1U);
}

TEST_F(HeadFileTest, WritesOverTheBadSlotAndSparesTheGoodOne) {
  write({1, 5});
  tear(read().newest->counter % 2);
  write({7});
  EXPECT_EQ(read().newest->head, head(7));
  EXPECT_THAT(read().bad_slots, IsEmpty());
}

TEST_F(HeadFileTest, HasNoHeadWhenBothSlotsAreBad) {
  tear(0);
  tear(1);
  EXPECT_FALSE(read().newest.has_value());
  EXPECT_THAT(read().bad_slots, ElementsAre(0U, 1U));
}

TEST_F(HeadFileTest, NoticesAChangeOfAnyOfItsBytes) {
  write({1, 5});
  for (std::uint64_t offset = 0; offset < 1024; ++offset) {
    flip_byte(file(), offset);
    const auto reading = HeadFile::read(file());
    EXPECT_TRUE(!reading || !reading->bad_slots.empty()) << offset;
    flip_byte(file(), offset);
  }
}

TEST_F(HeadFileTest, TakesASlotAtTheOthersPlaceForBad) {
  std::string bytes(1024, '\0');
  std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
  stream.read(bytes.data(), 1024);
  stream.seekp(0).write(bytes.data() + 512, 512).flush();
  EXPECT_THAT(read().bad_slots, ElementsAre(0U));
}

TEST_F(HeadFileTest, RefusesSlotsThatContradictEachOther) {
  std::string old_slots(1024, '\0');
  std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
  stream.read(old_slots.data(), 1024);
  write({1, 5});
  stream.seekp(0).write(old_slots.data(), 512).flush();
  EXPECT_EQ(HeadFile::read(file()).error().code, ErrorCode::corrupt);
}

TEST_F(HeadFileTest, IsNotFoundWhereThereIsNone) {
  EXPECT_EQ(HeadFile::read(file() / "..").error().code, ErrorCode::io);
  std::filesystem::remove(file());
  EXPECT_EQ(HeadFile::read(file()).error().code, ErrorCode::not_found);
}

TEST_F(HeadFileTest, IsWrittenBeforeAStrictKeeperReturns) {
  HeadKeeper keeper(std::move(*HeadFile::open(file())), HeadMode::strict, {});
  ASSERT_TRUE(keeper.follow(head(3)));
  EXPECT_EQ(read().newest->head, head(3));
}

TEST_F(HeadFileTest, IsWrittenWhenAKeeperIsClosed) {
  HeadKeeper(std::move(*HeadFile::open(file())), HeadMode::floor, {}).follow(head(3)).has_value();
  EXPECT_EQ(read().newest->head, head(3));
}

TEST_F(HeadFileTest, IsNeverMoreThanTheBoundBehindAFloorKeeper) {
  using SteadyClock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds bound{100};
  HeadKeeper keeper(std::move(*HeadFile::open(file())), HeadMode::floor, {});
  std::vector<SteadyClock::time_point> acknowledged{SteadyClock::now()};
  const auto end = acknowledged.front() + 3 * bound;
  while (acknowledged.back() < end) {
    const auto begun = SteadyClock::now();
    ASSERT_TRUE(keeper.follow(head(acknowledged.size())));
    const std::uint64_t written = read().newest->head.tree_size;
    if (written + 1 < acknowledged.size()) {
      EXPECT_GE(acknowledged[written + 1], begun - bound);
    }
    acknowledged.push_back(SteadyClock::now());
  }
}

}  // namespace
}  // namespace liggare::store
