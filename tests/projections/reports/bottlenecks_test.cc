// Contract, section 4, report 7, and P16.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

constexpr std::string_view all_columns = "unit step on active share stalled medianDays";

Asked on_ladder(const Told& told, const Text& ladder = "L") {
  return told.ask("bottlenecks", {{"ladder", ladder}});
}

// The step's mandatory criterion becomes green and the step is completed, that day.
Told& climbed(Told& told, std::string_view participant, std::int64_t step, std::string_view on) {
  return told.given({by(participant, criterion_assessed(step == 1 ? "c1" : "c3")).on(on),
                     by(participant, step_completed(step)).on(on)});
}
Told& fell_back(Told& told, std::string_view participant, std::int64_t step, std::string_view on) {
  return told.given({by(participant, step_reopened(step)).on(on)});
}

Told one_enrolled_since(std::string_view from) {
  Told told;
  told.people({"P1"}).given({enrolled("P1", "e1", from)});
  return told;
}

TEST(BottlenecksReport, CountsWhoStandsOnEachStepOfAUnit) {
  Told told;
  told.people({"P1", "P2", "P3"})
      .given({enrolled("P1", "e1", "2024-01-01"), enrolled("P2", "e1", "2024-01-01"),
              enrolled("P3", "e1", "2024-01-01", "U2")});
  climbed(told, "P2", 1, "2024-02-01");
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").rows(), json(R"([
      {"unit": "U1", "step": 1, "on": 1, "active": 2, "share": 0.5, "stalled": 0,
       "medianDays": 60},
      {"unit": "U1", "step": 2, "on": 1, "active": 2, "share": 0.5, "stalled": 0,
       "medianDays": 29},
      {"unit": "U2", "step": 1, "on": 1, "active": 1, "share": 1, "stalled": 0,
       "medianDays": 60}])"));
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").findings(), "[]");
}

// "A participant with all steps completed is on none": active all the same.
TEST(BottlenecksReport, HasNobodyOnAStepWhoCompletedAll) {
  Told told = one_enrolled_since("2024-01-01");
  told.people({"P2", "P3"})
      .given({enrolled("P2", "e1", "2024-01-01"), enrolled("P3", "e1", "2024-01-01")});
  climbed(climbed(told, "P1", 1, "2024-01-10"), "P1", 2, "2024-01-20");
  EXPECT_EQ(on_ladder(told).as_of("2024-01-31").columns(all_columns),
            json(R"([["U1", 1, 2, 3, 0.6667, 0, 30]])"));
  climbed(climbed(told, "P2", 1, "2024-01-10"), "P2", 2, "2024-01-20");
  EXPECT_EQ(on_ladder(told).as_of("2024-01-31").columns(all_columns),
            json(R"([["U1", 1, 1, 3, 0.3333, 0, 30]])"));
  climbed(climbed(told, "P3", 1, "2024-01-10"), "P3", 2, "2024-01-20");
  EXPECT_EQ(on_ladder(told).as_of("2024-01-31").rows(), "[]");
  EXPECT_EQ(on_ladder(told).as_of("2024-01-19").columns("step on active"), "[[2,3,3]]");
}

// "share = on/active to 4 decimals"; P16: "rounded half up".
TEST(BottlenecksReport, RoundsSharesHalfUp) {
  const auto shares = [](int active, int above) {
    Told told;
    for (int i = 0; i < active; ++i) {
      const Text id = "P" + std::to_string(i);
      told.people({id}).given({enrolled(id, "e1", "2024-01-01")});
      if (i < above) climbed(told, id, 1, "2024-01-01");
    }
    return on_ladder(told).as_of("2024-01-01").columns("step on share");
  };
  EXPECT_EQ(shares(6, 1), json("[[1, 5, 0.8333], [2, 1, 0.1667]]"));
  EXPECT_EQ(shares(7, 2), json("[[1, 5, 0.7143], [2, 2, 0.2857]]"));
  EXPECT_EQ(shares(8, 1), json("[[1, 7, 0.875], [2, 1, 0.125]]"));
  EXPECT_EQ(shares(32, 1), json("[[1, 31, 0.9688], [2, 1, 0.0313]]"));  // 0.96875 and 0.03125
  EXPECT_EQ(shares(32, 5), json("[[1, 27, 0.8438], [2, 5, 0.1563]]"));  // 0.84375 and 0.15625
}

// "mean of the middle two when even".
TEST(BottlenecksReport, TakesTheMedianOfTheDays) {
  Told told = one_enrolled_since("2024-01-01");
  EXPECT_EQ(on_ladder(told).as_of("2024-01-21").columns("medianDays"), "[[20]]");
  told.people({"P2"}).given({enrolled("P2", "e1", "2024-01-20")});
  EXPECT_EQ(on_ladder(told).as_of("2024-01-21").columns("medianDays"), "[[10.5]]");  // 1, 20
  told.people({"P3"}).given({enrolled("P3", "e1", "2024-01-19")});
  EXPECT_EQ(on_ladder(told).as_of("2024-01-21").columns("medianDays"), "[[2]]");  // 1, 2, 20
  told.people({"P4"}).given({enrolled("P4", "e1", "2024-01-11")});
  EXPECT_EQ(on_ladder(told).as_of("2024-01-21").columns("medianDays"), "[[6]]");  // 1, 2, 10, 20
}

