// Contract, section 4, report 4, and P15.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

struct Line {
  Text line;
  std::int64_t places;
};

Sent agreed(const Text& id, std::string_view from, const std::optional<Text>& to,
            const std::vector<Line>& lines) {
  AgreementSigned data{"Agreement", {}, day(from), std::nullopt, {}};
  if (to) data.valid_to = day(*to);
  for (const Line& line : lines)
    data.lines.push_back({line.line, "osa", std::nullopt, line.places});
  return Sent(data).about("agreement/" + id).on("2020-01-01");
}

Sent amended(const Text& line, std::int64_t places) {
  return Sent(AgreementAmended{line, places}).about("agreement/A1");
}

Sent placed(std::string_view participant, const Text& placement, std::string_view from,
            const Text& line = "L", const Text& agreement = "A1") {
  return by(participant, placement_started_on(placement, agreement, line)).on(from);
}
Sent left(std::string_view participant, const Text& placement, std::string_view last_day) {
  return by(participant, placement_ended(placement)).on(last_day);
}
Sent on_line(std::string_view participant, const Text& enrolment, std::string_view from) {
  return by(participant, enrolment_started_on(enrolment, "A1", "L")).on(from);
}

Told with(const Sent& agreement) {
  Told told = Told::only();
  told.given({unit_registered("U1"), place_offered("PL1"), agreement});
  told.people({"P1", "P2", "P3"});
  return told;
}
// Agreement A1 with one line, L.
Told with_places(std::int64_t places, std::string_view from = "2020-01-01",
                 const std::optional<Text>& to = {}) {
  return with(agreed("A1", from, to, {{"L", places}}));
}

Asked in_march(const Told& told) {
  return told.ask("occupancy", {{"from", "2024-03-01"}, {"to", "2024-03-31"}});
}
constexpr std::string_view figures = "from to capacity occupied free";

TEST(OccupancyReport, IsTheSpansOfConstantFiguresOfEachLine) {
  Told told = with(agreed("A1", "2020-01-01", {}, {{"L1", 2}, {"L2", 3}}));
  told.given({placed("P1", "p1", "2024-03-10", "L1"), left("P1", "p1", "2024-03-20")});
  EXPECT_EQ(in_march(told).rows(), json(R"([
      {"agreement": "A1", "line": "L1", "from": "2024-03-01", "to": "2024-03-09",
       "capacity": 2, "occupied": 0, "free": 2},
      {"agreement": "A1", "line": "L1", "from": "2024-03-10", "to": "2024-03-20",
       "capacity": 2, "occupied": 1, "free": 1},
      {"agreement": "A1", "line": "L1", "from": "2024-03-21", "to": "2024-03-31",
       "capacity": 2, "occupied": 0, "free": 2},
      {"agreement": "A1", "line": "L2", "from": "2024-03-01", "to": "2024-03-31",
       "capacity": 3, "occupied": 0, "free": 3}])"));
  EXPECT_EQ(in_march(told).findings(), "[]");
}

// P14: rows are ordered by the bytes of the values shown.
TEST(OccupancyReport, SortsAgreementsAndLinesByBytes) {
  Told told = with(agreed("a1", "2020-01-01", {}, {{"x", 1}}));
  told.given({agreed("A2", "2020-01-01", {}, {{"l", 1}, {"L", 1}}),
              agreed("A10", "2020-01-01", {}, {{"L2", 1}, {"L10", 1}})});
  EXPECT_EQ(in_march(told).columns("agreement line"),
            json(R"([["A10", "L10"], ["A10", "L2"], ["A2", "L"], ["A2", "l"], ["a1", "x"]])"));
}

