#include "access/review_share.h"

#include <gmock/gmock.h>

namespace liggare::access {
namespace {

using testing::Contains;

TEST(ReviewShare, IsADecimalOfAtMostFourPlacesBetweenNoneAndAll) {
  EXPECT_EQ(parse_share("0"), 0);
  EXPECT_EQ(parse_share("1"), whole_share);
  EXPECT_EQ(parse_share("0.5"), 5'000);
  EXPECT_EQ(parse_share("0.05"), 500);
  EXPECT_EQ(parse_share("0.0001"), 1);
  EXPECT_EQ(parse_share("0.9999"), 9'999);
  EXPECT_EQ(parse_share("1.0000"), whole_share);
}

TEST(ReviewShare, IsNothingElse) {
  for (const char* text : {"", "2", "-1", ".5", "/", "0,5", "05", "0.", "0.00001", "1.0001", "0.5 ",
                           "0.a", "0./", "0.5%", "1.1"}) {
    EXPECT_EQ(parse_share(text), std::nullopt) << text;
  }
}

TEST(ReviewShare, StandsAmongTheRulesOfTheDraw) {
  for (const std::int64_t share :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{500}, whole_share}) {
    const auto rules = review_rules(share);
    EXPECT_GT(rules.size(), 1U);
    EXPECT_EQ(share_in(rules), share);
  }
  EXPECT_THAT(review_rules(500), Contains("sample-0.0500"));
}

TEST(ReviewShare, IsNoneWhereNoRuleNamesOne) {
  EXPECT_EQ(share_in({}), 0);
  EXPECT_EQ(share_in({"night", "sampling-0.5", "sample-", "sample-all"}), 0);
  EXPECT_EQ(share_in({"night", "sample-all", "sample-0.25"}), 2'500);
}

}  // namespace
}  // namespace liggare::access
