// Contract, section 4, report 8, and P13, P17.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

Sent adopted(std::optional<std::int64_t> months, std::optional<std::int64_t> extension_months,
             std::string_view from) {
  PolicyAdopted data;
  data.parameters.months = months;
  data.parameters.extension_months = extension_months;
  return Sent(data).about("policy/ledger").on(from);
}
Sent extended(ExtensionReason reason, std::string_view on, std::string_view participant = "P1") {
  return by(participant, Sent(PlacementExtended{"p1", day("2030-01-01"), reason})).on(on);
}
Sent placed(std::string_view participant, const Text& placement, std::string_view from) {
  return by(participant, placement_started(placement)).on(from);
}
Sent left(std::string_view participant, const Text& placement, std::string_view last_day) {
  return by(participant, placement_ended(placement)).on(last_day);
}

// P1, placed as p1.
Told placed_since(std::string_view from) {
  Told told;
  told.people({"P1"}).given({placed("P1", "p1", from)});
  return told;
}
Asked over_time(const Told& told) { return told.ask("duration"); }
constexpr std::string_view allowed = "months allowedLastDay daysOver extendedInTime";

TEST(DurationReport, ListsAPlacementFromTheFirstDayTooMany) {
  const Told told = placed_since("2023-01-01");
  EXPECT_EQ(over_time(told).as_of("2023-12-31").rows(), "[]");
  EXPECT_EQ(over_time(told).as_of("2024-01-01").rows(), json(R"([
      {"participant": "P1", "placement": "p1", "administration": "U1", "start": "2023-01-01",
       "end": null, "months": 12, "allowedLastDay": "2023-12-31", "daysOver": 1,
       "extendedInTime": false}])"));
  EXPECT_EQ(over_time(told).as_of("2022-12-31").rows(), "[]");
  EXPECT_EQ(over_time(told).as_of("2025-01-01").columns("daysOver"), "[[367]]");
  EXPECT_EQ(over_time(told).findings(), "[]");
}

// "(end or as-of, whichever is earlier)"; P17: "null while running on as-of".
TEST(DurationReport, CountsToTheEndOrToAsOf) {
  Told told = placed_since("2023-01-01");
  told.given({left("P1", "p1", "2024-01-10")});
  EXPECT_EQ(over_time(told).as_of("2024-01-09").columns("end daysOver"), "[[null,9]]");
  EXPECT_EQ(over_time(told).as_of("2024-01-10").columns("daysOver"), "[[10]]");
  EXPECT_EQ(over_time(told).as_of("2024-01-11").columns("end daysOver"),
            json(R"([["2024-01-10", 10]])"));
}

// Not said of this report: P19 has a placement ended "from its last day on".
TEST(DurationReport, ShowsTheEndOnTheLastDay) {
  Told told = placed_since("2023-01-01");
  told.given({left("P1", "p1", "2024-01-10")});
  EXPECT_EQ(over_time(told).as_of("2024-01-10").columns("end"), json(R"([["2024-01-10"]])"));
}

TEST(DurationReport, LeavesOutWhatEndedOnTheLastDayAllowed) {
  Told told = placed_since("2023-01-01");
  told.given({left("P1", "p1", "2023-12-31")});
  EXPECT_EQ(over_time(told).rows(), "[]");
}

TEST(DurationReport, KnowsOnlyWhatWasKnownAt) {
  Told told = placed_since("2023-01-01");
  const std::uint64_t before = told.size();
  told.given({left("P1", "p1", "2023-06-30").as("end")});
  EXPECT_EQ(over_time(told).as_of("2024-01-05").rows(), "[]");
  EXPECT_EQ(over_time(told).as_of("2024-01-05").at(before).columns("end daysOver"), "[[null,5]]");
  told.given({corrected_to("end", left("P1", "p1", "2023-06-30"), "2024-01-02")});
  EXPECT_EQ(over_time(told).as_of("2024-01-05").columns("end daysOver"),
            json(R"([["2024-01-02", 2]])"));
  told.given({voided("end")});
  EXPECT_EQ(over_time(told).as_of("2024-01-05").columns("end daysOver"), "[[null,5]]");
}

