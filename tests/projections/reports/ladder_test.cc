// Contract, section 4, report 5, and P16.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

Sent assessed(std::string_view participant, const Text& criterion, Colour colour,
              std::string_view on) {
  return by(participant, criterion_assessed(criterion, colour)).on(on);
}
Asked about_l(const Told& told, const Given& more = {}) {
  Given options = more;
  options["ladder"] = "L";
  return told.ask("ladder", options);
}
Asked at_unit(const Told& told, const Text& unit) { return about_l(told, {{"unit", unit}}); }

// One participant, enrolled at U1 since 2024-01-10.
Told one_enrolled() {
  Told told;
  told.people({"P1"}).given({enrolled("P1", "e1", "2024-01-10")});
  return told;
}

// "unassessed = red"; "summary … in ladder order over those not paused".
TEST(LadderReport, ShowsEveryCriterionAndTheCompletedSteps) {
  Told told = one_enrolled();
  told.given({assessed("P1", "c1", Colour::green, "2024-02-01"),
              assessed("P1", "c2", Colour::yellow, "2024-02-02"),
              by("P1", step_completed(1)).on("2024-02-03")});
  EXPECT_EQ(about_l(told).rows(), json(R"([
      {"participant": "P1", "unit": "U1", "paused": false,
       "criteria": {"c1": "green", "c2": "yellow", "c3": "red"}, "completedSteps": [1]}])"));
  EXPECT_EQ(about_l(told).summary(), json(R"([
      {"criterion": "c1", "step": 1, "red": 0, "yellow": 0, "green": 1},
      {"criterion": "c2", "step": 1, "red": 0, "yellow": 1, "green": 0},
      {"criterion": "c3", "step": 2, "red": 1, "yellow": 0, "green": 0}])"));
  EXPECT_EQ(about_l(told).findings(), "[]");
}

TEST(LadderReport, TakesTheColourAndTheStepsOfTheDay) {
  Told told = one_enrolled();
  told.given({assessed("P1", "c1", Colour::green, "2024-02-10"),
              by("P1", step_completed(1)).on("2024-02-20"),
              assessed("P1", "c1", Colour::yellow, "2024-03-01"),
              by("P1", step_reopened(1)).on("2024-03-02"),
              assessed("P1", "c1", Colour::green, "2024-03-10"),
              by("P1", step_completed(1)).on("2024-03-10")});
  const auto seen = [&](std::string_view as_of) {
    return about_l(told).as_of(as_of).columns("criteria completedSteps");
  };
  const auto c1 = [](const std::string& colour, const std::string& steps) {
    return json("[[{\"c1\": \"" + colour + "\", \"c2\": \"red\", \"c3\": \"red\"}, " + steps +
                "]]");
  };
  EXPECT_EQ(seen("2024-02-09"), c1("red", "[]"));
  EXPECT_EQ(seen("2024-02-10"), c1("green", "[]"));
  EXPECT_EQ(seen("2024-02-19"), c1("green", "[]"));
  EXPECT_EQ(seen("2024-02-20"), c1("green", "[1]"));
  EXPECT_EQ(seen("2024-03-01"), c1("yellow", "[1]"));
  EXPECT_EQ(seen("2024-03-02"), c1("yellow", "[]"));
  EXPECT_EQ(seen("2024-03-10"), c1("green", "[1]"));
}

TEST(LadderReport, TakesTheLastColourOnTheTimeline) {
  Told told = one_enrolled();
  told.given({assessed("P1", "c1", Colour::green, "2024-02-10"),
              assessed("P1", "c1", Colour::yellow, "2024-02-01"),
              assessed("P1", "c2", Colour::green, "2024-02-10"),
              assessed("P1", "c2", Colour::yellow, "2024-02-10")});
  EXPECT_EQ(about_l(told).columns("criteria"),
            json(R"([[{"c1": "green", "c2": "yellow", "c3": "red"}]])"));
}

