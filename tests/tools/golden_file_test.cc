#include "tests/tools/golden_file.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace liggare::tools {
namespace {

TEST(GoldenFile, HoldsInputCommandsAndWhatTheyShouldSay) {
  const auto cases = read_golden(
      "; comment\n{\"a\":1}\n\ntest liggare x -> 2\nout\n__ERROR__\nerr\nend test\n"
      "test liggare y\nend test\n");
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].input, "{\"a\":1}\n");
  EXPECT_EQ(cases[0].command, "liggare x");
  EXPECT_EQ(cases[0].exit_code, 2);
  EXPECT_EQ(cases[0].output, Lines{"out"});
  EXPECT_EQ(cases[0].errors, Lines{"err"});
  EXPECT_EQ(cases[1].exit_code, 0);
}

TEST(GoldenFile, IsRefusedWhereATestHasNoEnd) {
  EXPECT_THROW(read_golden("test liggare\nout\n"), std::runtime_error);
}

TEST(GoldenFile, ComparesLineByLine) {
  EXPECT_TRUE(matches({"a", "b"}, {"a", "b"}));
  EXPECT_FALSE(matches({"a"}, {"a", "b"}));
  EXPECT_FALSE(matches({"a", "b"}, {"a"}));
  EXPECT_FALSE(matches({}, {"a"}));
}

TEST(GoldenFile, LetsHolesStandForAnythingWithinALine) {
  EXPECT_TRUE(matches({"a[...]z"}, {"a to z"}));
  EXPECT_TRUE(matches({"[...]b[...]"}, {"abc"}));
  EXPECT_FALSE(matches({"a[...]z"}, {"a to y"}));
}

TEST(GoldenFile, LetsThreeDotsStandForAnyLines) {
  EXPECT_TRUE(matches({"a", "...", "z"}, {"a", "b", "c", "z"}));
  EXPECT_TRUE(matches({"...", "z"}, {"z"}));
  EXPECT_FALSE(matches({"...", "z"}, {"a"}));
}

}  // namespace
}  // namespace liggare::tools