// "(start plus that many months, day clamped to the month's end) − 1 day".
TEST(DurationReport, ClampsToTheEndOfTheMonth) {
  const auto allowed_last_day = [](std::string_view start, std::int64_t months) {
    Told told;
    told.given({adopted(months, std::nullopt, "2020-01-01")});
    told.people({"P1"}).given({placed("P1", "p1", start)});
    return over_time(told).columns("allowedLastDay");
  };
  EXPECT_EQ(allowed_last_day("2023-08-31", 6), json(R"([["2024-02-28"]])"));
  EXPECT_EQ(allowed_last_day("2022-08-31", 6), json(R"([["2023-02-27"]])"));
  EXPECT_EQ(allowed_last_day("2024-02-29", 12), json(R"([["2025-02-27"]])"));
  EXPECT_EQ(allowed_last_day("2023-12-31", 6), json(R"([["2024-06-29"]])"));
  EXPECT_EQ(allowed_last_day("2023-12-31", 12), json(R"([["2024-12-30"]])"));
  EXPECT_EQ(allowed_last_day("2024-01-01", 12), json(R"([["2024-12-31"]])"));
  EXPECT_EQ(allowed_last_day("2024-03-01", 12), json(R"([["2025-02-28"]])"));
  EXPECT_EQ(allowed_last_day("2023-03-01", 12), json(R"([["2024-02-29"]])"));
  EXPECT_EQ(allowed_last_day("2023-01-31", 1), json(R"([["2023-02-27"]])"));
  EXPECT_EQ(allowed_last_day("2024-05-01", 0), json(R"([["2024-04-30"]])"));
}

TEST(DurationReport, ClampsOnceWithTheExtension) {
  Told told = placed_since("2022-08-31");
  told.given({extended(ExtensionReason::studies_started, "2023-08-30")});
  EXPECT_EQ(over_time(told).as_of("2024-02-29").columns(allowed),
            json(R"([[18, "2024-02-28", 1, true]])"));
}

// "+ extensionMonths if extended for studies-started/-planned on a day ≤ as-of"; "extendedInTime =
// a studies extension with its day ≤ the last day allowed without extension".
TEST(DurationReport, IsLongerForStudiesAlsoWhenExtendedTooLate) {
  for (const auto reason : {ExtensionReason::studies_started, ExtensionReason::studies_planned}) {
    const auto with_extension_on = [&](std::string_view on) {
      Told told = placed_since("2023-01-01");
      told.given({extended(reason, on)});
      return over_time(told).as_of("2024-07-05").columns(allowed);
    };
    EXPECT_EQ(with_extension_on("2023-01-01"), json(R"([[18, "2024-06-30", 5, true]])"));
    EXPECT_EQ(with_extension_on("2023-12-31"), json(R"([[18, "2024-06-30", 5, true]])"));
    EXPECT_EQ(with_extension_on("2024-01-01"), json(R"([[18, "2024-06-30", 5, false]])"));
    EXPECT_EQ(with_extension_on("2024-07-05"), json(R"([[18, "2024-06-30", 5, false]])"));
    EXPECT_EQ(with_extension_on("2024-07-06"), json(R"([[12, "2023-12-31", 187, false]])"));
  }
}

TEST(DurationReport, HeedsAnExtensionFromItsDay) {
  Told told = placed_since("2023-01-01");
  told.given({extended(ExtensionReason::studies_started, "2024-01-06")});
  EXPECT_EQ(over_time(told).as_of("2024-01-05").columns(allowed),
            json(R"([[12, "2023-12-31", 5, false]])"));
  EXPECT_EQ(over_time(told).as_of("2024-01-06").rows(), "[]");
}

TEST(DurationReport, IsNotLongerForOtherReasons) {
  Told told = placed_since("2023-01-01");
  told.given({extended(ExtensionReason::other, "2023-06-01").as("x")});
  EXPECT_EQ(over_time(told).as_of("2024-01-01").columns(allowed),
            json(R"([[12, "2023-12-31", 1, false]])"));
  // In time for another reason and too late for studies is too late.
  told.given({extended(ExtensionReason::studies_started, "2024-03-01").as("s")});
  EXPECT_EQ(over_time(told).as_of("2024-07-01").columns(allowed),
            json(R"([[18, "2024-06-30", 1, false]])"));
  told.given({corrected("x", extended(ExtensionReason::studies_planned, "2023-06-01"))});
  EXPECT_EQ(over_time(told).as_of("2024-07-01").columns(allowed),
            json(R"([[18, "2024-06-30", 1, true]])"));
  told.given({voided("x"), voided("s")});
  EXPECT_EQ(over_time(told).as_of("2024-07-01").columns(allowed),
            json(R"([[12, "2023-12-31", 183, false]])"));
}

