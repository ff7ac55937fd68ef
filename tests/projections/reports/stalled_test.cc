// Contract, section 4, report 6, and P13, P17.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

Sent assessed(const Text& criterion, Colour colour, std::string_view on) {
  return criterion_assessed(criterion, colour).on(on);
}
Sent stall_days(std::int64_t days, std::string_view from) {
  PolicyAdopted data;
  data.parameters.stall_days = days;
  return Sent(data).about("policy/ledger").on(from);
}

// P1, enrolled as e1 at U1.
Told enrolled_since(std::string_view from) {
  Told told;
  told.people({"P1"}).given({enrolled("P1", "e1", from)});
  return told;
}
// All that is active and not paused.
Asked all_of(const Told& told) { return told.ask("stalled", {{"days", "0"}}); }
// The last movement of e1, started on 2024-01-01.
std::string last_movement_after(std::initializer_list<Sent> events) {
  Told told = enrolled_since("2024-01-01");
  told.given(events);
  return all_of(told).as_of("2024-06-01").columns("lastMovement");
}

// "with days ≥ N (default policy stallDays)", which is 90.
TEST(StalledReport, ListsEnrolmentsWithoutMovementForExactlyNinetyDays) {
  const Told told = enrolled_since("2024-01-01");
  EXPECT_EQ(told.ask("stalled").as_of("2024-03-30").rows(), "[]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-03-31").rows(), json(R"([
      {"participant": "P1", "enrolment": "e1", "unit": "U1", "lastMovement": "2024-01-01",
       "days": 90}])"));
  EXPECT_EQ(told.ask("stalled").as_of("2024-03-31").findings(), "[]");
}

TEST(StalledReport, CountsOverTheYearsEndAndTheLeapDay) {
  const Told told = enrolled_since("2023-12-31");
  EXPECT_EQ(all_of(told).as_of("2024-03-01").columns("days"), "[[61]]");
}

TEST(StalledReport, TakesTheDaysAskedFor) {
  const Told told = enrolled_since("2024-01-01");
  EXPECT_EQ(told.ask("stalled", {{"days", "10"}}).as_of("2024-01-10").rows(), "[]");
  EXPECT_EQ(told.ask("stalled", {{"days", "10"}}).as_of("2024-01-11").columns("days"), "[[10]]");
  EXPECT_EQ(all_of(told).as_of("2024-01-01").columns("days"), "[[0]]");
  EXPECT_EQ(all_of(told).as_of("2023-12-31").rows(), "[]");
}

// P13: "stallDays … as in force on as-of"; "a later policy changes only what it names".
TEST(StalledReport, TakesItsDefaultFromThePolicyInForceOnAsOf) {
  Told told = enrolled_since("2024-01-01");
  told.given({stall_days(30, "2024-02-10"), policy_adopted().on("2024-02-12"),
              stall_days(200, "2024-02-20")});
  EXPECT_EQ(told.ask("stalled").as_of("2024-02-09").rows(), "[]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-02-10").columns("days"), "[[40]]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-02-15").columns("days"), "[[45]]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-02-20").rows(), "[]");
  EXPECT_EQ(told.ask("stalled", {{"days", "50"}}).as_of("2024-02-20").columns("days"), "[[50]]");
}

TEST(StalledReport, TakesThePolicyKnownAt) {
  Told told = enrolled_since("2024-01-01");
  const std::uint64_t before = told.size();
  told.given({stall_days(30, "2024-01-15")});
  EXPECT_EQ(told.ask("stalled").as_of("2024-02-15").columns("days"), "[[45]]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-02-15").at(before).rows(), "[]");
}

TEST(StalledReport, SeesMovementInAHigherColour) {
  // P17: "a first yellow is movement and a first red is not".
  EXPECT_EQ(last_movement_after({}), json(R"([["2024-01-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::red, "2024-02-01")}),
            json(R"([["2024-01-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::yellow, "2024-02-01")}),
            json(R"([["2024-02-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-02-01")}),
            json(R"([["2024-02-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::red, "2024-02-01"),
                                 assessed("c1", Colour::yellow, "2024-02-02")}),
            json(R"([["2024-02-02"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::yellow, "2024-02-01"),
                                 assessed("c1", Colour::green, "2024-02-02")}),
            json(R"([["2024-02-02"]])"));
}

