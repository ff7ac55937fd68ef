// The power goes while the program works: what was acknowledged before is there afterwards.
//
// What is said once the cut has begun proves nothing: a machine without power would not have said
// it. So the output is read before the cut, and only that counts.
#include <fmt/format.h>

#include "tests/faults/mounts.h"
#include "tests/faults/shimmed.h"
#include "tests/faults/sizes.h"
#include "tests/faults/work.h"

namespace liggare::faults {
namespace {

constexpr std::uint64_t cuts_a_town = 20;

std::string whole_lines(const std::string& text) { return text.substr(0, text.rfind('\n') + 1); }

class PowerCut : public testing::Test {
 protected:
  static void SetUpTestSuite() { no_mounts_ = leave_the_common_mounts(); }

  void SetUp() override {
    if (!no_mounts_.empty()) GTEST_SKIP() << "POWER CUTS ARE NOT TESTED HERE: " << no_mounts_;
    grounds_.emplace();
    disk_.emplace(grounds_->path() / "image", grounds_->path() / "disk");
    if (!disk_->is_there()) {
      GTEST_SKIP() << "POWER CUTS ARE NOT TESTED HERE: " << disk_->reason();
    }
  }

  Town settled_town() const {
    Town town(grounds_->ready(), grounds_->path() / "disk" / "town");
    disk_->settle();
    return town;
  }

  // Starts `work`, cuts the power at some moment, and switches it on again. Gives what was said
  // before.
  std::string cut_at_some_moment(const Work& work, test::Chance& chance) {
    std::string said;
    {
      Process process(work.command);
      wait_into(process, work, chance);
      said = whole_lines(process.output());
      disk_->cut();
      process.kill();
      process.wait();
    }
    disk_->restart();
    return said;
  }

  std::optional<Grounds> grounds_;
  std::optional<CutDisk> disk_;

 private:
  static inline std::string no_mounts_;
};

TEST_F(PowerCut, LosesNothingThatWasAcknowledged) {
  const std::uint64_t cuts = size_of_run("CUTS", 60, 2'000);
  const std::uint64_t seed = size_of_run("SEED", 1, 1);
  test::Chance chance(seed);
  std::uint64_t acknowledged = 0;
  for (std::uint64_t done = 0; done < cuts;) {
    Town town = settled_town();
    for (std::uint64_t i = 0; i < cuts_a_town && done < cuts; ++i, ++done) {
      const Work work = next_work(town, done, chance);
      SCOPED_TRACE(fmt::format("seed {}, cut {}, {}", seed, done, work.name));
      const std::string said = cut_at_some_moment(work, chance);
      if (work.appends) {
        ASSERT_TRUE(town.take(said));
      }
      ASSERT_TRUE(town.holds_what_was_acknowledged());
      for (const auto& arguments : work.after) ASSERT_TRUE(town.does(arguments));
    }
    ASSERT_TRUE(town.verifies(true));
    acknowledged += town.acknowledged();
  }
  EXPECT_GT(acknowledged, cuts / 20) << "the writers had no time to write";
}

// The same with syncs that do nothing: a harness that sees no loss then would never see one.
TEST_F(PowerCut, FindsSyncsThatDoNothing) {
  test::Chance chance(1);
  Shim shim(grounds_->path() / "shim");
  shim.set(0, "/", Act::lie);
  for (int attempt = 0; attempt < 10; ++attempt) {
    Town town = settled_town();
    const Work work{"append", shim.in(town.writer(4, 0)), true, {}};
    ASSERT_TRUE(town.take(cut_at_some_moment(work, chance)));
    if (!town.holds_what_was_acknowledged()) return;
  }
  FAIL() << "no loss was seen in ten cuts";
}

}  // namespace
}  // namespace liggare::faults
