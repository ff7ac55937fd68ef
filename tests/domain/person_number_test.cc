#include "domain/person_number.h"

#include <gtest/gtest.h>

#include <string>

namespace liggare::domain {
namespace {

TEST(PersonNumber, IsFoundWithTenAndTwelveDigits) {
  for (const char* text : {"8501012382", "198501012382", "850101-2382", "850101+2382",
                           "19850101-2382", "19850101+2382"}) {
    EXPECT_TRUE(contains_person_number(text)) << text;
  }
}

TEST(PersonNumber, IsFoundAmongOtherCharacters) {
  for (const char* text : {"x8501012382", "8501012382x", "P-850101-2382-1", "a.198501012382.b",
                           "12 8501012382", "/amc/8501012382", "1-8501012382", "850101-850101-2382",
                           "8501012382-8501012382", "å8501012382ö"}) {
    EXPECT_TRUE(contains_person_number(text)) << text;
  }
}

// Contract P3: maximal runs of digits.
TEST(PersonNumber, IsNotFoundInsideALongerOrOtherwiseBrokenRun) {
  for (const char* text :
       {"1985010123820", "98501012382", "85010123820", "85010-12384", "85010-12382", "850101--2382",
        "850101-+2382", "850101-23820", "850101-238", "1850101-2382", "850101 2382", "850101_2382",
        "850101/2382", "8501-012382", "198501-012382",
        "850101-2382"
        "0",
        "20198501012382"}) {
    EXPECT_FALSE(contains_person_number(text)) << text;
  }
}

TEST(PersonNumber, NeedsItsCheckDigit) {
  EXPECT_FALSE(contains_person_number("8501012384"));
  EXPECT_FALSE(contains_person_number("198501012381"));
  EXPECT_FALSE(contains_person_number("19850101-2383"));
}

// The check digit is right in each of these.
TEST(PersonNumber, NeedsADate) {
  EXPECT_FALSE(contains_person_number("850132-2385"));
  EXPECT_FALSE(contains_person_number("8502302386"));
  EXPECT_FALSE(contains_person_number("8501602380"));   // Day 0 of a coordination number.
  EXPECT_FALSE(contains_person_number("850192-2382"));  // Day 32 of one.
  EXPECT_FALSE(contains_person_number("190002292381"));
}

TEST(PersonNumber, MayBeACoordinationNumber) {
  EXPECT_TRUE(contains_person_number("850161-2389"));
  EXPECT_TRUE(contains_person_number("198501612389"));
  EXPECT_TRUE(contains_person_number("850191-2383"));  // Day 31 of one.
}

TEST(PersonNumber, HasAYearFrom1890To2029) {
  EXPECT_TRUE(contains_person_number("189001012385"));
  EXPECT_TRUE(contains_person_number("202901012381"));
  EXPECT_FALSE(contains_person_number("188901012388"));
  EXPECT_FALSE(contains_person_number("188501012382"));
  EXPECT_FALSE(contains_person_number("203001012388"));
  EXPECT_FALSE(contains_person_number("203501012383"));
}

TEST(PersonNumber, WithAShortYearIsReadInEitherCentury) {
  EXPECT_TRUE(contains_person_number("0002292381"));  // 29 February 2000, not 1900.
  EXPECT_TRUE(contains_person_number("8901012388"));  // 1989, though not 1889.
  EXPECT_TRUE(contains_person_number("3001012388"));  // 1930, though not 2030.
}

TEST(PersonNumber, IsNotSeenInOtherTexts) {
  for (const char* text : {"", "8", "-", "+46701740605", "00000000000000000000", "2024-01-01"}) {
    EXPECT_FALSE(contains_person_number(text)) << text;
  }
}

TEST(PersonalIdentityNumber, HasTwelveDigitsADateAndACheckDigit) {
  EXPECT_TRUE(is_personal_identity_number("198501012382"));
  for (const char* text : {"8501012382", "19850101-2382", "198501012381", "198501322385",
                           "198501612389", "1985010123820", "19850101238x", ""}) {
    EXPECT_FALSE(is_personal_identity_number(text)) << text;
  }
}

TEST(CoordinationNumber, HasSixtyAddedToItsDay) {
  EXPECT_TRUE(is_coordination_number("198501612389"));
  for (const char* text : {"198501012382", "198501602380", "8501612389", "198501612388", ""}) {
    EXPECT_FALSE(is_coordination_number(text)) << text;
  }
}

TEST(PersonNumber, IsTakenOutOfATextWhereverItStands) {
  EXPECT_EQ(without_person_numbers("8501012382"), "[…]");
  EXPECT_EQ(without_person_numbers("P-850101-2382-1 and 19850161-2389."), "P-[…]-1 and […].");
  EXPECT_EQ(without_person_numbers("8501012382-198501012382å"), "[…]-[…]å");
  for (const char* text : {"", "8501012384", "19850101238200", "nothing", "12345678901"}) {
    EXPECT_EQ(without_person_numbers(text), text);
  }
}

std::string digits(std::string_view text, std::string_view today = "2026-11-29") {
  return twelve_digits(text, *Day::parse(today)).value_or("none");
}

TEST(TwelveDigits, AreReadFromEveryFormInUse) {
  for (const char* text : {"198501012382", "19850101-2382", "19850101+2382", "850101-2382"}) {
    EXPECT_EQ(digits(text), "198501012382") << text;
  }
  for (const char* text : {"198501612389", "19850161-2389", "850161-2389"}) {
    EXPECT_EQ(digits(text), "198501612389") << text;
  }
}

TEST(TwelveDigits, AreReadFromNothingElse) {
  for (const char* text : {"",
                           "8501012382",
                           "8501-012382",
                           "1985-0101-2382",
                           "1985-01-01-2382",
                           "198501-012382",
                           "-198501012382",
                           "+198501012382",
                           "-850101-2382",
                           "198501012382-",
                           "850101-2382x",
                           "x850101-2382",
                           " 850101-2382",
                           "850101-2382 ",
                           "850101-2382\n",
                           "850101 2382",
                           "850101--2382",
                           "850101-+2382",
                           "850101+-2382",
                           "850101_2382",
                           "19850101--2382",
                           "1985010-12382",
                           "5010-2382",
                           "850101-238",
                           "850101-23820",
                           "19850101-23820",
                           "0198501012382",
                           "850101-2382850101-2382",
                           "\xEF\xBB\xBF"
                           "850101-2382",
                           "85\xC2\xAD"
                           "0101-2382",
                           "850101\xE2\x80\x93"
                           "2382"}) {
    EXPECT_EQ(digits(text), "none") << text;
  }
  EXPECT_EQ(digits(std::string_view("850101-2382\0", 12)), "none");
}

TEST(TwelveDigits, NeedADateAndACheckDigit) {
  for (const char* text : {"850101-2383", "19850101-2383", "198501012383", "850132-2385",
                           "19000229-2381", "850160-2380", "850192-2382"}) {
    EXPECT_EQ(digits(text), "none") << text;
  }
}

// + stands from the year of the hundredth birthday.
TEST(TwelveDigits, TakeTheirCenturyFromTheMark) {
  EXPECT_EQ(digits("000229-2381"), "200002292381");
  EXPECT_EQ(digits("850101+2382"), "188501012382");
  EXPECT_EQ(digits("261130-2387", "2025-12-31"), "192611302387");
  EXPECT_EQ(digits("261130-2387", "2026-01-01"), "202611302387");
  EXPECT_EQ(digits("261130+2387", "2026-01-01"), "192611302387");
  EXPECT_EQ(digits("271130-2386", "2026-11-29"), "192711302386");
}

}  // namespace
}  // namespace liggare::domain
