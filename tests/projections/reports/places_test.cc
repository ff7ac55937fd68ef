// Contract, section 4, report 1, and P13, P14.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

Sent offered(const Text& place, std::string_view on, const Text& administration = "U1",
             PlaceCategory category = PlaceCategory::ordinary) {
  PlaceOffered data;
  data.administration = administration;
  data.category = category;
  return Sent(data).about("place/" + place).on(on);
}
Sent placed(std::string_view participant, const Text& placement, const Text& place,
            std::string_view from) {
  return by(participant, placement_started(placement, place)).on(from);
}
Sent left(std::string_view participant, const Text& placement, std::string_view last_day) {
  return by(participant, placement_ended(placement)).on(last_day);
}

// Units U1 and U2, participants P1 and P2.
Told town_of(std::initializer_list<Sent> events) {
  Told told = Told::only();
  told.given({unit_registered("U1"), unit_registered("U2")}).people({"P1", "P2"});
  told.given(events);
  return told;
}
Asked years(const Told& told, const Text& from, const Text& to) {
  return told.ask("places", {{"from", from}, {"to", to}});
}
constexpr std::string_view counts = "year realised starts persons stock offeredNotRealised";

TEST(PlacesReport, CountsYearByYear) {
  const Told told = town_of({offered("A", "2023-06-01"), placed("P1", "p1", "A", "2024-02-01"),
                             left("P1", "p1", "2024-10-01"), placed("P1", "p2", "A", "2024-11-01"),
                             placed("P2", "p1", "A", "2024-03-01")});
  EXPECT_EQ(years(told, "2022", "2026").as_of("2025-06-30").rows(), json(R"([
      {"administration": "U1", "category": "ordinary", "year": 2023, "realised": 0, "starts": 0,
       "persons": 0, "stock": 0, "offeredNotRealised": 1},
      {"administration": "U1", "category": "ordinary", "year": 2024, "realised": 1, "starts": 3,
       "persons": 2, "stock": 2, "offeredNotRealised": 0},
      {"administration": "U1", "category": "ordinary", "year": 2025, "realised": 0, "starts": 0,
       "persons": 0, "stock": 2, "offeredNotRealised": 0}])"));
  EXPECT_EQ(years(told, "2024", "2024").columns("year"), "[[2024]]");
  EXPECT_EQ(years(told, "2024", "2024").findings(), "[]");
}

// P14: "in the year that as-of cuts, 31 Dec is read as as-of; later years give no rows".
TEST(PlacesReport, ReadsAsOfForTheLastDayOfTheYearThatItCuts) {
  const Told told =
      town_of({offered("A", "2024-01-01"), offered("B", "2024-08-01"), offered("C", "2024-02-01"),
               placed("P1", "p1", "A", "2024-02-01"), left("P1", "p1", "2024-06-30"),
               placed("P2", "p1", "C", "2024-07-01")});
  const auto on = [&](std::string_view as_of) {
    return years(told, "2024", "2025").as_of(as_of).columns(counts);
  };
  EXPECT_EQ(on("2024-06-30"), "[[2024,1,1,1,1,1]]");
  EXPECT_EQ(on("2024-07-01"), "[[2024,2,2,2,1,0]]");
  EXPECT_EQ(on("2024-08-01"), "[[2024,2,2,2,1,1]]");
  EXPECT_EQ(on("2024-12-31"), "[[2024,2,2,2,1,1]]");
  EXPECT_EQ(on("2025-01-01"), json("[[2024, 2, 2, 2, 1, 1], [2025, 0, 0, 0, 1, 0]]"));
  EXPECT_EQ(on("2023-12-31"), "[]");
}

TEST(PlacesReport, CountsTheFirstAndTheLastDayOfTheYear) {
  const Told told =
      town_of({offered("A", "2024-01-01"), offered("B", "2024-12-31"),
               placed("P1", "p1", "A", "2024-12-31"), left("P1", "p1", "2024-12-31"),
               placed("P2", "p1", "A", "2024-01-01"), left("P2", "p1", "2024-12-30")});
  EXPECT_EQ(years(told, "2023", "2025").columns(counts), "[[2024,1,2,2,1,1]]");
}

// "places … whose first placement.started on the timelines has its day in that year".
TEST(PlacesReport, RealisesAPlaceOnceInTheYearOfItsFirstPlacement) {
  Told told = town_of({offered("A", "2022-01-01"), placed("P1", "p1", "A", "2024-05-01"),
                       left("P1", "p1", "2024-05-02")});
  const std::uint64_t before = told.size();
  told.given({placed("P2", "p1", "A", "2023-05-01").as("first"), left("P2", "p1", "2023-05-02")});
  const Asked asked = years(told, "2022", "2024");
  EXPECT_EQ(asked.columns("year realised starts"),
            json("[[2022, 0, 0], [2023, 1, 1], [2024, 0, 1]]"));
  EXPECT_EQ(asked.at(before).columns("year realised starts"), json("[[2022, 0, 0], [2024, 1, 1]]"));
}

