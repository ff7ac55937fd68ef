// A writer whose nth call fails once, and then no more: what it had not been answered is unknown,
// and it takes nothing until it is restarted.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <sstream>

#include "tests/faults/shimmed.h"
#include "tests/faults/sizes.h"
#include "tests/faults/town.h"

namespace liggare::faults {
namespace {

constexpr int incomplete = 3;
constexpr std::uint64_t notes = 40;

struct Answers {
  int acknowledged = 0;
  int unknown = 0;
  bool acknowledged_after_unknown = false;
  std::string other;  // An answer that there should not be.
};

Answers read(const std::string& output) {
  Answers answers;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("ack ")) {
      ++answers.acknowledged;
      answers.acknowledged_after_unknown |= answers.unknown > 0;
    } else if (line.starts_with("error ") && line.ends_with(" unknown-outcome")) {
      ++answers.unknown;
    } else if (line != "open") {
      answers.other = line;
    }
  }
  return answers;
}

TEST(Failure, OfAWriteOrSyncStopsTheWriterForGood) {
  Grounds grounds;
  Shim shim(grounds.path() / "shim");
  const std::uint64_t tries = size_of_run("FAILURES", 12, 60);
  std::uint64_t stopped = 0;
  for (std::uint64_t nth = 1; nth <= tries; ++nth) {
    SCOPED_TRACE(fmt::format("call {}", nth));
    Town town(grounds.ready(), grounds.path() / "town");
    shim.set(0, "/");
    Process writer(shim.in(town.writer(1, notes)));
    ASSERT_TRUE(writer.says("open"));
    shim.set(write_calls | sync_calls, town.ledger() / "log", Act::fail, nth, EIO);
    const Ending ending = writer.wait();
    const bool is_struck = shim.has_struck();
    shim.set(0, "/");
    const Answers answers = read(writer.output());
    ASSERT_EQ(answers.other, "");
    ASSERT_FALSE(answers.acknowledged_after_unknown) << writer.output();
    if (answers.unknown > 0) {
      ASSERT_EQ(ending.exit, incomplete);
      ASSERT_GT(answers.unknown, 1) << "it was not asked again";
      ++stopped;
    } else {
      ASSERT_TRUE(!is_struck || ending.exit != 0 || answers.acknowledged == notes);
    }
    ASSERT_TRUE(town.take(writer.output()));
    const Finished again = run(town.writer(1, notes));
    ASSERT_EQ(again.ending.exit, 0) << again.text();
    ASSERT_TRUE(town.take(again.output));
    ASSERT_TRUE(town.holds_what_was_acknowledged());
  }
  EXPECT_GT(stopped * 2, tries) << "too few failures were met";
}

}  // namespace
}  // namespace liggare::faults