TEST(DurationReport, IsExtendedOnceHoweverOften) {
  Told told = placed_since("2023-01-01");
  told.given({extended(ExtensionReason::studies_started, "2024-02-01"),
              extended(ExtensionReason::studies_planned, "2023-06-01")});
  EXPECT_EQ(over_time(told).as_of("2024-07-01").columns(allowed),
            json(R"([[18, "2024-06-30", 1, true]])"));
}

// "policy as in force on the start day"; P13: "a later policy changes only what it names".
TEST(DurationReport, GoesByThePolicyOnTheStartDay) {
  Told told;
  told.given({adopted(6, std::nullopt, "2023-06-01"), adopted(std::nullopt, 2, "2023-06-10"),
              adopted(24, 24, "2023-09-01")});
  told.people({"P1", "P2", "P3"})
      .given({placed("P1", "p1", "2023-05-31"), placed("P2", "p1", "2023-06-01"),
              placed("P3", "p1", "2023-06-10"),
              extended(ExtensionReason::studies_started, "2023-10-01", "P1"),
              extended(ExtensionReason::studies_started, "2023-10-01", "P2"),
              extended(ExtensionReason::studies_started, "2023-10-01", "P3")});
  EXPECT_EQ(
      over_time(told).as_of("2025-01-01").columns("participant months allowedLastDay"),
      json(R"([["P3", 8, "2024-02-09"], ["P2", 12, "2024-05-31"], ["P1", 18, "2024-11-29"]])"));
}

TEST(DurationReport, KnowsThePoliciesKnownAt) {
  Told told = placed_since("2023-01-01");
  const std::uint64_t before = told.size();
  told.given({adopted(6, std::nullopt, "2022-12-31")});
  EXPECT_EQ(over_time(told).as_of("2023-07-02").columns(allowed),
            json(R"([[6, "2023-06-30", 2, false]])"));
  EXPECT_EQ(over_time(told).as_of("2023-07-02").at(before).rows(), "[]");
}

// P13: a place's administration "as known at `at`, all effective days".
TEST(DurationReport, ShowsTheAdministrationOfThePlaceAsKnownAt) {
  Told told = placed_since("2023-01-01");
  const std::uint64_t before = told.size();
  PlaceOffered moved;
  moved.administration = "U2";
  told.given({corrected_to("t-PL1", Sent(moved).about("place/PL1"), "2025-06-01")});
  const Asked asked = over_time(told).as_of("2024-02-01");
  EXPECT_EQ(asked.columns("administration"), json(R"([["U2"]])"));
  EXPECT_EQ(asked.at(before).columns("administration"), json(R"([["U1"]])"));
}

// "sorted by daysOver descending, participant, placement", by bytes (P14).
TEST(DurationReport, ListsTheLongestOverFirst) {
  Told told;
  told.people({"P2", "P10", "p1"})
      .given({placed("P2", "p2", "2023-01-02"), placed("P2", "p10", "2023-01-02"),
              placed("p1", "p1", "2023-01-02"), placed("P10", "p1", "2023-01-02"),
              placed("P2", "p1", "2023-01-01"), placed("P10", "p0", "2022-06-01"),
              left("P10", "p0", "2023-06-01")});
  EXPECT_EQ(over_time(told).as_of("2024-01-05").columns("participant placement daysOver"), json(R"([
      ["P2", "p1", 5], ["P10", "p1", 4], ["P2", "p10", 4], ["P2", "p2", 4], ["p1", "p1", 4],
      ["P10", "p0", 1]])"));
}

// "on a day ≤ as-of", in time or not: a day recorded afterwards counts as the day it is true from.
TEST(DurationReport, GoesByTheDayOfTheExtensionNotItsRecording) {
  Told told = placed_since("2023-01-01");
  told.given(
      {extended(ExtensionReason::studies_started, "2024-03-01").as("x"),
       corrected_to("x", extended(ExtensionReason::studies_started, "2024-03-01"), "2023-12-31")});
  EXPECT_EQ(over_time(told).as_of("2024-07-01").columns(allowed),
            json(R"([[18, "2024-06-30", 1, true]])"));
}

TEST(DurationReport, FollowsACorrectedStart) {
  Told told;
  told.people({"P1"}).given({placed("P1", "p1", "2023-01-01").as("s"),
                             corrected_to("s", placed("P1", "p1", "2023-01-01"), "2023-03-01")});
  EXPECT_EQ(over_time(told).as_of("2024-03-01").columns("start allowedLastDay daysOver"),
            json(R"([["2023-03-01", "2024-02-29", 1]])"));
  told.given({voided("s")});
  EXPECT_EQ(over_time(told).rows(), "[]");
}

}  // namespace
}  // namespace liggare::projections