TEST(OccupancyReport, IsOfOneAgreementWhereAsked) {
  Told told = with(agreed("A1", "2020-01-01", {}, {{"L", 1}}));
  told.given({agreed("A2", "2020-01-01", {}, {{"L", 2}}),
              placed("P1", "p1", "2024-03-01", "L", "A1"),
              placed("P2", "p2", "2024-03-01", "L", "A1")});
  const Asked asked =
      told.ask("occupancy", {{"from", "2024-03-01"}, {"to", "2024-03-31"}, {"agreement", "A2"}});
  EXPECT_EQ(asked.columns("agreement capacity occupied"), json(R"([["A2", 2, 0]])"));
  EXPECT_EQ(asked.findings(), "[]");
}

// "0 outside validFrom…validTo"; P15: "0/0 spans are rows".
TEST(OccupancyReport, HasNoCapacityOutsideTheValidDays) {
  const Told told = with_places(2, "2024-03-10", "2024-03-20");
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-09", 0, 0, 0],
      ["2024-03-10", "2024-03-20", 2, 0, 2],
      ["2024-03-21", "2024-03-31", 0, 0, 0]])"));
}

TEST(OccupancyReport, HasCapacityWithoutEndWhereTheAgreementHasNone) {
  const Told told = with_places(2, "2024-03-31");
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-30", 0, 0, 0], ["2024-03-31", "2024-03-31", 2, 0, 2]])"));
}

// "agreement facts are taken as known at `at`, all effective days".
TEST(OccupancyReport, KnowsAnAgreementSignedAfterAsOf) {
  const Told told = with(agreed("A1", "2024-03-01", "2024-12-31", {{"L", 2}}).on("2024-06-01"));
  EXPECT_EQ(in_march(told).as_of("2024-03-31").columns(figures),
            json(R"([["2024-03-01", "2024-03-31", 2, 0, 2]])"));
}

TEST(OccupancyReport, ChangesCapacityOnTheDayOfAnAmendment) {
  Told told = with(agreed("A1", "2020-01-01", {}, {{"L", 2}, {"M", 2}}));
  told.given({amended("L", 3).on("2024-03-10"), amended("L", 3).on("2024-03-20")});
  EXPECT_EQ(in_march(told).columns("line from to capacity free"), json(R"([
      ["L", "2024-03-01", "2024-03-09", 2, 2],
      ["L", "2024-03-10", "2024-03-31", 3, 3],
      ["M", "2024-03-01", "2024-03-31", 2, 2]])"));
}

TEST(OccupancyReport, TakesTheLaterRecordedOfTwoAmendmentsOnADay) {
  Told told = with_places(2);
  told.given({amended("L", 7).on("2024-03-10"), amended("L", 4).on("2024-03-10"),
              amended("L", 3).on("2024-03-05")});
  EXPECT_EQ(in_march(told).columns("from capacity"),
            json(R"([["2024-03-01", 2], ["2024-03-05", 3], ["2024-03-10", 4]])"));
}

TEST(OccupancyReport, AppliesAnAmendmentFromBeforeTheFirstValidDay) {
  Told told = with_places(2, "2024-03-10", "2024-03-20");
  told.given({amended("L", 4).on("2024-02-01"), amended("L", 9).on("2024-03-21")});
  EXPECT_EQ(in_march(told).columns("from capacity"),
            json(R"([["2024-03-01", 0], ["2024-03-10", 4], ["2024-03-21", 0]])"));
}

TEST(OccupancyReport, EndsWhereATerminationShortens) {
  Told told = with_places(2, "2020-01-01", "2024-12-31");
  told.given({agreement_terminated("2024-03-15").on("2024-06-01")});
  EXPECT_EQ(in_march(told).as_of("2024-03-31").columns("from to capacity"), json(R"([
      ["2024-03-01", "2024-03-15", 2], ["2024-03-16", "2024-03-31", 0]])"));
}

// P15: "agreement.terminated may also prolong".
TEST(OccupancyReport, GoesOnWhereATerminationProlongs) {
  Told told = with_places(2, "2020-01-01", "2024-03-10");
  told.given({agreement_terminated("2024-03-20").on("2024-03-05")});
  EXPECT_EQ(in_march(told).columns("from to capacity"), json(R"([
      ["2024-03-01", "2024-03-20", 2], ["2024-03-21", "2024-03-31", 0]])"));
}