TEST(LadderReport, FollowsCorrectionsAndVoids) {
  Told told = one_enrolled();
  told.given({assessed("P1", "c1", Colour::green, "2024-02-10").as("a"),
              assessed("P1", "c2", Colour::green, "2024-02-10").as("b"),
              assessed("P1", "c3", Colour::yellow, "2024-02-10"),
              assessed("P1", "c3", Colour::green, "2024-02-20").as("c")});
  const std::uint64_t before = told.size();
  told.given({corrected("a", assessed("P1", "c1", Colour::yellow, "2024-02-10")),
              by("P1", voided("b")),
              corrected_to("c", assessed("P1", "c3", Colour::green, "2024-02-20"), "2024-02-05")});
  EXPECT_EQ(about_l(told).columns("criteria"),
            json(R"([[{"c1": "yellow", "c2": "red", "c3": "yellow"}]])"));
  EXPECT_EQ(about_l(told).at(before).columns("criteria"),
            json(R"([[{"c1": "green", "c2": "green", "c3": "green"}]])"));
}

TEST(LadderReport, KeepsAnotherLaddersColoursOut) {
  Told told = one_enrolled();
  told.given({ladder_published(1, {{{"c1"}}}).about("ladder/M").on("2020-01-01"),
              by("P1", Sent(CriterionAssessed{"M", "c1", Colour::green, std::nullopt})),
              by("P1", Sent(StepCompleted{"M", 1}))});
  EXPECT_EQ(about_l(told).columns("criteria completedSteps"),
            json(R"([[{"c1": "red", "c2": "red", "c3": "red"}, []]])"));
  EXPECT_EQ(told.ask("ladder", {{"ladder", "M"}}).columns("criteria completedSteps"),
            json(R"([[{"c1": "green"}, [1]]])"));
}

// "criteria of the newest version effective on as-of".
TEST(LadderReport, HasTheCriteriaOfTheVersionInForce) {
  Told told = one_enrolled();
  told.given({ladder_published(2, {{{"c4"}, {"c1"}}, {{"c3"}}}).on("2024-06-01"),
              assessed("P1", "c2", Colour::green, "2024-02-01"),
              assessed("P1", "c4", Colour::yellow, "2024-02-01")});
  EXPECT_EQ(about_l(told).as_of("2024-05-31").columns("criteria"),
            json(R"([[{"c1": "red", "c2": "green", "c3": "red"}]])"));
  EXPECT_EQ(about_l(told).as_of("2024-06-01").columns("criteria"),
            json(R"([[{"c4": "yellow", "c1": "red", "c3": "red"}]])"));
  EXPECT_EQ(about_l(told).as_of("2024-06-01").summary(), json(R"([
      {"criterion": "c4", "step": 1, "red": 0, "yellow": 1, "green": 0},
      {"criterion": "c1", "step": 1, "red": 1, "yellow": 0, "green": 0},
      {"criterion": "c3", "step": 2, "red": 1, "yellow": 0, "green": 0}])"));
}

// P6: "the highest ladderVersion with effective ≤ that day".
TEST(LadderReport, TakesTheHighestVersionNotTheLatestDay) {
  Told told = one_enrolled();
  told.given({ladder_published(2, {{{"c2"}}}).on("2024-06-01"),
              ladder_published(3, {{{"c5"}}}).on("2024-05-01")});
  EXPECT_EQ(about_l(told).as_of("2024-04-30").columns("criteria"),
            json(R"([[{"c1": "red", "c2": "red", "c3": "red"}]])"));
  EXPECT_EQ(about_l(told).as_of("2024-05-01").columns("criteria"), json(R"([[{"c5": "red"}]])"));
  EXPECT_EQ(about_l(told).as_of("2024-06-01").columns("criteria"), json(R"([[{"c5": "red"}]])"));
}