TEST(PlacesReport, FollowsCorrectionsAndVoids) {
  Told told = town_of({offered("A", "2022-01-01"), offered("B", "2022-01-01"),
                       placed("P1", "p1", "A", "2023-05-01").as("one"),
                       placed("P2", "p1", "A", "2023-06-01").as("two"),
                       corrected("one", placed("P1", "p1", "B", "2023-05-01"))});
  EXPECT_EQ(years(told, "2023", "2023").columns("realised starts stock"), "[[2,2,2]]");
  told.given(
      {voided("one"), corrected_to("two", placed("P2", "p1", "A", "2023-06-01"), "2022-12-31")});
  EXPECT_EQ(years(told, "2022", "2023").columns(counts),
            json("[[2022, 1, 1, 1, 1, 1], [2023, 0, 0, 0, 1, 0]]"));
}

// "offered in the year and not filled by 31 Dec of it".
TEST(PlacesReport, CountsAPlaceNotFilledInItsYearThoughFilledLater) {
  const Told told = town_of({offered("A", "2023-06-01"), placed("P1", "p1", "A", "2024-01-01"),
                             left("P1", "p1", "2024-01-01")});
  EXPECT_EQ(years(told, "2023", "2024").columns(counts),
            json("[[2023, 0, 0, 0, 0, 1], [2024, 1, 1, 1, 0, 0]]"));
}

TEST(PlacesReport, CountsAPlaceThatWasFilledAndLeftAsFilled) {
  const Told told = town_of({offered("A", "2023-06-01"), placed("P1", "p1", "A", "2023-07-01"),
                             left("P1", "p1", "2023-07-02")});
  EXPECT_EQ(years(told, "2023", "2023").columns(counts), "[[2023,1,1,1,0,0]]");
}

TEST(PlacesReport, CountsAPlaceFilledBeforeItWasOffered) {
  const Told told = town_of({offered("A", "2024-06-01"), placed("P1", "p1", "A", "2023-07-01"),
                             left("P1", "p1", "2023-07-02")});
  EXPECT_EQ(years(told, "2023", "2024").columns(counts), "[[2023,1,1,1,0,0]]");
  // P13: the place's administration is "taken as known at `at`, all effective days".
  EXPECT_EQ(years(told, "2023", "2024").as_of("2023-12-31").columns(counts), "[[2023,1,1,1,0,0]]");
}

// P14: "seats and withdrawals don't count".
TEST(PlacesReport, CountsAPlaceOfManySeatsOnceAndAWithdrawnOneToo) {
  PlaceOffered data;
  data.administration = "U1";
  data.seats = 5;
  const Told told = town_of(
      {Sent(data).about("place/A").on("2024-01-01"), place_withdrawn("A").on("2024-02-01")});
  EXPECT_EQ(years(told, "2024", "2024").columns(counts), "[[2024,0,0,0,0,1]]");
}

// P14: "one row per (administration, category, year) in that order", by bytes.
TEST(PlacesReport, SortsByAdministrationCategoryAndYear) {
  const Told told = town_of({unit_registered("u0"), unit_registered("U10"),
                             offered("A", "2024-01-01", "u0"), offered("B", "2024-01-01", "U10"),
                             offered("C", "2024-01-01", "U2", PlaceCategory::ordinary),
                             offered("D", "2024-01-01", "U2", PlaceCategory::ias),
                             offered("E", "2024-01-01", "U2", PlaceCategory::external),
                             offered("F", "2024-01-01", "U2", PlaceCategory::company),
                             offered("G", "2023-01-01", "U2", PlaceCategory::ordinary),
                             offered("H", "2023-01-01", "U2", PlaceCategory::ordinary)});
  EXPECT_EQ(years(told, "2023", "2024").columns("administration category year offeredNotRealised"),
            json(R"([["U10", "ordinary", 2024, 1], ["U2", "company", 2024, 1],
                     ["U2", "external", 2024, 1], ["U2", "ias", 2024, 1],
                     ["U2", "ordinary", 2023, 2], ["U2", "ordinary", 2024, 1],
                     ["u0", "ordinary", 2024, 1]])"));
}

TEST(PlacesReport, CountsPersonsPerAdministrationAndCategory) {
  const Told told =
      town_of({offered("A", "2020-01-01"), offered("B", "2020-01-01", "U2"),
               offered("C", "2020-01-01"), placed("P1", "p1", "A", "2024-01-01"),
               placed("P1", "p2", "B", "2024-02-01"), placed("P1", "p3", "C", "2024-03-01")});
  EXPECT_EQ(years(told, "2024", "2024").columns("administration realised starts persons stock"),
            json(R"([["U1", 2, 2, 1, 2], ["U2", 1, 1, 1, 1]])"));
}

// P13: "a place's administration and category … as known at `at`".
TEST(PlacesReport, MovesAllYearsOfAPlaceWithACorrection) {
  Told told = town_of({offered("A", "2023-01-01").as("offer")});
  const std::uint64_t before = told.size();
  told.given({corrected("offer", offered("A", "2023-01-01", "U2", PlaceCategory::ias))});
  const Asked asked = years(told, "2023", "2023");
  EXPECT_EQ(asked.columns("administration category"), json(R"([["U2", "ias"]])"));
  EXPECT_EQ(asked.at(before).columns("administration category"), json(R"([["U1", "ordinary"]])"));
}

}  // namespace
}  // namespace liggare::projections
