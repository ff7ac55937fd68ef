#include "merkle/plain_text.h"

#include <gtest/gtest.h>

#include <string>

namespace liggare::merkle {
namespace {

TEST(NoteText, IsShortestUtf8) {
  EXPECT_TRUE(is_note_text(""));
  EXPECT_TRUE(is_note_text("Ångström \u20ac \U0001f333\u007f\n"));
  for (const char* bad :
       {"\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80", "\xe2\x82", "\xc3(", "\xff"}) {
    EXPECT_FALSE(is_note_text(bad)) << testing::PrintToString(bad);
  }
}

TEST(NoteText, IsNotReadBeyondItsEnd) {
  const std::string_view whole = "\U0001f333";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_FALSE(is_note_text(whole.substr(0, size)));
  }
}

TEST(NoteText, HasNoControlByteButLf) {
  for (char byte = 0; byte < 0x20; ++byte) {
    EXPECT_EQ(is_note_text(std::string("a") + byte), byte == '\n') << int{byte};
  }
}

TEST(Space, IsWhatUnicodeCallsSo) {
  for (const char* space : {" ", "\t", "\r", "\u0085", "\u00a0", "\u1680", "\u2000", "\u200a",
                            "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"}) {
    EXPECT_TRUE(has_space("a" + std::string(space))) << space;
  }
  EXPECT_FALSE(has_space("a\u200b\u2060\u3001\u00a1"));
}

TEST(Line, IsTakenOnlyWithItsLf) {
  std::string_view rest = "a\n\nb";
  EXPECT_EQ(take_line(rest), "a");
  EXPECT_EQ(take_line(rest), "");
  EXPECT_EQ(take_line(rest), std::nullopt);
  EXPECT_EQ(rest, "b");
}

TEST(Decimal, HasOneFormOnly) {
  EXPECT_EQ(*parse_decimal("0"), 0U);
  EXPECT_EQ(*parse_decimal("9223372036854775807"), 9223372036854775807U);
  for (const char* bad : {"", "00", "01", "+1", "-1", " 1", "1 ", "1\n", "0x1", "1.0", "a",
                          "9223372036854775808", "18446744073709551616"}) {
    EXPECT_FALSE(parse_decimal(bad)) << bad;
  }
}

}  // namespace
}  // namespace liggare::merkle