TEST(BottlenecksReport, CountsNoDayForWhoCameToday) {
  const Told told = one_enrolled_since("2024-02-29");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-29").columns("on medianDays"), "[[1,0]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-28").rows(), "[]");
  EXPECT_EQ(on_ladder(told).as_of("2025-02-28").columns("on medianDays"), "[[1,365]]");
}

// "for step 1 the earliest start of their active enrolments at the unit"; P16: "includes paused".
TEST(BottlenecksReport, CountsStepOneFromTheEarliestActiveEnrolmentAtTheUnit) {
  Told told = one_enrolled_since("2023-06-01");
  told.given({by("P1", enrolment_paused("e1")).on("2024-01-01"), enrolled("P1", "e2", "2024-02-01"),
              enrolled("P1", "e3", "2022-01-01", "U2")});
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").columns("unit on active medianDays"),
            json(R"([["U1", 1, 1, 274], ["U2", 1, 1, 790]])"));
  told.given({by("P1", enrolment_ended("e1")).on("2024-02-29")});
  EXPECT_EQ(on_ladder(told).as_of("2024-02-29").columns("unit medianDays"),
            json(R"([["U1", 273], ["U2", 789]])"));
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").columns("unit medianDays"),
            json(R"([["U1", 29], ["U2", 790]])"));
}

TEST(BottlenecksReport, CountsATransferredEnrolmentFromItsStart) {
  Told told = one_enrolled_since("2024-01-01");
  told.given({by("P1", enrolment_transferred("e1", "U2")).on("2024-02-01")});
  EXPECT_EQ(on_ladder(told).as_of("2024-01-31").columns("unit medianDays"),
            json(R"([["U1", 30]])"));
  EXPECT_EQ(on_ladder(told).as_of("2024-02-01").columns("unit medianDays"),
            json(R"([["U2", 31]])"));
}

TEST(BottlenecksReport, LeavesOutWhoIsPaused) {
  Told told = one_enrolled_since("2024-01-01");
  told.people({"P2"}).given({enrolled("P2", "e1", "2024-01-01"),
                             by("P2", enrolment_paused("e1")).on("2024-01-10"),
                             by("P2", enrolment_resumed("e1")).on("2024-01-20")});
  EXPECT_EQ(on_ladder(told).as_of("2024-01-09").columns("on active"), "[[2,2]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-01-10").columns("on active"), "[[1,1]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-01-20").columns("on active"), "[[2,2]]");
  told.given({by("P1", enrolment_paused("e1")).on("2024-02-01"),
              by("P2", enrolment_ended("e1")).on("2024-02-01")});
  EXPECT_EQ(on_ladder(told).as_of("2024-02-01").columns("on active"), "[[1,1]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-02").rows(), "[]");
}

// P16: "pauses are not taken off".
TEST(BottlenecksReport, CountsPausedDays) {
  Told told = one_enrolled_since("2024-01-01");
  told.given({by("P1", enrolment_paused("e1")).on("2024-01-05"),
              by("P1", enrolment_resumed("e1")).on("2024-01-15")});
  EXPECT_EQ(on_ladder(told).as_of("2024-01-31").columns("medianDays"), "[[30]]");
}

TEST(BottlenecksReport, CountsAPersonWithTwoEnrolmentsOnce) {
  Told told = one_enrolled_since("2024-01-01");
  told.given({enrolled("P1", "e2", "2024-01-05")});
  EXPECT_EQ(on_ladder(told).as_of("2024-06-01").columns("on active share stalled"), "[[1,1,1,1]]");
}

// "completion day of the step before"; P16: "of the completion that stands".
TEST(BottlenecksReport, CountsFromTheCompletionThatStands) {
  Told told = one_enrolled_since("2024-01-01");
  climbed(told, "P1", 1, "2024-02-01");
  fell_back(told, "P1", 1, "2024-02-10");
  climbed(told, "P1", 1, "2024-02-20");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-09").columns("step medianDays"), "[[2,8]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-10").columns("step medianDays"), "[[1,40]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").columns("step medianDays"), "[[2,10]]");
}

// "on = those whose lowest not completed step is this one".
TEST(BottlenecksReport, FallsBackToAReopenedStep) {
  Told told = one_enrolled_since("2024-01-01");
  climbed(climbed(told, "P1", 1, "2024-02-01"), "P1", 2, "2024-02-10");
  fell_back(told, "P1", 2, "2024-02-15");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-15").columns("step medianDays"), "[[2,14]]");
  climbed(told, "P1", 2, "2024-02-20");
  fell_back(told, "P1", 1, "2024-02-25");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-24").rows(), "[]");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-25").columns("step medianDays"), "[[1,55]]");
}