TEST(StalledReport, SeesNoneInTheSameColourOrALowerOne) {
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-02-01"),
                                 assessed("c1", Colour::yellow, "2024-02-02"),
                                 assessed("c1", Colour::red, "2024-02-03")}),
            json(R"([["2024-02-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::yellow, "2024-02-01"),
                                 assessed("c1", Colour::yellow, "2024-02-02")}),
            json(R"([["2024-02-01"]])"));
  // Higher than the one before it is enough, though not as high as once.
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-02-01"),
                                 assessed("c1", Colour::red, "2024-02-02"),
                                 assessed("c1", Colour::yellow, "2024-02-03")}),
            json(R"([["2024-02-03"]])"));
}

TEST(StalledReport, ComparesEachCriterionWithItself) {
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-02-01"),
                                 assessed("c2", Colour::yellow, "2024-02-02")}),
            json(R"([["2024-02-02"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::red, "2024-02-01"),
                                 assessed("c2", Colour::green, "2024-02-02"),
                                 assessed("c2", Colour::yellow, "2024-02-03")}),
            json(R"([["2024-02-02"]])"));
}

// P17: "movement on any ladder counts"; the same id on two ladders is two criteria.
TEST(StalledReport, SeesMovementOnAnyLadder) {
  EXPECT_EQ(
      last_movement_after(
          {ladder_published(1, {{{"c1"}}}).about("ladder/M").on("2020-01-01"),
           assessed("c1", Colour::green, "2024-02-01"),
           Sent(CriterionAssessed{"M", "c1", Colour::yellow, std::nullopt}).on("2024-02-02")}),
      json(R"([["2024-02-02"]])"));
}

TEST(StalledReport, SeesMovementInACompletedStep) {
  EXPECT_EQ(last_movement_after(
                {assessed("c1", Colour::green, "2024-02-01"), step_completed(1).on("2024-03-01")}),
            json(R"([["2024-03-01"]])"));
  EXPECT_EQ(
      last_movement_after({assessed("c1", Colour::green, "2024-02-01"),
                           step_completed(1).on("2024-03-01"), step_reopened(1).on("2024-04-01")}),
      json(R"([["2024-03-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-02-01"),
                                 step_completed(1).on("2024-03-01").as("done"), voided("done")}),
            json(R"([["2024-02-01"]])"));
}

TEST(StalledReport, JudgesMovementInTheOrderOfTheTimeline) {
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-03-01"),
                                 assessed("c1", Colour::yellow, "2024-02-01")}),
            json(R"([["2024-03-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-03-01"),
                                 assessed("c1", Colour::green, "2024-02-15")}),
            json(R"([["2024-02-15"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::yellow, "2024-02-01"),
                                 assessed("c1", Colour::red, "2024-03-01"),
                                 assessed("c1", Colour::yellow, "2024-03-01")}),
            json(R"([["2024-03-01"]])"));
}

TEST(StalledReport, FollowsCorrectionsAndVoids) {
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::red, "2024-02-01").as("a"),
                                 assessed("c1", Colour::yellow, "2024-03-01"),
                                 corrected("a", assessed("c1", Colour::green, "2024-02-01"))}),
            json(R"([["2024-02-01"]])"));
  EXPECT_EQ(last_movement_after({assessed("c1", Colour::green, "2024-02-01").as("a"),
                                 assessed("c1", Colour::yellow, "2024-03-01"), voided("a")}),
            json(R"([["2024-03-01"]])"));
  EXPECT_EQ(last_movement_after(
                {assessed("c1", Colour::green, "2024-02-01").as("a"),
                 corrected_to("a", assessed("c1", Colour::green, "2024-02-01"), "2024-05-01")}),
            json(R"([["2024-05-01"]])"));
}

TEST(StalledReport, TakesTheStartWhereMovementLiesBeforeIt) {
  Told told;
  told.people({"P1"}).given({assessed("c1", Colour::green, "2024-01-20"),
                             enrolled("P1", "e1", "2024-02-01"),
                             enrolled("P1", "e2", "2024-01-01")});
  EXPECT_EQ(all_of(told).as_of("2024-02-10").columns("enrolment lastMovement days"),
            json(R"([["e2", "2024-01-20", 21], ["e1", "2024-02-01", 9]])"));
}

