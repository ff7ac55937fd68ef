// Calendar days: what is a day, how it is written, and how months are counted.
#include "base/day.h"

#include <gtest/gtest.h>

namespace liggare {
namespace {

Day day(const char* text) {
  const auto parsed = Day::parse(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Day::first());
}

bool is_day(std::string_view text) { return Day::parse(text).has_value(); }

TEST(Day, ReadsAndWritesTheSameText) {
  for (const char* text : {"0001-01-01", "1969-12-31", "2019-02-28", "2020-02-29", "9999-12-31"}) {
    EXPECT_EQ(day(text).text(), text);
  }
}

TEST(Day, CountsFromTheEpoch) {
  EXPECT_EQ(day("1970-01-01").number(), 0);
  EXPECT_EQ(day("1969-12-31").number(), -1);
  EXPECT_EQ(day("2000-03-01").number(), 11017);
  EXPECT_EQ(Day::from_number(11017), day("2000-03-01"));
}

TEST(Day, GivesItsYearMonthAndDay) {
  EXPECT_EQ(day("2019-06-12").year(), 2019);
  EXPECT_EQ(day("2019-06-12").month(), 6);
  EXPECT_EQ(day("2019-06-12").day(), 12);
}

TEST(Day, KnowsLeapYears) {
  EXPECT_TRUE(is_day("2020-02-29"));
  EXPECT_TRUE(is_day("2000-02-29"));
  EXPECT_FALSE(is_day("2019-02-29"));
  EXPECT_FALSE(is_day("1900-02-29"));
}

TEST(Day, RefusesWhatIsNoDay) {
  for (const char* text : {"0000-01-01", "2019-00-10", "2019-13-01", "2019-01-00", "2019-01-32",
                           "2019-04-31", "10000-01-01"}) {
    EXPECT_FALSE(is_day(text)) << text;
  }
}

TEST(Day, RefusesOtherSpellings) {
  for (const char* text :
       {"", "2019", "2019-1-01", "2019/01/01", "20190101", "2019-01-01 ", " 2019-01-01",
        "-019-01-01", "+019-01-01", "2019-01-1a", "2019-01-01T"}) {
    EXPECT_FALSE(is_day(text)) << text;
  }
}

TEST(Day, RefusesYearsOutsideItsCalendar) {
  EXPECT_FALSE(Day::from_date(0, 12, 31).has_value());
  EXPECT_FALSE(Day::from_date(10000, 1, 1).has_value());
  EXPECT_EQ(Day::from_date(1, 1, 1), Day::first());
  EXPECT_EQ(Day::from_date(9999, 12, 31), Day::last());
}

TEST(Day, ClampsToTheEndOfAShorterMonth) {
  EXPECT_EQ(day("2019-01-31").plus_months(1), day("2019-02-28"));
  EXPECT_EQ(day("2020-01-31").plus_months(1), day("2020-02-29"));
  EXPECT_EQ(day("2019-08-31").plus_months(6), day("2020-02-29"));
  EXPECT_EQ(day("2020-02-29").plus_months(12), day("2021-02-28"));
}

TEST(Day, KeepsTheDayOfTheMonthWhereItCan) {
  EXPECT_EQ(day("2019-02-28").plus_months(1), day("2019-03-28"));
  EXPECT_EQ(day("2018-12-15").plus_months(1), day("2019-01-15"));
  EXPECT_EQ(day("2019-03-31").plus_months(-1), day("2019-02-28"));
  EXPECT_EQ(day("2019-03-31").plus_months(0), day("2019-03-31"));
}

TEST(Day, AddsAndSubtractsDaysOverMonthsAndLeapDays) {
  EXPECT_EQ(day("2020-02-28").plus_days(2), day("2020-03-01"));
  EXPECT_EQ(day("2019-01-01").plus_days(-1), day("2018-12-31"));
  EXPECT_EQ(day("2021-01-01").days_since(day("2020-01-01")), 366);
  EXPECT_EQ(day("2020-01-01").days_since(day("2020-01-02")), -1);
}

TEST(Day, IsOrderedByTime) {
  EXPECT_LT(day("2019-12-31"), day("2020-01-01"));
  EXPECT_LT(Day::first(), day("1969-12-31"));
}

}  // namespace
}  // namespace liggare
