#include <gtest/gtest.h>

#include "tests/codec/line.h"

namespace liggare::codec {
namespace {

using enum RejectionCode;

Line named(std::string_view json_string) {
  return Line("unit.renamed", R"({"name":)" + std::string(json_string) + "}").about("unit/U1");
}
Line personal_value(std::string_view json_string) {
  return Line("note.recorded",
              R"({"personal":{"ordinary":{"text":)" + std::string(json_string) + "}}}");
}
// The line with `bytes` in place of the word "Hej".
std::string note_with(std::string_view bytes) {
  std::string line = note().text();
  return line.replace(line.find("Hej"), 3, bytes);
}

TEST(LineText, IsOneJsonObject) {
  for (const char* line : {"", " ", "null", "1", "[]", R"("x")", "{", "}", "{}{}", "{} x", "{,}",
                           R"({"id":"x",})", "{'id':'x'}", "{id:1}", "// {}", R"({"a":01})",
                           R"({"a":.5})", R"({"a":NaN})", R"({"a":tru})"}) {
    expect_refused(std::string(line), invalid_field, "$");
  }
  expect_refused("{}", missing_field, "$.specversion");
}

TEST(LineText, MayHaveBlanksAround) {
  expect_taken("  " + note().text() + "\t ");
  expect_taken(note().text() + "\r");
}

TEST(LineText, HasNoByteOrderMark) {
  expect_refused("\xef\xbb\xbf" + note().text(), invalid_field, "$");
}

TEST(LineText, IsUtf8) {
  for (const char* bytes :
       {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4", "a\x80z"}) {
    expect_refused(note_with(bytes), invalid_field, "$");
  }
}

TEST(LineText, HasNoLoneSurrogate) {
  for (const char* bytes : {R"(\ud800)", R"(\udc00)", R"(\ud800\u0041)", R"(\udc00\ud800)"}) {
    expect_refused(note_with(bytes), invalid_field, "$");
  }
  expect_taken(note_with(R"(\ud83d\ude00)"));
}

TEST(LineText, HasNoRawControlCharacters) {
  expect_refused(note_with("a\tb"), invalid_field, "$");
  expect_refused(note_with(std::string_view("a\0b", 3)), invalid_field, "$");
}

TEST(LineText, HasNoKeyTwice) {
  std::string line = note().text();
  line.insert(1, R"("id":"ev-1",)");
  expect_refused(line, invalid_field, "$");
  expect_refused(registration(R"({"sex":"male","sex":"male"})"), invalid_field, "$");
  expect_refused(registration(R"({"personal":{"health":{"a":"1","a":"1"}}})"), invalid_field, "$");
  expect_refused(registration(R"({"x":[{"y":{"a":1,"a":2}}]})"), invalid_field, "$");
}

TEST(LineText, HasNoKeyTwiceUnderAnotherSpelling) {
  expect_refused(registration(R"({"sex":"male","s\u0065x":"male"})"), invalid_field, "$");
  expect_taken(registration(R"({"s\u0065x":"male"})"));
}

TEST(LineText, MayRepeatAKeyInAnotherObject) {
  expect_taken(registration(R"({"personal":{"health":{"a":"1"},"social":{"a":"1"}}})"));
}

TEST(LineText, IsNotReadToAnyDepth) {
  const std::string deep = std::string(20'000, '[') + std::string(20'000, ']');
  expect_refused(registration(R"({"x":)" + deep + "}"), invalid_field, "$");
  const std::string less_deep = std::string(500, '[') + std::string(500, ']');
  expect_refused(registration(R"({"x":)" + less_deep + "}"), unknown_field, "$.data.x");
}

TEST(LineText, IsAtMost48KiB) {
  const std::string line = note().text();
  const std::string largest = line + std::string(line_bytes_max - line.size(), ' ');
  expect_taken(largest);
  expect_refused(largest + " ", too_large, "49153 bytes");
  expect_refused(std::string(49'153, '{'), too_large, "49153 bytes");  // Before all else.
}

TEST(Text, IsInComposedForm) {
  expect_taken(named(R"("Åsa")"));
  expect_refused(named("\"A\xcc\x8asa\""), invalid_field, "$.data.name");  // A and U+030A.
  expect_refused(named(R"("A\u030asa")"), invalid_field, "$.data.name");
  expect_refused(named("\"\xe2\x84\xab\""), invalid_field, "$.data.name");  // U+212B, the unit.
  expect_refused(personal_value(R"("A\u030asa")"), invalid_field, "$.data.personal.ordinary.text");
  expect_refused(Line("note.recorded", R"({"personal":{"ordinary":{"A\u030a":"x"}}})"),
                 invalid_field, "$.data.personal.ordinary[…]");
}

TEST(Text, HasNoControlCharacters) {
  for (const char* control : {R"(\u0000)", R"(\u0001)", R"(\b)", R"(\r)", R"(\u001f)", R"(\u007f)",
                              "\x7f", R"(\u0080)", R"(\u0085)", R"(\u009f)", "\xc2\x85"}) {
    const std::string text = in_quotes("a" + std::string(control) + "b");
    expect_refused(named(text), invalid_field, "$.data.name");
    expect_refused(personal_value(text), invalid_field, "$.data.personal.ordinary.text");
  }
  expect_taken(named(R"("a\u00a0b")"));
}

TEST(Text, MayHaveLineFeedsAndTabsOnlyInPersonalValues) {
  for (const char* text : {R"("a\nb")", R"("a\tb")"}) {
    expect_refused(named(text), invalid_field, "$.data.name");
    expect_taken(personal_value(text));
  }
  expect_refused(Line("note.recorded", R"({"personal":{"ordinary":{"a\nb":"x"}}})"), invalid_field,
                 "$.data.personal.ordinary[…]");
}

TEST(SplitEvents, GivesEachEventOfAnArray) {
  EXPECT_EQ(*split_events(R"([{"a":1},{"b":"å"}])"),
            (std::vector<std::string>{R"({"a":1})", R"({"b":"å"})"}));
  EXPECT_EQ(*split_events(R"({"a":1})"), std::vector<std::string>{R"({"a":1})"});
  EXPECT_TRUE(split_events("[]")->empty());
}

TEST(SplitEvents, KeepsTheFormOfNumbers) {
  const auto events = split_events("[" + registration(R"({"birthYear":1999.0})").text() + "]");
  ASSERT_TRUE(events);
  expect_refused(events->front(), invalid_field, "$.data.birthYear");
}

TEST(SplitEvents, RefusesWhatIsNoJson) {
  EXPECT_EQ(split_events("[{}").error(), (domain::Rejection{invalid_field, "$"}));
  EXPECT_EQ(split_events(R"([{"a":1,"a":1}])").error(), (domain::Rejection{invalid_field, "$"}));
}

}  // namespace
}  // namespace liggare::codec
