// The JSON that goes out: escapes, order of members, numbers.
#include "base/json.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

namespace liggare {
namespace {

std::string number(double value) { return Json(value).text(); }
std::string number_of_bits(std::uint64_t bits) { return number(std::bit_cast<double>(bits)); }

std::string escaped(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(Json, WritesEachKindOfValue) {
  EXPECT_EQ(Json().text(), "null");
  EXPECT_EQ(Json(nullptr).text(), "null");
  EXPECT_EQ(Json(true).text(), "true");
  EXPECT_EQ(Json(false).text(), "false");
  EXPECT_EQ(Json(-7).text(), "-7");
  EXPECT_EQ(Json("Påhittad").text(), "\"Påhittad\"");
  EXPECT_EQ(Json(*Day::parse("2019-06-12")).text(), "\"2019-06-12\"");
  EXPECT_EQ(Json::array().text(), "[]");
  EXPECT_EQ(Json::object().text(), "{}");
}

TEST(Json, WritesAnAbsentOptionalAsNull) {
  EXPECT_EQ(Json(std::optional<int>()).text(), "null");
  EXPECT_EQ(Json(std::optional<int>(3)).text(), "3");
}

// A row may be long.
TEST(Json, IsMovedOutOfTheExpressionThatBuildsIt) {
  Json events = Json::list({"01HZX3V9M1Q8"});
  const std::string* const first = events.as_array()->front().as_text();
  const Json row = Json::object().add("events", std::move(events)).add("more", 1);
  EXPECT_EQ(row.find("events")->as_array()->front().as_text(), first);
}

TEST(Json, KeepsMembersAsTheyWereAddedAndSortsThemOnRequest) {
  Json row = Json::object();
  row.add("year", 2019).add("administration", "KoF").add("places", Json::array().push(1).push("b"));
  EXPECT_EQ(row.text(), R"({"year":2019,"administration":"KoF","places":[1,"b"]})");
  EXPECT_EQ(row.canonical_text(), R"({"administration":"KoF","places":[1,"b"],"year":2019})");
}

TEST(Json, SortsObjectsInsideArraysToo) {
  const Json list = Json::array().push(Json::object().add("b", 1).add("a", 2));
  EXPECT_EQ(list.canonical_text(), R"([{"a":2,"b":1}])");
}

// RFC 8785, 3.2.3: by UTF-16 code units, so a surrogate pair stands before U+FB33.
TEST(Json, SortsNamesAsRfc8785Shows) {
  Json object = Json::object();
  for (const char* name : {"\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"}) {
    object.add(name, 0);
  }
  EXPECT_EQ(object.canonical_text(),
            "{\"\\r\":0,\"1\":0,\"\u0080\":0,\"\u00f6\":0,\"\u20ac\":0,\"\U0001f600\":0,"
            "\"\ufb33\":0}");
}

TEST(Json, OrdersSurrogatesBetweenTheRestOfUtf16) {
  EXPECT_TRUE(utf16_less("\ud7ff", "\U00010000"));
  EXPECT_TRUE(utf16_less("\U00010000", "\U0010ffff"));
  EXPECT_TRUE(utf16_less("\U0010ffff", "\ue000"));
  EXPECT_TRUE(utf16_less("\ue000", "\uffff"));
  EXPECT_FALSE(utf16_less("\uffff", "\U00010000"));
}

TEST(Json, OrdersAPrefixFirst) {
  EXPECT_TRUE(utf16_less("", "a"));
  EXPECT_TRUE(utf16_less("a", "aa"));
  EXPECT_FALSE(utf16_less("aa", "a"));
  EXPECT_FALSE(utf16_less("a", "a"));
}

TEST(Json, EscapesWhatRfc8785EscapesAndNothingElse) {
  EXPECT_EQ(escaped("\"\\/"), R"("\"\\/")");
  EXPECT_EQ(escaped("\b\t\n\f\r"), R"("\b\t\n\f\r")");
  EXPECT_EQ(escaped(std::string("\0\x0b\x1f", 3)), R"("\u0000\u000b\u001f")");
  EXPECT_EQ(escaped("\x7f\u20ac\u2028<"), "\"\x7f\u20ac\u2028<\"");
}

TEST(Json, WritesWholeDoublesWithoutAPoint) {
  EXPECT_EQ(number(1.0), "1");
  EXPECT_EQ(number(-20.0), "-20");
  EXPECT_EQ(number(0.0), "0");
  EXPECT_EQ(number(-0.0), "0");
}

TEST(Json, WritesFractionsWithTheFewestDigits) {
  EXPECT_EQ(number(676.5), "676.5");
  EXPECT_EQ(number(0.3333), "0.3333");
  EXPECT_EQ(number(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(number(-1.25), "-1.25");
}

// RFC 8785, appendix B.
TEST(Json, WritesTheNumbersOfRfc8785) {
  EXPECT_EQ(number_of_bits(0x0000000000000001), "5e-324");
  EXPECT_EQ(number_of_bits(0xffefffffffffffff), "-1.7976931348623157e+308");
  EXPECT_EQ(number_of_bits(0xc340000000000000), "-9007199254740992");
  EXPECT_EQ(number_of_bits(0x4430000000000000), "295147905179352830000");
  EXPECT_EQ(number_of_bits(0x44b52d02c7e14af5), "9.999999999999997e+22");
  EXPECT_EQ(number_of_bits(0x44b52d02c7e14af6), "1e+23");
  EXPECT_EQ(number_of_bits(0x444b1ae4d6e2ef4f), "999999999999999900000");
  EXPECT_EQ(number_of_bits(0x444b1ae4d6e2ef50), "1e+21");
  EXPECT_EQ(number_of_bits(0x3eb0c6f7a0b5ed8c), "9.999999999999997e-7");
  EXPECT_EQ(number_of_bits(0x3eb0c6f7a0b5ed8d), "0.000001");
  EXPECT_EQ(number_of_bits(0x41b3de4355555557), "333333333.33333343");
  EXPECT_EQ(number_of_bits(0xbecbf647612f3696), "-0.0000033333333333333333");
}

TEST(Json, WritesIntegersInFull) {
  EXPECT_EQ(Json(std::numeric_limits<std::int64_t>::min()).text(), "-9223372036854775808");
  EXPECT_EQ(Json(std::uint64_t{9223372036854775807U}).text(), "9223372036854775807");
}

TEST(Json, RefusesNumbersItCannotWrite) {
  EXPECT_DEATH(Json(std::uint64_t{1} << 63), "below 2\\^63");
  EXPECT_DEATH(number(std::numeric_limits<double>::quiet_NaN()), "neither NaN");
  EXPECT_DEATH(number(std::numeric_limits<double>::infinity()), "neither NaN");
}

TEST(Json, FindsMembersOfObjectsOnly) {
  const Json row = Json::object().add("a", 1);
  ASSERT_NE(row.find("a"), nullptr);
  EXPECT_EQ(*row.find("a"), Json(1));
  EXPECT_EQ(row.find("b"), nullptr);
  EXPECT_EQ(Json("a").find("a"), nullptr);
}

TEST(Json, GrowsOnlyWhatCanGrow) {
  EXPECT_DEATH(Json::array().add("a", 1), "no object");
  EXPECT_DEATH(Json::object().push(1), "no array");
}

}  // namespace
}  // namespace liggare