TEST(OccupancyReport, HeedsTheTerminationThatIsLastOnTheTimeline) {
  Told told = with_places(2, "2020-01-01", "2024-12-31");
  told.given({agreement_terminated("2024-03-20").on("2024-02-20"),
              agreement_terminated("2024-03-25").on("2024-02-10")});
  EXPECT_EQ(in_march(told).columns("from to capacity"), json(R"([
      ["2024-03-01", "2024-03-20", 2], ["2024-03-21", "2024-03-31", 0]])"));
}

TEST(OccupancyReport, ForgetsATerminationThatWasVoided) {
  Told told = with_places(2, "2020-01-01", "2024-12-31");
  told.given({agreement_terminated("2024-03-15").as("end"), voided("end").about("agreement/A1")});
  EXPECT_EQ(in_march(told).columns("from to capacity"),
            json(R"([["2024-03-01", "2024-03-31", 2]])"));
}

// P15: "an enrolment and a placement naming a line count as two, paused ones count".
TEST(OccupancyReport, CountsAnEnrolmentAndAPlacementOfOnePersonAsTwo) {
  Told told = with_places(5);
  told.given({on_line("P1", "e1", "2024-03-01"), placed("P1", "p1", "2024-03-11")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-10", 5, 1, 4], ["2024-03-11", "2024-03-31", 5, 2, 3]])"));
}