// P16: "no version in force: criteria {} and summary []".
TEST(LadderReport, HasNoCriteriaBeforeTheFirstVersion) {
  Told told;
  told.people({"P1"}).given({enrolled("P1", "e1", "2019-02-01")});
  EXPECT_EQ(about_l(told).as_of("2019-12-31").rows(), json(R"([
      {"participant": "P1", "unit": "U1", "paused": false, "criteria": {},
       "completedSteps": []}])"));
  EXPECT_EQ(about_l(told).as_of("2019-12-31").summary(), "[]");
  EXPECT_EQ(about_l(told).as_of("2020-01-01").columns("criteria"),
            json(R"([[{"c1": "red", "c2": "red", "c3": "red"}]])"));
}

TEST(LadderReport, CountsNobodyInTheSummaryOfAnEmptyUnit) {
  const Told told = one_enrolled();
  EXPECT_EQ(at_unit(told, "U2").rows(), "[]");
  EXPECT_EQ(at_unit(told, "U2").summary(), json(R"([
      {"criterion": "c1", "step": 1, "red": 0, "yellow": 0, "green": 0},
      {"criterion": "c2", "step": 1, "red": 0, "yellow": 0, "green": 0},
      {"criterion": "c3", "step": 2, "red": 0, "yellow": 0, "green": 0}])"));
}

// "its unit after transfers".
TEST(LadderReport, FollowsTransfersOfUnit) {
  Told told = one_enrolled();
  told.given({by("P1", enrolment_transferred("e1", "U2")).on("2024-03-10")});
  EXPECT_EQ(about_l(told).as_of("2024-03-09").columns("unit"), json(R"([["U1"]])"));
  EXPECT_EQ(about_l(told).as_of("2024-03-10").columns("unit"), json(R"([["U2"]])"));
  EXPECT_EQ(at_unit(told, "U1").as_of("2024-03-09").columns("participant"), json(R"([["P1"]])"));
  EXPECT_EQ(at_unit(told, "U1").as_of("2024-03-10").rows(), "[]");
}

TEST(LadderReport, ListsAnEnrolmentFromItsFirstDayToItsLast) {
  Told told = one_enrolled();
  told.given({by("P1", enrolment_ended("e1")).on("2024-03-20")});
  EXPECT_EQ(about_l(told).as_of("2024-01-09").rows(), "[]");
  EXPECT_EQ(about_l(told).as_of("2024-01-10").columns("participant"), json(R"([["P1"]])"));
  EXPECT_EQ(about_l(told).as_of("2024-03-20").columns("participant"), json(R"([["P1"]])"));
  EXPECT_EQ(about_l(told).as_of("2024-03-21").rows(), "[]");
}

// Report 6: "a day d is paused if pause ≤ d < resume".
TEST(LadderReport, IsPausedFromThePauseToTheDayBeforeTheResumption) {
  Told told = one_enrolled();
  told.given({by("P1", enrolment_paused("e1")).on("2024-03-10"),
              by("P1", enrolment_resumed("e1")).on("2024-03-20")});
  EXPECT_EQ(about_l(told).as_of("2024-03-09").columns("paused"), "[[false]]");
  EXPECT_EQ(about_l(told).as_of("2024-03-10").columns("paused"), "[[true]]");
  EXPECT_EQ(about_l(told).as_of("2024-03-19").columns("paused"), "[[true]]");
  EXPECT_EQ(about_l(told).as_of("2024-03-20").columns("paused"), "[[false]]");
}