TEST(StalledReport, SeesOnlyMovementUntilAsOfThatWasKnownAt) {
  Told told = enrolled_since("2024-01-01");
  told.given({assessed("c1", Colour::yellow, "2024-02-01")});
  const std::uint64_t before = told.size();
  told.given({assessed("c2", Colour::yellow, "2024-02-10")});
  EXPECT_EQ(all_of(told).as_of("2024-01-31").columns("lastMovement"), json(R"([["2024-01-01"]])"));
  EXPECT_EQ(all_of(told).as_of("2024-02-01").columns("lastMovement days"),
            json(R"([["2024-02-01", 0]])"));
  EXPECT_EQ(all_of(told).as_of("2024-03-01").columns("lastMovement"), json(R"([["2024-02-10"]])"));
  EXPECT_EQ(all_of(told).as_of("2024-03-01").at(before).columns("lastMovement"),
            json(R"([["2024-02-01"]])"));
}

TEST(StalledReport, KeepsOtherPeoplesMovementApart) {
  Told told = enrolled_since("2024-01-01");
  told.people({"P2"}).given({enrolled("P2", "e1", "2024-01-01"),
                             by("P2", criterion_assessed("c1", Colour::yellow)).on("2024-02-01")});
  EXPECT_EQ(all_of(told).as_of("2024-03-01").columns("participant lastMovement"),
            json(R"([["P1", "2024-01-01"], ["P2", "2024-02-01"]])"));
}

// "− paused days in (lastMovement, as-of]; a day d is paused if pause ≤ d < resume".
TEST(StalledReport, TakesOffThePausedDays) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-01-11"), enrolment_resumed("e1").on("2024-01-21"),
              enrolment_paused("e1").on("2024-03-01"), enrolment_resumed("e1").on("2024-03-02")});
  EXPECT_EQ(all_of(told).as_of("2024-01-10").columns("days"), "[[9]]");
  EXPECT_EQ(all_of(told).as_of("2024-01-21").columns("days"), "[[10]]");
  EXPECT_EQ(all_of(told).as_of("2024-04-20").columns("days"), "[[99]]");  // 110 − 10 − 1
}

TEST(StalledReport, TakesOffNothingForAPauseOfNoDay) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-01-11"), enrolment_resumed("e1").on("2024-01-11")});
  EXPECT_EQ(all_of(told).as_of("2024-01-11").columns("days"), "[[10]]");
}

TEST(StalledReport, TakesOffOnlyThePausedDaysAfterTheMovement) {
  const auto days_with_movement_on = [](std::string_view on) {
    Told told = enrolled_since("2024-01-01");
    told.given({enrolment_paused("e1").on("2024-01-11"), enrolment_resumed("e1").on("2024-01-21"),
                assessed("c1", Colour::yellow, on)});
    return all_of(told).as_of("2024-01-31").columns("lastMovement days");
  };
  EXPECT_EQ(days_with_movement_on("2024-01-10"), json(R"([["2024-01-10", 11]])"));  // 21 − 10
  EXPECT_EQ(days_with_movement_on("2024-01-11"), json(R"([["2024-01-11", 11]])"));  // 20 − 9
  EXPECT_EQ(days_with_movement_on("2024-01-15"), json(R"([["2024-01-15", 11]])"));  // 16 − 5
  EXPECT_EQ(days_with_movement_on("2024-01-20"), json(R"([["2024-01-20", 11]])"));  // 11 − 0
  EXPECT_EQ(days_with_movement_on("2024-01-21"), json(R"([["2024-01-21", 10]])"));
}

TEST(StalledReport, TakesOffAPauseFromTheFirstDayOn) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-01-01"), enrolment_resumed("e1").on("2024-01-11")});
  EXPECT_EQ(all_of(told).as_of("2024-01-31").columns("days"), "[[21]]");  // 30 − 9
}

TEST(StalledReport, ReachesTheDefaultLaterForPausedDays) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-02-01"), enrolment_resumed("e1").on("2024-02-06")});
  EXPECT_EQ(told.ask("stalled").as_of("2024-04-04").rows(), "[]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-04-05").columns("days"), "[[90]]");
}

TEST(StalledReport, LeavesOutPausedEnrolments) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-05-01"), enrolment_resumed("e1").on("2024-05-11")});
  EXPECT_EQ(told.ask("stalled").as_of("2024-04-30").columns("enrolment"), json(R"([["e1"]])"));
  EXPECT_EQ(told.ask("stalled").as_of("2024-05-01").rows(), "[]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-05-10").rows(), "[]");
  EXPECT_EQ(told.ask("stalled").as_of("2024-05-11").columns("enrolment"), json(R"([["e1"]])"));
}

