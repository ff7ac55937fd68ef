#include "tools/render_csv.h"

#include <gtest/gtest.h>

#include <array>

namespace liggare::tools {
namespace {

// The field that one value gives, without the header and the line's end.
std::string field(Json value) {
  Json rows = Json::array();
  rows.push(Json::object().add("x", std::move(value)));
  const std::string csv = render_csv(rows, std::to_array<std::string_view>({"x"}));
  EXPECT_TRUE(csv.starts_with("x\r\n") && csv.ends_with("\r\n"));
  return csv.substr(3, csv.size() - 5);
}

TEST(Csv, HasAHeaderAndLinesThatEndInCrlf) {
  Json rows = Json::array();
  rows.push(Json::object().add("unit", "AMC").add("year", 2019));
  EXPECT_EQ(render_csv(rows, std::to_array<std::string_view>({"year", "unit", "free"})),
            "year,unit,free\r\n2019,AMC,\r\n");
}

TEST(Csv, IsOnlyAHeaderWithoutRows) {
  EXPECT_EQ(render_csv(Json::array(), std::to_array<std::string_view>({"a", "b"})), "a,b\r\n");
}

TEST(Csv, QuotesCommasQuotesAndLineBreaks) {
  EXPECT_EQ(field("a,b"), "\"a,b\"");
  EXPECT_EQ(field("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(field("a\nb"), "\"a\nb\"");
}

TEST(Csv, DisarmsWhatASpreadsheetWouldCalculate) {
  EXPECT_EQ(field("=1+1"), "'=1+1");
  EXPECT_EQ(field("+1"), "'+1");
  EXPECT_EQ(field("-1"), "'-1");
  EXPECT_EQ(field("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(field("=A1,B1"), "\"'=A1,B1\"");
}

TEST(Csv, DisarmsLeadingControlCharacters) {
  EXPECT_EQ(field("\t=1"), "'\t=1");
  EXPECT_EQ(field("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(field("\x7f"), "'\x7f");
  EXPECT_EQ(field("\u0085"), "'\u0085");
}

TEST(Csv, LeavesOtherTextsAlone) {
  EXPECT_EQ(field("a=1"), "a=1");
  EXPECT_EQ(field("Å"), "Å");
  EXPECT_EQ(field("\u00a0"), "\u00a0");
  EXPECT_EQ(field(""), "");
}

TEST(Csv, KeepsNumbersNumbersAndNullEmpty) {
  EXPECT_EQ(field(-3), "-3");
  EXPECT_EQ(field(0.25), "0.25");
  EXPECT_EQ(field(true), "true");
  EXPECT_EQ(field(Json()), "");
}

TEST(Csv, WritesListsAndObjectsAsTheirJson) {
  EXPECT_EQ(field(Json::list({"a", "b"})), "\"[\"\"a\"\",\"\"b\"\"]\"");
  EXPECT_EQ(field(Json::object().add("k1", "red")), "\"{\"\"k1\"\":\"\"red\"\"}\"");
}

}  // namespace
}  // namespace liggare::tools
