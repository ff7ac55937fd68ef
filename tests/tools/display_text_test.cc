#include "tools/display_text.h"

#include <gtest/gtest.h>

namespace liggare::tools {
namespace {

TEST(DisplayText, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("Åäö"), 3U);
  EXPECT_EQ(display_width("e\u0301"), 1U);  // A combining accent takes no column.
  EXPECT_EQ(display_width("漢字"), 4U);
  EXPECT_EQ(display_width(""), 0U);
}

TEST(DisplayText, DoesNotCountOurOwnColours) {
  EXPECT_EQ(display_width("\x1b[31m● röd\x1b[0m"), 5U);
}

TEST(DisplayText, EscapesWhatCouldMoveTheCursor) {
  EXPECT_EQ(visible("a\x1b[2Jb"), "a\\u{1b}[2Jb");
  EXPECT_EQ(visible("a\r\nb\t"), "a\\u{d}\\u{a}b\\u{9}");
  EXPECT_EQ(visible("\u009b31m"), "\\u{9b}31m");
}

TEST(DisplayText, EscapesWhatCouldReorderOrHideText) {
  EXPECT_EQ(visible("a\u202eb"), "a\\u{202e}b");
  EXPECT_EQ(visible("a\u2066b\u200b"), "a\\u{2066}b\\u{200b}");
  EXPECT_EQ(visible("a\u2028b"), "a\\u{2028}b");
}

TEST(DisplayText, EscapesBytesThatAreNoUtf8) { EXPECT_EQ(visible("a\xff"), "a\\xff"); }

TEST(DisplayText, LeavesOrdinaryTextAlone) { EXPECT_EQ(visible("Åsa – 漢字"), "Åsa – 漢字"); }

TEST(DisplayText, IsShortenedToAWidthWithASignThatItWas) {
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_EQ(shortened("abcdefg", 6), "abcde…");
  EXPECT_EQ(shortened("漢字漢字", 6), "漢字…");
}

}  // namespace
}  // namespace liggare::tools
