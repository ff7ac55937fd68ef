#include "codec/text.h"

#include <gtest/gtest.h>

namespace liggare::codec {
namespace {

TEST(PlainText, IsComposedAndWithoutControls) {
  for (const char* text : {"", "abc", "Åäö", "\xc2\xa0", "日本", "\xf0\x9f\x98\x80", "ﷺ"}) {
    EXPECT_TRUE(is_plain_text(text)) << text;
  }
  for (const char* text : {"\n", "\t", "\r", "\x01", "\x1f", "\x7f", "\xc2\x80", "\xc2\x9f",
                           "A\xcc\x8a", "\xe2\x84\xab", "e\xcc\x81"}) {
    EXPECT_FALSE(is_plain_text(text)) << text;
  }
  EXPECT_FALSE(is_plain_text(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_plain_text("a\xc2"));
}

// Canonical order of combining marks belongs to NFC as well.
TEST(PlainText, HasItsCombiningMarksInOrder) {
  EXPECT_TRUE(is_plain_text("q\xcc\xa3\xcc\x87"));  // Dot below, dot above.
  EXPECT_FALSE(is_plain_text("q\xcc\x87\xcc\xa3"));
}

TEST(PersonalText, MayHaveLineFeedsAndTabs) {
  EXPECT_TRUE(is_personal_text("a\n\tb"));
  EXPECT_FALSE(is_personal_text("a\rb"));
  EXPECT_FALSE(is_personal_text("A\xcc\x8a"));
}

}  // namespace
}  // namespace liggare::codec