TEST(OccupancyReport, CountsPausedEnrolments) {
  Told told = with_places(5);
  told.given({on_line("P1", "e1", "2024-02-01"), by("P1", enrolment_paused("e1")).on("2024-03-10"),
              by("P1", enrolment_resumed("e1")).on("2024-03-20")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([["2024-03-01", "2024-03-31", 5, 1, 4]])"));
}

TEST(OccupancyReport, CountsTheLastDayOfAnEnrolment) {
  Told told = with_places(5);
  told.given({on_line("P1", "e1", "2024-02-01"), by("P1", enrolment_ended("e1")).on("2024-03-30")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-30", 5, 1, 4], ["2024-03-31", "2024-03-31", 5, 0, 5]])"));
}

// P8: "`agreement` without `line` is accepted and occupies nothing".
TEST(OccupancyReport, CountsNothingThatNamesNoLine) {
  Told told = with_places(5);
  told.given({by("P1", placement_started_on("p1", "A1", std::nullopt)).on("2024-03-05"),
              by("P1", placement_started("p2")).on("2024-03-05"),
              by("P1", enrolment_started_on("e1", "A1", std::nullopt)).on("2024-03-05")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([["2024-03-01", "2024-03-31", 5, 0, 5]])"));
}

// P15: "persons may change within a span".
TEST(OccupancyReport, KeepsASpanWhenOnePersonFollowsAnother) {
  Told told = with_places(2);
  told.given({placed("P1", "p1", "2024-02-01"), left("P1", "p1", "2024-03-15"),
              placed("P2", "p2", "2024-03-16")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([["2024-03-01", "2024-03-31", 2, 1, 1]])"));
}

TEST(OccupancyReport, CountsBothOnADayThatTwoShare) {
  Told told = with_places(2);
  told.given({placed("P1", "p1", "2024-02-01"), left("P1", "p1", "2024-03-15"),
              placed("P2", "p2", "2024-03-15")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-14", 2, 1, 1],
      ["2024-03-15", "2024-03-15", 2, 2, 0],
      ["2024-03-16", "2024-03-31", 2, 1, 1]])"));
}

TEST(OccupancyReport, HasASpanForAPlacementOfOneLeapDay) {
  Told told = with_places(1);
  told.given({placed("P1", "p1", "2024-02-29"), left("P1", "p1", "2024-02-29")});
  EXPECT_EQ(told.ask("occupancy", {{"from", "2023-12-31"}, {"to", "2024-03-01"}}).columns(figures),
            json(R"([
      ["2023-12-31", "2024-02-28", 1, 0, 1],
      ["2024-02-29", "2024-02-29", 1, 1, 0],
      ["2024-03-01", "2024-03-01", 1, 0, 1]])"));
}

// "days > as-of are not reported; an open one runs on to as-of".
TEST(OccupancyReport, StopsAtAsOf) {
  Told told = with_places(2);
  told.given({placed("P1", "p1", "2024-03-10"), placed("P2", "p2", "2024-03-16"),
              left("P1", "p1", "2024-03-12")});
  const Asked asked = in_march(told);
  EXPECT_EQ(asked.as_of("2024-03-11").columns(figures), json(R"([
      ["2024-03-01", "2024-03-09", 2, 0, 2], ["2024-03-10", "2024-03-11", 2, 1, 1]])"));
  EXPECT_EQ(asked.as_of("2024-03-15").columns(figures), json(R"([
      ["2024-03-01", "2024-03-09", 2, 0, 2],
      ["2024-03-10", "2024-03-12", 2, 1, 1],
      ["2024-03-13", "2024-03-15", 2, 0, 2]])"));
  EXPECT_EQ(asked.as_of("2024-03-01").columns(figures),
            json(R"([["2024-03-01", "2024-03-01", 2, 0, 2]])"));
  EXPECT_EQ(asked.as_of("2024-02-29").rows(), "[]");
}

TEST(OccupancyReport, KnowsOnlyWhatWasKnownAt) {
  Told told = with_places(2);
  told.given({placed("P1", "p1", "2024-03-01")});
  const std::uint64_t before = told.size();
  told.given({left("P1", "p1", "2024-03-15"), amended("L", 1).on("2024-03-10")});
  EXPECT_EQ(in_march(told).at(before).columns(figures),
            json(R"([["2024-03-01", "2024-03-31", 2, 1, 1]])"));
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-09", 2, 1, 1],
      ["2024-03-10", "2024-03-15", 1, 1, 0],
      ["2024-03-16", "2024-03-31", 1, 0, 1]])"));
  EXPECT_EQ(in_march(told).at(2).rows(), "[]");  // Before the agreement.
}

TEST(OccupancyReport, FollowsCorrectionsAndVoids) {
  Told told = with_places(2);
  told.given({placed("P1", "p1", "2024-03-01").as("start"),
              left("P1", "p1", "2024-03-15").as("end"),
              corrected_to("start", placed("P1", "p1", "2024-03-01"), "2024-03-10"),
              by("P1", voided("end"))});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-09", 2, 0, 2], ["2024-03-10", "2024-03-31", 2, 1, 1]])"));
}

TEST(OccupancyReport, MovesAnOccupantToTheLineOfTheCorrection) {
  Told told = with(agreed("A1", "2020-01-01", {}, {{"L1", 2}, {"L2", 2}}));
  told.given({placed("P1", "p1", "2024-01-01", "L1").as("start"),
              corrected("start", placed("P1", "p1", "2024-01-01", "L2"))});
  EXPECT_EQ(in_march(told).columns("line occupied"), json(R"([["L1", 0], ["L2", 1]])"));
}

// "occupied > capacity > 0"; P15: events "by position".
TEST(OccupancyReport, FindsMoreThanTheCapacity) {
  Told told = with_places(1);
  told.given({placed("P1", "p1", "2024-03-05").as("z-first"),
              placed("P2", "p2", "2024-03-01").as("a-second"), left("P1", "p1", "2024-03-20")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-04", 1, 1, 0],
      ["2024-03-05", "2024-03-20", 1, 2, -1],
      ["2024-03-21", "2024-03-31", 1, 1, 0]])"));
  EXPECT_EQ(in_march(told).findings(), json(R"([
      {"code": "over-capacity", "subject": "agreement/A1", "events": ["z-first", "a-second"],
       "line": "L", "from": "2024-03-05", "to": "2024-03-20"}])"));
}

// P15: "the started events of the occupants on any day of the span".
TEST(OccupancyReport, NamesAllWhoOccupiedASpanInTurn) {
  Told told = with_places(1);
  told.given({placed("P3", "p3", "2024-03-16").as("third"),
              on_line("P1", "e1", "2024-02-01").as("e"),
              placed("P2", "p2", "2024-02-01").as("second"), left("P2", "p2", "2024-03-15"),
              placed("P1", "p1", "2024-01-01").as("gone"), left("P1", "p1", "2024-02-28")});
  EXPECT_EQ(in_march(told).findings(), json(R"([
      {"code": "over-capacity", "subject": "agreement/A1", "events": ["third", "e", "second"],
       "line": "L", "from": "2024-03-01", "to": "2024-03-31"}])"));
}

// "occupied > capacity = 0"; sorted by (code, subject, first event id).
TEST(OccupancyReport, FindsOccupantsOfALapsedAgreement) {
  Told told = with_places(1, "2024-03-05", "2024-03-20");
  told.given({placed("P1", "p1", "2024-03-01").as("b"), placed("P2", "p2", "2024-03-10").as("a"),
              left("P1", "p1", "2024-03-25")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-04", 0, 1, -1],
      ["2024-03-05", "2024-03-09", 1, 1, 0],
      ["2024-03-10", "2024-03-20", 1, 2, -1],
      ["2024-03-21", "2024-03-25", 0, 2, -2],
      ["2024-03-26", "2024-03-31", 0, 1, -1]])"));
  EXPECT_EQ(in_march(told).findings(), json(R"([
      {"code": "agreement-lapsed", "subject": "agreement/A1", "events": ["a"],
       "line": "L", "from": "2024-03-26", "to": "2024-03-31"},
      {"code": "agreement-lapsed", "subject": "agreement/A1", "events": ["b"],
       "line": "L", "from": "2024-03-01", "to": "2024-03-04"},
      {"code": "agreement-lapsed", "subject": "agreement/A1", "events": ["b", "a"],
       "line": "L", "from": "2024-03-21", "to": "2024-03-25"},
      {"code": "over-capacity", "subject": "agreement/A1", "events": ["b", "a"],
       "line": "L", "from": "2024-03-10", "to": "2024-03-20"}])"));
}

TEST(OccupancyReport, FindsOccupantsOfALineWithoutPlaces) {
  Told told = with_places(3);
  told.given({placed("P1", "p1", "2024-01-01").as("p"), amended("L", 0).on("2024-03-15")});
  EXPECT_EQ(in_march(told).findings(), json(R"([
      {"code": "agreement-lapsed", "subject": "agreement/A1", "events": ["p"],
       "line": "L", "from": "2024-03-15", "to": "2024-03-31"}])"));
}

TEST(OccupancyReport, FindsNothingBeyondItsDays) {
  Told told = with_places(1);
  told.given({placed("P1", "p1", "2024-03-10").as("a"), placed("P2", "p2", "2024-02-20").as("b"),
              placed("P3", "p3", "2024-02-20").as("c"), left("P3", "p3", "2024-02-29")});
  EXPECT_EQ(in_march(told).as_of("2024-03-09").findings(), "[]");
  EXPECT_EQ(in_march(told).as_of("2024-03-10").findings(), json(R"([
      {"code": "over-capacity", "subject": "agreement/A1", "events": ["a", "b"],
       "line": "L", "from": "2024-03-10", "to": "2024-03-10"}])"));
}

TEST(OccupancyReport, NamesACorrectedStartByItsOwnId) {
  Told told = with_places(1);
  told.given({placed("P1", "p1", "2024-03-20").as("one"),
              placed("P2", "p2", "2024-03-01").as("two"),
              corrected_to("one", placed("P1", "p1", "2024-03-20"), "2024-03-05").as("fix")});
  EXPECT_EQ(in_march(told).findings(), json(R"([
      {"code": "over-capacity", "subject": "agreement/A1", "events": ["one", "two"],
       "line": "L", "from": "2024-03-05", "to": "2024-03-31"}])"));
}

TEST(OccupancyReport, HasOneRowForOneDay) {
  Told told = with_places(1, "2024-02-29", "2024-02-29");
  told.given({placed("P1", "p1", "2024-02-29"), left("P1", "p1", "2024-02-29")});
  EXPECT_EQ(told.ask("occupancy", {{"from", "2024-02-29"}, {"to", "2024-02-29"}}).columns(figures),
            json(R"([["2024-02-29", "2024-02-29", 1, 1, 0]])"));
}

TEST(OccupancyReport, KeepsTheFindingsOfLinesAndAgreementsApart) {
  Told told = with(agreed("B", "2020-01-01", {}, {{"M", 0}, {"L", 0}}));
  told.given({agreed("A", "2020-01-01", {}, {{"L", 0}}),
              placed("P1", "p1", "2024-03-30", "L", "B").as("z"),
              placed("P2", "p2", "2024-03-30", "M", "B").as("y"),
              placed("P3", "p3", "2024-03-30", "L", "A").as("x")});
  EXPECT_EQ(in_march(told).findings(), json(R"([
      {"code": "agreement-lapsed", "subject": "agreement/A", "events": ["x"],
       "line": "L", "from": "2024-03-30", "to": "2024-03-31"},
      {"code": "agreement-lapsed", "subject": "agreement/B", "events": ["y"],
       "line": "M", "from": "2024-03-30", "to": "2024-03-31"},
      {"code": "agreement-lapsed", "subject": "agreement/B", "events": ["z"],
       "line": "L", "from": "2024-03-30", "to": "2024-03-31"}])"));
}

// Consecutive spans differ in capacity alone, or in occupants and capacity at once.
TEST(OccupancyReport, SplitsWhereOnlySomeFiguresChange) {
  Told told = with_places(1);
  told.given({placed("P1", "p1", "2024-03-10"), amended("L", 2).on("2024-03-10"),
              amended("L", 3).on("2024-03-20")});
  EXPECT_EQ(in_march(told).columns(figures), json(R"([
      ["2024-03-01", "2024-03-09", 1, 0, 1],
      ["2024-03-10", "2024-03-19", 2, 1, 1],
      ["2024-03-20", "2024-03-31", 3, 1, 2]])"));
}

TEST(OccupancyReport, ReachesFromTheFirstDayToTheLast) {
  Told told = with_places(2, "2024-01-01", "9999-12-31");
  told.given({placed("P1", "p1", "2024-03-10")});
  const Asked asked = told.ask("occupancy", {{"from", "0001-01-01"}, {"to", "9999-12-31"}});
  EXPECT_EQ(asked.as_of("9999-12-31").columns(figures), json(R"([
      ["0001-01-01", "2023-12-31", 0, 0, 0],
      ["2024-01-01", "2024-03-09", 2, 0, 2],
      ["2024-03-10", "9999-12-31", 2, 1, 1]])"));
}

// On a day that is one's last and another's first, both are occupants.
TEST(OccupancyReport, NamesBothOnADayThatTwoShare) {
  Told told = with_places(1);
  told.given({placed("P1", "p1", "2024-02-01").as("a"), left("P1", "p1", "2024-03-15"),
              placed("P2", "p2", "2024-03-15").as("b"), placed("P3", "p3", "2024-03-16").as("c"),
              left("P2", "p2", "2024-03-15")});
  EXPECT_EQ(in_march(told).findings(), json(R"([
      {"code": "over-capacity", "subject": "agreement/A1", "events": ["a", "b"],
       "line": "L", "from": "2024-03-15", "to": "2024-03-15"}])"));
}

}  // namespace
}  // namespace liggare::projections
