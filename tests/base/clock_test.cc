// Instants: how RFC 3339 is read, the ledger day of an instant, and its text.
#include "base/clock.h"

#include <gtest/gtest.h>

namespace liggare {
namespace {

// The instant in the ledger's own form, or "refused".
std::string read(std::string_view text) {
  const auto written = parse_rfc3339(text);
  return written ? written->instant.text() : "refused";
}

std::string ledger_day(std::string_view text) {
  const auto written = parse_rfc3339(text);
  return written ? written->instant.ledger_day().text() : "refused";
}

TEST(Rfc3339, ReadsUtc) {
  EXPECT_EQ(read("2026-11-22T08:15:00Z"), "2026-11-22T08:15:00.000000Z");
  EXPECT_EQ(read("2026-11-22t08:15:00z"), "2026-11-22T08:15:00.000000Z");
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:01Z")->instant.microseconds, 1'000'000);
}

TEST(Rfc3339, TakesTheOffsetOff) {
  EXPECT_EQ(read("2026-11-22T00:30:00+01:00"), "2026-11-21T23:30:00.000000Z");
  EXPECT_EQ(read("2026-12-31T20:00:00-05:30"), "2027-01-01T01:30:00.000000Z");
  EXPECT_EQ(read("2026-11-22T08:15:00-00:00"), "2026-11-22T08:15:00.000000Z");
  EXPECT_EQ(read("2026-11-22T23:59:00+23:59"), "2026-11-22T00:00:00.000000Z");
}

TEST(Rfc3339, KeepsTheDateThatIsWritten) {
  EXPECT_EQ(parse_rfc3339("2026-11-22T00:30:00+01:00")->date.text(), "2026-11-22");
  EXPECT_EQ(parse_rfc3339("2026-11-21T23:30:00Z")->date.text(), "2026-11-21");
}

TEST(Rfc3339, ReadsFractionsAndCutsThemAtMicroseconds) {
  EXPECT_EQ(read("2026-11-22T08:15:00.5Z"), "2026-11-22T08:15:00.500000Z");
  EXPECT_EQ(read("2026-11-22T08:15:00.000001Z"), "2026-11-22T08:15:00.000001Z");
  EXPECT_EQ(read("2026-11-22T08:15:00.9999999999Z"), "2026-11-22T08:15:00.999999Z");
  EXPECT_EQ(read("1969-12-31T23:59:59.25Z"), "1969-12-31T23:59:59.250000Z");
}

TEST(Rfc3339, TakesALeapSecondAtTheEndOfAUtcDayOnly) {
  EXPECT_EQ(read("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00.000000Z");
  EXPECT_EQ(read("1990-12-31T15:59:60-08:00"), "1991-01-01T00:00:00.000000Z");
  EXPECT_EQ(read("2017-01-01T00:59:60+01:00"), "2017-01-01T00:00:00.000000Z");
  EXPECT_EQ(read("2016-12-31T22:59:60Z"), "refused");
  EXPECT_EQ(read("2016-12-31T23:59:60+01:00"), "refused");
  EXPECT_EQ(read("2016-12-31T23:59:61Z"), "refused");
}

TEST(Rfc3339, RefusesTimesThatAreNone) {
  for (const char* text :
       {"2026-11-22T24:00:00Z", "2026-11-22T08:60:00Z", "2026-02-29T08:15:00Z",
        "0000-01-01T00:00:00Z", "2026-11-22T08:15:00+24:00", "2026-11-22T08:15:00+01:60"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

TEST(Rfc3339, RefusesOtherSpellings) {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T08:15Z", "2026-11-22T08:15:00", "2026-11-22 08:15:00Z",
        "2026-11-22T8:15:00Z", "2026-11-22T08:15:00.Z", "2026-11-22T08:15:00,5Z",
        "2026-11-22T08:15:00+0100", "2026-11-22T08:15:00+01", "2026-11-22T08:15:00Z ",
        "2026-11-22T08:15:00ZZ", "2026-11-22T08:15:0aZ", "2026-11-22T08:15:00\u221201:00"}) {
    EXPECT_EQ(read(text), "refused") << text;
  }
}

TEST(Instant, BelongsToTheNextLedgerDayFromTenInTheEveningUtc) {
  EXPECT_EQ(ledger_day("2026-11-21T21:59:59.999999Z"), "2026-11-21");
  EXPECT_EQ(ledger_day("2026-11-21T22:00:00Z"), "2026-11-22");
  EXPECT_EQ(ledger_day("2026-12-31T22:00:00Z"), "2027-01-01");
}

TEST(Instant, HasALedgerDayBeforeTheEpochToo) {
  EXPECT_EQ(ledger_day("1969-12-31T21:59:59.999999Z"), "1969-12-31");
  EXPECT_EQ(ledger_day("1969-12-31T22:00:00Z"), "1970-01-01");
}

TEST(Instant, IsWrittenWithSixDecimalsInUtc) {
  EXPECT_EQ(Instant{0}.text(), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(Instant{1}.text(), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(Instant{-1}.text(), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(Instant{1'795'335'305'000'042}.text(), "2026-11-22T08:15:05.000042Z");
}

TEST(SystemClock, IsAtLeastAsLateAsThisTest) {
  EXPECT_GT(SystemClock().now(), parse_rfc3339("2024-01-01T00:00:00Z")->instant);
}

}  // namespace
}  // namespace liggare