TEST(StalledReport, ListsAnEnrolmentUntilItsLastDay) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_ended("e1").on("2024-05-01")});
  EXPECT_EQ(told.ask("stalled").as_of("2024-05-01").columns("enrolment"), json(R"([["e1"]])"));
  EXPECT_EQ(told.ask("stalled").as_of("2024-05-02").rows(), "[]");
}

TEST(StalledReport, ShowsAndAsksForTheUnitAfterTransfers) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_transferred("e1", "U2").on("2024-05-01")});
  EXPECT_EQ(told.ask("stalled").as_of("2024-04-30").columns("unit"), json(R"([["U1"]])"));
  EXPECT_EQ(told.ask("stalled").as_of("2024-05-01").columns("unit lastMovement"),
            json(R"([["U2", "2024-01-01"]])"));
  const auto at = [&](const Text& unit, std::string_view as_of) {
    return told.ask("stalled", {{"unit", unit}}).as_of(as_of).columns("enrolment");
  };
  EXPECT_EQ(at("U1", "2024-04-30"), json(R"([["e1"]])"));
  EXPECT_EQ(at("U1", "2024-05-01"), "[]");
  EXPECT_EQ(at("U2", "2024-05-01"), json(R"([["e1"]])"));
}

// "sorted by days descending then participant, enrolment", by bytes (P14).
TEST(StalledReport, ListsTheLongestFirst) {
  Told told;
  told.people({"P2", "P10", "p1"})
      .given({enrolled("P2", "e2", "2024-01-02"), enrolled("P2", "e10", "2024-01-02"),
              enrolled("p1", "e1", "2024-01-02"), enrolled("P10", "e1", "2024-01-02"),
              enrolled("P2", "e1", "2024-01-03"), enrolled("p1", "e2", "2023-12-01")});
  EXPECT_EQ(all_of(told).as_of("2024-02-01").columns("participant enrolment days"), json(R"([
      ["p1", "e2", 62], ["P10", "e1", 30], ["P2", "e10", 30], ["P2", "e2", 30], ["p1", "e1", 30],
      ["P2", "e1", 29]])"));
}

// Two events on a day are ordered by position: resumed and paused again is one long pause.
TEST(StalledReport, JoinsPausesThatMeet) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-01-05"), enrolment_resumed("e1").on("2024-01-10"),
              enrolment_paused("e1").on("2024-01-10"), enrolment_resumed("e1").on("2024-01-12")});
  EXPECT_EQ(all_of(told).as_of("2024-01-10").rows(), "[]");
  EXPECT_EQ(all_of(told).as_of("2024-01-12").columns("days"), "[[4]]");  // 11 − 7
}

TEST(StalledReport, LeavesOutAnEnrolmentThatEndsPaused) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-05-01"), enrolment_ended("e1").on("2024-05-03")});
  EXPECT_EQ(all_of(told).as_of("2024-05-03").rows(), "[]");
}

TEST(StalledReport, ForgetsAPauseThatWasVoidedOrMoved) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolment_paused("e1").on("2024-01-05").as("p"),
              enrolment_resumed("e1").on("2024-01-10").as("r"),
              corrected_to("r", enrolment_resumed("e1"), "2024-01-20")});
  EXPECT_EQ(all_of(told).as_of("2024-01-31").columns("days"), "[[15]]");  // 30 − 15
  told.given({voided("r")});
  EXPECT_EQ(all_of(told).as_of("2024-01-31").rows(), "[]");
  told.given({voided("p")});
  EXPECT_EQ(all_of(told).as_of("2024-01-31").columns("days"), "[[30]]");
}

TEST(StalledReport, TakesOffThePausesOfTheEnrolmentItself) {
  Told told = enrolled_since("2024-01-01");
  told.given({enrolled("P1", "e2", "2024-01-01"), enrolment_paused("e2").on("2024-01-05"),
              enrolment_resumed("e2").on("2024-01-10")});
  EXPECT_EQ(all_of(told).as_of("2024-01-31").columns("enrolment days"),
            json(R"([["e1", 30], ["e2", 25]])"));
}

}  // namespace
}  // namespace liggare::projections