// P16: "one row per participant and unit"; "paused = all their active enrolments there are paused".
TEST(LadderReport, IsPausedOnlyWhereAllEnrolmentsAtTheUnitAre) {
  Told told = one_enrolled();
  told.given({enrolled("P1", "e2", "2024-02-01"), enrolled("P1", "e3", "2024-02-01", "U2"),
              by("P1", enrolment_paused("e1")).on("2024-03-01")});
  EXPECT_EQ(about_l(told).columns("participant unit paused"),
            json(R"([["P1", "U1", false], ["P1", "U2", false]])"));
  told.given({by("P1", enrolment_paused("e2")).on("2024-03-02")});
  EXPECT_EQ(about_l(told).columns("participant unit paused"),
            json(R"([["P1", "U1", true], ["P1", "U2", false]])"));
  told.given({by("P1", enrolment_resumed("e1")).on("2024-03-03"),
              by("P1", enrolment_ended("e1")).on("2024-03-04")});
  EXPECT_EQ(about_l(told).as_of("2024-03-04").columns("unit paused"),
            json(R"([["U1", false], ["U2", false]])"));
  EXPECT_EQ(about_l(told).as_of("2024-03-05").columns("unit paused"),
            json(R"([["U1", true], ["U2", false]])"));
}

TEST(LadderReport, SummarisesOnlyThoseNotPaused) {
  Told told = one_enrolled();
  told.people({"P2", "P3"})
      .given({enrolled("P2", "e1", "2024-01-10"), enrolled("P3", "e1", "2024-01-10"),
              enrolled("P3", "e2", "2024-01-10"),
              assessed("P1", "c1", Colour::yellow, "2024-02-01"),
              assessed("P2", "c1", Colour::green, "2024-02-01"),
              assessed("P3", "c1", Colour::green, "2024-02-01"),
              by("P2", enrolment_paused("e1")).on("2024-03-01"),
              by("P3", enrolment_paused("e1")).on("2024-03-01")});
  EXPECT_EQ(at_unit(told, "U1").columns("participant paused"),
            json(R"([["P1", false], ["P2", true], ["P3", false]])"));
  EXPECT_EQ(at_unit(told, "U1").summary(), json(R"([
      {"criterion": "c1", "step": 1, "red": 0, "yellow": 1, "green": 1},
      {"criterion": "c2", "step": 1, "red": 2, "yellow": 0, "green": 0},
      {"criterion": "c3", "step": 2, "red": 2, "yellow": 0, "green": 0}])"));
}

TEST(LadderReport, SortsByTheBytesOfParticipantAndUnit) {
  Told told;
  told.given({unit_registered("u0")}).people({"p1", "P2", "P10"});
  told.given({enrolled("p1", "e1", "2024-01-01"), enrolled("P2", "e2", "2024-01-01", "u0"),
              enrolled("P2", "e1", "2024-01-01", "U2"), enrolled("P10", "e1", "2024-01-01")});
  EXPECT_EQ(about_l(told).columns("participant unit"),
            json(R"([["P10", "U1"], ["P2", "U2"], ["P2", "u0"], ["p1", "U1"]])"));
}

// P16: "`--unit` matches that unit only".
TEST(LadderReport, LeavesOutTheUnitsBelow) {
  Told told;
  told.given({unit_registered("U11", "U1")}).people({"P1"});
  told.given({enrolled("P1", "e1", "2024-01-01", "U11")});
  EXPECT_EQ(at_unit(told, "U1").rows(), "[]");
  EXPECT_EQ(at_unit(told, "U11").columns("participant"), json(R"([["P1"]])"));
}

// P16: "one row per participant and unit": the summary is over those rows.
TEST(LadderReport, SummarisesAPersonAtTwoUnitsTwice) {
  Told told = one_enrolled();
  told.given(
      {ladder_published(2, {{{"c1"}}}).on("2024-01-01"), enrolled("P1", "e2", "2024-02-01", "U2")});
  EXPECT_EQ(about_l(told).summary(),
            json(R"([{"criterion": "c1", "step": 1, "red": 2, "yellow": 0, "green": 0}])"));
  told.given({by("P1", enrolment_paused("e2")).on("2024-03-01")});
  EXPECT_EQ(about_l(told).summary(),
            json(R"([{"criterion": "c1", "step": 1, "red": 1, "yellow": 0, "green": 0}])"));
}

}  // namespace
}  // namespace liggare::projections
