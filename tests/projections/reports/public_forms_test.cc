// Public forms: small counts of persons are hidden, and what would give them away (contract,
// section 4, --public). How cells follow from each other is tested in
// tests/projection/suppression_test.cc.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

constexpr std::string_view hidden = R"({"suppressed":true})";

std::string with_marks(std::string text) {
  for (auto at = text.find("#"); at != std::string::npos; at = text.find("#", at)) {
    text.replace(at, 1, hidden);
  }
  return json(text);
}

std::string person(int number) { return "P" + std::to_string(100 + number); }

// `count` more participants, each with one referral received that day.
void refer(Told& told, int& persons, int count, std::string_view on) {
  for (int i = 0; i < count; ++i) {
    const std::string id = person(persons++);
    told.people({id}).given({by(id, referral_received("r")).on(on)});
  }
}
// … each enrolled that day at the unit.
std::vector<std::string> enrol(Told& told, int& persons, int count, std::string_view on,
                               const Text& unit = "U1") {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) {
    ids.push_back(person(persons++));
    told.people({ids.back()}).given({enrolled(ids.back(), "e", on, unit)});
  }
  return ids;
}

TEST(PublicFlow, HidesSmallCountsAndShowsNoneAndEnough) {
  Told told;
  int persons = 0;
  refer(told, persons, 5, "2024-01-10");
  refer(told, persons, 4, "2024-02-10");
  refer(told, persons, 6, "2024-04-10");
  EXPECT_EQ(told.ask("flow", {{"by", "month"}}).publicly().columns("period referrals started"),
            with_marks(R"([["2024-01", 5, 0], ["2024-02", #, 0], ["2024-03", 0, 0],
                           ["2024-04", 6, 0]])"));
}

// 6 start and are active, 2 more start, 8 are active: by two of these the 2 would be told.
TEST(PublicFlow, HidesTheStockThatWouldGiveASmallStartAway) {
  Told told;
  int persons = 0;
  enrol(told, persons, 6, "2024-01-10");
  enrol(told, persons, 2, "2024-02-10");
  EXPECT_EQ(told.ask("flow", {{"by", "month"}}).publicly().columns("period started active"),
            with_marks(R"([["2024-01", #, #], ["2024-02", #, 8]])"));
}

TEST(PublicFlow, HidesOutcomesAndMedianWithASmallNumberOfEnds) {
  Told told;
  int persons = 0;
  const auto ids = enrol(told, persons, 9, "2024-01-10");
  for (int i = 0; i < 3; ++i) {
    told.given({by(ids[static_cast<std::size_t>(i)], enrolment_ended("e")).on("2024-02-10")});
  }
  EXPECT_EQ(told.ask("flow", {{"by", "month"}}).publicly().columns("ended outcomes medianDays"),
            with_marks(R"([[0, {}, null], [#, #, #]])"));
}

TEST(PublicLadder, LeavesOutParticipantsAndHidesASecondColour) {
  Told told;
  int persons = 0;
  const auto ids = enrol(told, persons, 9, "2024-01-10");
  for (int i = 0; i < 2; ++i) {
    told.given({by(ids[static_cast<std::size_t>(i)], criterion_assessed("c1")).on("2024-01-11")});
  }
  const Asked asked = told.ask("ladder", {{"ladder", "L"}}).publicly();
  EXPECT_EQ(asked.rows(), "[]");
  // c1: 7 red, none yellow, 2 green. All are 9 by any other criterion, so that the 7 and the none
  // together would give the 2 away.
  EXPECT_NE(asked.summary().find(R"("criterion":"c1","step":1,"red":7,"yellow":)" +
                                 std::string(hidden) + R"(,"green":)" + std::string(hidden)),
            std::string::npos)
      << asked.summary();
}

TEST(PublicBottlenecks, HidesShareAndMedianWithASmallStep) {
  Told told;
  int persons = 0;
  enrol(told, persons, 3, "2024-01-10");
  EXPECT_EQ(told.ask("bottlenecks", {{"ladder", "L"}})
                .publicly()
                .as_of("2024-02-29")
                .columns("unit step on active share stalled medianDays"),
            with_marks(R"([["U1", 1, #, #, #, 0, #]])"));
}

TEST(PublicPlaces, HidesWhatFewPersonsStandBehind) {
  Told told;
  told.people({"P1"}).given({place_offered("PL9").on("2024-01-01"),
                             by("P1", placement_started("m1", "PL9")).on("2024-02-01")});
  EXPECT_EQ(told.ask("places", {{"from", "2024"}, {"to", "2024"}})
                .publicly()
                .as_of("2024-12-31")
                .columns("year realised starts persons stock offeredNotRealised"),
            with_marks(R"([[2024, #, #, #, #, 0]])"));
}

// One after the other they come: the days would tell 1, 2, 3.
TEST(PublicOccupancy, MergesNeighbouringSpansThatAreHidden) {
  Told told;
  told.people({"P1", "P2"})
      .given({by("P1", enrolment_started_on("e1", "A1", "L1")).on("2024-02-01"),
              by("P2", enrolment_started_on("e2", "A1", "L1")).on("2024-03-01")});
  EXPECT_EQ(told.ask("occupancy", {{"from", "2024-02-01"}, {"to", "2024-03-31"}})
                .publicly()
                .columns("line from to occupied free"),
            with_marks(R"([["L1", "2024-02-01", "2024-03-31", #, #],
                           ["L2", "2024-02-01", "2024-03-31", 0, 5]])"));
}

TEST(PublicForms, HideNothingWhereNoCellIsSmall) {
  Told told;
  told.people({"P1"}).given({place_offered("PL9").on("2024-01-01"),
                             by("P1", placement_started("m1", "PL9")).on("2024-02-01")});
  const Asked asked = told.ask("places", {{"from", "2024"}, {"to", "2024"}}).as_of("2024-12-31");
  EXPECT_EQ(asked.publicly(1).rows(), asked.rows());
}

}  // namespace
}  // namespace liggare::projections
