// `init` killed before its nth call, or let down by it: it can be given again, at the latest after
// what it says to remove has been removed, and it never says that it has made what it has not.
#include <fmt/format.h>
#include <gtest/gtest.h>
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

constexpr int damage = 1;
constexpr int usage = 2;

class InitCall : public testing::Test {
 protected:
  InitCall() : shim_(folder_.path() / "shim") { fs::create_directory(place()); }

  fs::path place() const { return folder_.path() / "place"; }
  void empty_place() const {
    fs::remove_all(place());
    fs::create_directory(place());
  }

  std::uint64_t calls_made(std::uint32_t calls) {
    shim_.set(calls, place());
    EXPECT_EQ(run(shim_.in(liggare_in(place(), {"init"}))).ending.exit, 0);
    empty_place();
    return shim_.count();
  }

  void strike(std::uint32_t calls, Act act, std::uint64_t nth) {
    SCOPED_TRACE(fmt::format("call {}", nth));
    empty_place();
    shim_.set(calls, place(), act, nth, EIO);
    const Finished first = run(shim_.in(liggare_in(place(), {"init"})));
    shim_.set(0, "/");
    ASSERT_EQ(first.ending.signal == SIGKILL, act == Act::kill) << first.text();
    ASSERT_NE(first.ending.exit, damage) << "a failed call is no damage: " << first.text();
    if (first.ending.exit != 0) {
      const Finished second = run(liggare_in(place(), {"init"}));
      if (second.ending.exit == usage) {
        ASSERT_NE(second.errors.find("remove it first"), std::string::npos) << second.text();
        // Where it ended by itself it had finished, and could not read what it had made.
        if (first.ending.signal != 0) {
          empty_place();
          ASSERT_EQ(run(liggare_in(place(), {"init"})).ending.exit, 0);
        }
      } else {
        ASSERT_EQ(second.ending.exit, 0) << second.text();
      }
    }
    const Finished filled = run(liggare_in(place(), {"import", "-"}, opening_lines()));
    ASSERT_EQ(filled.ending.exit, 0) << first.text() << filled.text();
    ASSERT_EQ(run(liggare_in(place(), {"verify", "--full"})).ending.exit, 0);
  }

  void strike_each(std::uint32_t calls, Act act) {
    const std::uint64_t made = calls_made(calls);
    const std::uint64_t count = std::min(made, size_of_run("CALLS", 5, 1'000'000'000));
    for (std::uint64_t i = 0; i < count; ++i) {
      ASSERT_NO_FATAL_FAILURE(strike(calls, act, 1 + i * made / count));
    }
  }

  FastFolder folder_;
  Shim shim_;
};

TEST_F(InitCall, IsKilledThere) { strike_each(changing_calls, Act::kill); }

TEST_F(InitCall, FailsThere) { strike_each(file_calls, Act::fail); }

}  // namespace
}  // namespace liggare::faults
