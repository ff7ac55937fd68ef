// A fixed script of commands. Each is killed before its nth call that changes a file, for every n;
// then the nth call fails instead, of those that open files as well; then the nth request for
// memory. After each, the same command again must end well, and everything must be there once.
//
// For every change only some n are tried, spread evenly; before a release, all.
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <cerrno>

#include "tests/faults/shimmed.h"
#include "tests/faults/sizes.h"
#include "tests/faults/story.h"
#include "tests/faults/town.h"

namespace liggare::faults {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

constexpr int damage = 1;  // The exit code of a finding.
constexpr const char* decision_mark = "DECISION";

struct Step {
  std::string name;
  Arguments arguments;
  std::string input = {};
  std::vector<Arguments> recovery = {};  // Before the same command is given again.
};

std::string notes(const std::string& prefix, int count, const std::string& between) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += (i == 0 ? "" : between) + note_line(fmt::format("{}{}", prefix, i));
  }
  return text;
}

std::vector<Step> script() {
  const Arguments execute = {"erase", "execute", decision_mark, "--as", "staff/B"};
  return {{"append", {"append"}, "[" + notes("a", 3, ",") + "]"},
          {"import", {"import", "-"}, notes("b", 20, "\n")},
          {"seal", {"seal"}},
          {"checkpoint", {"checkpoint"}},
          {"rebuild", {"projections", "rebuild"}},
          {"erase", execute, {}, {{"erase", "resume", "--as", "staff/B"}}},
          {"rotate", {"vault", "rotate"}},
          {"keys", {"keys", "rotate", "--actor", "staff/A"}},
          {"append-again", {"append"}, "[" + notes("c", 3, ",") + "]"}};
}

class NthCall : public testing::TestWithParam<std::size_t> {
 protected:
  NthCall() : step_(script()[GetParam()]), shim_(grounds_.path() / "shim") {}

  // The ledger as it is before the step.
  void SetUp() override {
    Town town(grounds_.ready(), grounds_.path() / "town");
    decision_ = town.decide_erasure();
    for (std::size_t i = 0; i < GetParam(); ++i) {
      const Step step = script()[i];
      ASSERT_TRUE(town.does(arguments_of(step.arguments), step.input)) << step.name;
    }
    fs::rename(town.place(), grounds_.path() / "before");
  }

  Arguments arguments_of(Arguments arguments) const {
    std::replace(arguments.begin(), arguments.end(), std::string(decision_mark), decision_);
    return arguments;
  }
  Command command(const Town& town) const {
    return shim_.in(town.liggare(arguments_of(step_.arguments), step_.input));
  }

  // How many of `calls` the step makes when nothing is done to it.
  std::uint64_t calls_made(std::uint32_t calls) {
    Town town(grounds_.path() / "before", grounds_.path() / "town");
    shim_.set(calls, town.place());
    EXPECT_EQ(run(command(town)).ending.exit, 0);
    return shim_.count();
  }

  // The step with its nth call struck, and what must hold then.
  void strike(std::uint32_t calls, Act act, std::uint64_t nth, int error) {
    SCOPED_TRACE(fmt::format("{}, call {}", step_.name, nth));
    Town town(grounds_.path() / "before", grounds_.path() / "town");
    shim_.set(calls, town.place(), act, nth, error);
    const Finished finished = run(command(town));
    const bool is_struck = shim_.has_struck();
    shim_.set(0, "/", Act::count);
    ASSERT_FALSE(finished.ending.hung) << finished.text();
    ASSERT_EQ(act == Act::kill && is_struck, finished.ending.signal == SIGKILL);
    if (!is_struck) ++unstruck_;
    ASSERT_NE(finished.ending.exit, damage) << "a failed call is no damage: " << finished.text();
    ASSERT_TRUE(town.take(finished.output)) << finished.text();
    ASSERT_TRUE(town.holds_what_was_acknowledged()) << finished.text();
    for (const Arguments& recovery : step_.recovery) ASSERT_TRUE(town.does(recovery));
    const Finished again = run(town.liggare(arguments_of(step_.arguments), step_.input));
    ASSERT_EQ(again.ending.exit, 0) << finished.text() << again.text();
    ASSERT_TRUE(town.take(again.output)) << finished.text() << again.text();
    ASSERT_TRUE(town.holds_what_was_acknowledged());
    ASSERT_TRUE(town.verifies(true)) << finished.text();
  }

  // `tries` of 1 … `calls`, spread evenly; all where there are no more.
  void strike_each(std::uint32_t calls, Act act, std::uint64_t tries, int error = 0) {
    const std::uint64_t made = calls_made(calls);
    ASSERT_GT(made, 0U);
    const std::uint64_t count = std::min(made, tries);
    for (std::uint64_t i = 0; i < count; ++i) {
      ASSERT_NO_FATAL_FAILURE(strike(calls, act, 1 + i * made / count, error));
    }
    // With threads about, no two runs make quite as many calls.
    EXPECT_LE(unstruck_ * 4, count + 4) << "of " << made;
  }

  const Step step_;
  Grounds grounds_;
  Shim shim_;
  std::string decision_;
  std::uint64_t unstruck_ = 0;
};

constexpr std::uint64_t all = 1'000'000'000;

TEST_P(NthCall, KillsThere) {
  strike_each(changing_calls, Act::kill, size_of_run("CALLS", 3, all));
}

TEST_P(NthCall, FailsThere) {
  strike_each(file_calls, Act::fail, size_of_run("CALLS", 3, all), EIO);
}

TEST_P(NthCall, HasNoMemoryThere) {
  strike_each(memory_calls, Act::fail, size_of_run("MEMORY", 1, 500), ENOMEM);
}

std::string step_name(const testing::TestParamInfo<std::size_t>& info) {
  std::string name = script()[info.param].name;
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Script, NthCall, testing::Range(std::size_t{0}, script().size()),
                         step_name);

}  // namespace
}  // namespace liggare::faults
