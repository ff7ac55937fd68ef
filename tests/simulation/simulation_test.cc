// The seeds of every CI run, the bugs that they must find, and the disk that they run on.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/faults/sizes.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/seeds.h"

namespace liggare::simulation {
namespace {

constexpr unsigned shards = 5;  // Each a test of its own, so that ctest runs them side by side.

class Shard : public ::testing::TestWithParam<unsigned> {};

TEST_P(Shard, BreaksNothingThatIsPromised) {
  const std::uint64_t share = faults::size_of_run("SEEDS", 5'000, 1'000'000) / shards;
  const Seeds seeds{GetParam() * share + 1, (GetParam() + 1) * share};
  const auto summary = run_seeds(seeds, 1);
  for (const auto& failure : summary.failures) {
    ADD_FAILURE() << "seed " << failure.seed << ": " << failure.what;
  }
  EXPECT_EQ(summary.runs, share);
  fmt::print("seeds {}..{}: {}\n", seeds.first, seeds.last, summary.tally.text());
  if (share < 500) return;
  const Tally& tally = summary.tally;
  // They reach what they are for.
  for (const std::uint64_t count : {tally.faults, tally.unknown_kept, tally.unknown_lost,
                                    tally.rot_found, tally.rot_harmless, tally.projections}) {
    EXPECT_GT(count, 0U) << tally.text();
  }
}

INSTANTIATE_TEST_SUITE_P(Simulation, Shard, ::testing::Range(0U, shards));

TEST(Simulation, TheSameSeedsLeaveTheSameTraces) {
  const auto once = run_seeds({1, 30}, 2);
  const auto again = run_seeds({1, 30}, 1);
  EXPECT_EQ(once.runs, 30U);
  EXPECT_EQ(once.traces, again.traces);
  EXPECT_NE(once.traces, run_seeds({2, 31}, 1).traces);
}

class Planted : public ::testing::TestWithParam<const char*> {};

TEST_P(Planted, IsFound) {
  const auto bug = planted_bug(GetParam());
  const auto summary = run_seeds({1, 500}, 1, bug.get());
  ASSERT_FALSE(summary.failures.empty());
  // By the oracle, not by a crash of the program.
  EXPECT_THAT(
      summary.failures.front().what,
      ::testing::AnyOf(::testing::HasSubstr("without a cause"), ::testing::HasSubstr("overlooked"),
                       ::testing::HasSubstr("acknowledged")));
}

INSTANTIATE_TEST_SUITE_P(Bugs, Planted,
                         ::testing::Values("early-acknowledgement", "head-before-events",
                                           "forgotten-head"));

class DiskTest : public ::testing::Test {
 protected:
  FilePtr make(const std::string& name, std::string_view bytes) {
    FilePtr file;
    EXPECT_TRUE(disk_.create(name, file).ok());
    EXPECT_TRUE(disk_.append(name, *file, bytes).ok());
    return file;
  }
  std::string read(const std::string& name) {
    FilePtr file;
    std::string bytes;
    disk_.start({});
    return disk_.open(name, file).ok() && disk_.read(*file, 0, 10'000, bytes).ok() ? bytes : "none";
  }

  Chance chance_{1};
  Trace trace_;
  Disk disk_{"/root", chance_, trace_, nullptr};
};

TEST_F(DiskTest, KeepsWhatWasSyncedThroughAPowerLoss) {
  const auto file = make("a", "synced");
  ASSERT_TRUE(disk_.sync("a", *file).ok());
  ASSERT_TRUE(disk_.sync_folder("").ok());
  disk_.lose_power();
  EXPECT_EQ(read("a"), "synced");
}

TEST_F(DiskTest, ForgetsSomeOfTheRestAndTearsAtSectors) {
  const std::string more(3 * sector_bytes, 'm');
  std::set<std::size_t> sizes;
  for (int round = 0; round < 60; ++round) {
    disk_.start({});
    disk_.wipe("a");
    const auto file = make("a", "synced");
    ASSERT_TRUE(disk_.sync("a", *file).ok());
    ASSERT_TRUE(disk_.sync_folder("").ok());
    ASSERT_TRUE(disk_.append("a", *file, more).ok());
    disk_.lose_power();
    const std::string left = read("a");
    ASSERT_TRUE(left.starts_with("synced"));
    const std::size_t size = left.find_last_not_of('\0') + 1;
    ASSERT_TRUE(size == 6 || size == 6 + more.size() || size % sector_bytes == 0) << size;
    sizes.insert(size);
  }
  EXPECT_GE(sizes.size(), 4U);
}

TEST_F(DiskTest, LosesNamesThatWereNotSyncedButNotToAKill) {
  bool was_lost = false;
  for (int round = 0; round < 20; ++round) {
    disk_.start({});
    disk_.wipe("a");
    make("a", "x");
    disk_.end_process();
    EXPECT_EQ(read("a"), "x");
    disk_.lose_power();
    was_lost = was_lost || read("a") == "none";
  }
  EXPECT_TRUE(was_lost);
}

TEST_F(DiskTest, FailsOnceWhereItIsTold) {
  disk_.start({.fails_at = 3});
  const auto file = make("a", "x");
  EXPECT_TRUE(disk_.sync("a", *file).IsIOError());
  EXPECT_TRUE(disk_.has_struck());
  EXPECT_TRUE(disk_.sync("a", *file).ok());
  disk_.start({.full_from = 1, .room_bytes = 2});
  EXPECT_TRUE(disk_.append("a", *file, "12345").IsNoSpace());
}

}  // namespace
}  // namespace liggare::simulation