TEST(BottlenecksReport, StandsOnTheLowestOfStepsCompletedOutOfOrder) {
  Told told = one_enrolled_since("2024-01-01");
  told.given({ladder_published(1, {{{"a"}}, {{"b"}}, {{"c"}}}).about("ladder/M").on("2020-01-01")});
  const auto completed = [&](const Text& criterion, std::int64_t step, std::string_view on) {
    told.given({Sent(CriterionAssessed{"M", criterion, Colour::green, std::nullopt}).on(on),
                Sent(StepCompleted{"M", step}).on(on)});
  };
  completed("b", 2, "2024-02-01");
  EXPECT_EQ(on_ladder(told, "M").as_of("2024-02-11").columns("step medianDays"), "[[1,41]]");
  completed("a", 1, "2024-02-20");
  EXPECT_EQ(on_ladder(told, "M").as_of("2024-03-01").columns("step medianDays"), "[[3,29]]");
  EXPECT_EQ(on_ladder(told, "L").as_of("2024-03-01").columns("step"), "[[1]]");
}

TEST(BottlenecksReport, ForgetsACompletionThatWasVoidedOrMoved) {
  Told told = one_enrolled_since("2024-01-01");
  told.given(
      {criterion_assessed("c1").on("2024-01-05"), step_completed(1).on("2024-02-01").as("done")});
  const std::uint64_t before = told.size();
  told.given({corrected_to("done", step_completed(1), "2024-01-11")});
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").at(before).columns("step medianDays"), "[[2,29]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").columns("step medianDays"), "[[2,50]]");
  told.given({voided("done")});
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").columns("step medianDays"), "[[1,60]]");
}

TEST(BottlenecksReport, HasTheStepsOfTheVersionInForce) {
  Told told = one_enrolled_since("2019-06-01");
  climbed(climbed(told, "P1", 1, "2024-02-01"), "P1", 2, "2024-02-10");
  told.given({ladder_published(2, {{{"c1"}}, {{"c3"}}, {{"c9"}}}).on("2024-03-01")});
  EXPECT_EQ(on_ladder(told).as_of("2019-12-31").rows(), "[]");  // No version yet.
  EXPECT_EQ(on_ladder(told).as_of("2020-01-01").columns("step"), "[[1]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-29").rows(), "[]");
  EXPECT_EQ(on_ladder(told).as_of("2024-03-01").columns("step on medianDays"), "[[3,1,20]]");
}

// P16: "stalled = has a row of this unit in report 6".
TEST(BottlenecksReport, CountsThoseStalledAtTheUnit) {
  Told told = one_enrolled_since("2024-01-01");
  told.people({"P2"}).given(
      {enrolled("P1", "e2", "2024-04-01", "U2"), enrolled("P2", "e1", "2024-01-02")});
  climbed(told, "P2", 1, "2024-04-01");
  EXPECT_EQ(on_ladder(told).as_of("2024-04-10").columns("unit step on stalled"),
            json(R"([["U1", 1, 1, 1], ["U1", 2, 1, 0], ["U2", 1, 1, 0]])"));
  EXPECT_EQ(on_ladder(told).as_of("2024-03-30").columns("unit step on stalled"),
            json(R"([["U1", 1, 2, 0]])"));
  EXPECT_EQ(on_ladder(told).as_of("2024-03-31").columns("unit step on stalled"),
            json(R"([["U1", 1, 2, 1]])"));
}

TEST(BottlenecksReport, TakesStallDaysFromThePolicyInForceOnAsOf) {
  Told told = one_enrolled_since("2024-01-01");
  PolicyAdopted policy;
  policy.parameters.stall_days = 10;
  told.given({Sent(policy).about("policy/ledger").on("2024-02-01")});
  EXPECT_EQ(on_ladder(told).as_of("2024-01-31").columns("stalled"), "[[0]]");
  EXPECT_EQ(on_ladder(told).as_of("2024-02-01").columns("stalled"), "[[1]]");
}

// "per unit (id order)", by bytes (P14).
TEST(BottlenecksReport, SortsUnitsByBytes) {
  Told told;
  told.given({unit_registered("u0"), unit_registered("U10")}).people({"P1", "P2", "P3"});
  told.given({enrolled("P1", "e1", "2024-01-01", "u0"), enrolled("P2", "e1", "2024-01-01", "U2"),
              enrolled("P3", "e1", "2024-01-01", "U10")});
  EXPECT_EQ(on_ladder(told).columns("unit"), json(R"([["U10"], ["U2"], ["u0"]])"));
}

}  // namespace
}  // namespace liggare::projections
