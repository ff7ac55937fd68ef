// The program, and a writer on its ledger, killed at any moment of what they do: again and again,
// and nothing acknowledged goes.
#include <fmt/format.h>

#include "tests/faults/sizes.h"
#include "tests/faults/work.h"

namespace liggare::faults {
namespace {

constexpr std::uint64_t kills_a_town = 25;

class Kill : public testing::Test {
 protected:
  static void kill_at_some_moment(Town& town, const Work& work, test::Chance& chance) {
    Process process(work.command);
    wait_into(process, work, chance);
    process.kill();
    process.wait();
    if (work.appends) {
      ASSERT_TRUE(town.take(process.output()));
    }
    ASSERT_TRUE(town.holds_what_was_acknowledged());
    for (const auto& arguments : work.after) ASSERT_TRUE(town.does(arguments));
  }

  Grounds grounds_;
};

TEST_F(Kill, LosesNothingThatWasAcknowledged) {
  const std::uint64_t kills = size_of_run("KILLS", 300, 10'000);
  const std::uint64_t seed = size_of_run("SEED", 1, 1);
  test::Chance chance(seed);
  std::uint64_t acknowledged = 0;
  for (std::uint64_t done = 0; done < kills;) {
    Town town(grounds_.ready(), grounds_.path() / "town");
    for (std::uint64_t i = 0; i < kills_a_town && done < kills; ++i, ++done) {
      const Work work = next_work(town, done, chance);
      SCOPED_TRACE(fmt::format("seed {}, kill {}, {}", seed, done, work.name));
      ASSERT_NO_FATAL_FAILURE(kill_at_some_moment(town, work, chance));
      if (i % 10 == 9) {
        ASSERT_TRUE(town.verifies(false));
      }
    }
    ASSERT_TRUE(town.verifies(true));
    acknowledged += town.acknowledged();
  }
  EXPECT_GT(acknowledged, kills / 20) << "the writers had no time to write";
}

TEST_F(Kill, FindsAWriterThatAcknowledgesTooEarly) {
  test::Chance chance(1);
  for (int attempt = 0; attempt < 20; ++attempt) {
    Town town(grounds_.ready(), grounds_.path() / "town");
    Work work{"append", town.writer(4, 0), true, {}};
    work.command.environment.push_back("LIGGARE_FAULT_PLANTED=early");
    Process process(work.command);
    process.says("ack");
    wait_into(process, work, chance);
    process.kill();
    process.wait();
    ASSERT_TRUE(town.take(process.output()));
    const auto result = town.holds_what_was_acknowledged();
    if (result) continue;
    EXPECT_NE(std::string(result.message()).find("lost: "), std::string::npos) << result.message();
    return;
  }
  FAIL() << "no loss was seen in twenty kills";
}

}  // namespace
}  // namespace liggare::faults
