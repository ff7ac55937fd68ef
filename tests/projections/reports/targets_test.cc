// Contract, section 4, report 2, the measures after report 3, and P13, P14.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

const Scope everything{true, std::nullopt, std::nullopt};
Scope of_category(PlaceCategory category) { return {std::nullopt, category, std::nullopt}; }
Scope of_administration(const Text& unit) { return {std::nullopt, std::nullopt, unit}; }

struct Aim {
  Measure measure = Measure::placement_starts;
  Scope scope = everything;
  Text from = "2024-01-01";
  Text to = "2024-12-31";
  std::int64_t value = 10;
  std::optional<std::int64_t> baseline = {};
};
Sent aimed(const Aim& aim, const Text& target = "T1") {
  return Sent(TargetSet{aim.measure, aim.scope, day(aim.from), day(aim.to), aim.value, aim.baseline,
                        std::nullopt})
      .about("target/" + target)
      .on("2020-01-01");
}
Sent offered(const Text& place, const Text& administration = "U1",
             PlaceCategory category = PlaceCategory::ordinary) {
  PlaceOffered data;
  data.administration = administration;
  data.category = category;
  return Sent(data).about("place/" + place).on("2020-01-01");
}
Sent placed(std::string_view participant, const Text& placement, std::string_view from,
            const Text& place = "A") {
  return by(participant, placement_started(placement, place)).on(from);
}
Sent left(std::string_view participant, const Text& placement, std::string_view last_day) {
  return by(participant, placement_ended(placement)).on(last_day);
}

// Units U1 and U2 and participants P1 and P2, without any place.
Told town_of(std::initializer_list<Sent> events) {
  Told told = Told::only();
  told.given({unit_registered("U1"), unit_registered("U2")}).people({"P1", "P2"});
  told.given(events);
  return told;
}
std::string derived(Told told, const Aim& aim, std::string_view as_of = "2025-12-31") {
  told.given({aimed(aim)});
  return told.ask("targets").as_of(as_of).columns("derived deviation");
}

TEST(TargetsReport, ShowsEachTargetAndItsDeviation) {
  const Told told =
      town_of({offered("A"), placed("P1", "p1", "2024-05-01"),
               aimed({Measure::realised_places, everything, "2024-01-01", "2024-12-31", 3, 1}),
               aimed({Measure::placement_starts, of_category(PlaceCategory::ordinary)}, "T2"),
               aimed({Measure::persons_placed, of_administration("U1")}, "T3")});
  EXPECT_EQ(told.ask("targets").rows(), json(R"([
      {"target": "T1", "measure": "realised-places", "scope": {"all": true}, "from": "2024-01-01",
       "to": "2024-12-31", "value": 3, "baseline": 1, "derived": 0, "deviation": -3},
      {"target": "T2", "measure": "placement-starts", "scope": {"category": "ordinary"},
       "from": "2024-01-01", "to": "2024-12-31", "value": 10, "baseline": null, "derived": 1,
       "deviation": -9},
      {"target": "T3", "measure": "persons-placed", "scope": {"administration": "U1"},
       "from": "2024-01-01", "to": "2024-12-31", "value": 10, "baseline": null, "derived": 1,
       "deviation": -9}])"));
  EXPECT_EQ(told.ask("targets").findings(), "[]");
}

// P14: "in force = the last target.set ≤ as-of, whatever its from…to".
TEST(TargetsReport, ShowsTheTargetInForce) {
  Told told =
      town_of({offered("A"), aimed({.value = 1}).on("2024-03-01"),
               aimed({.value = 2}).on("2024-06-01").as("two"), aimed({.value = 3}).on("2024-05-01"),
               aimed({.value = 4}, "T2").on("2030-01-01")});
  const auto values = [&](std::string_view as_of) {
    return told.ask("targets").as_of(as_of).columns("target value");
  };
  EXPECT_EQ(values("2024-02-29"), "[]");
  EXPECT_EQ(values("2024-03-01"), json(R"([["T1", 1]])"));
  EXPECT_EQ(values("2024-05-31"), json(R"([["T1", 3]])"));
  EXPECT_EQ(values("2025-12-31"), json(R"([["T1", 2]])"));
  EXPECT_EQ(values("2030-01-01"), json(R"([["T1", 2], ["T2", 4]])"));
  told.given({voided("two").about("target/T1")});
  EXPECT_EQ(values("2025-12-31"), json(R"([["T1", 3]])"));
}

TEST(TargetsReport, SortsByTheBytesOfTheId) {
  const Told told = town_of({aimed({}, "t1"), aimed({}, "T2"), aimed({}, "T10")});
  EXPECT_EQ(told.ask("targets").columns("target"), json(R"([["T10"], ["T2"], ["t1"]])"));
}

// "count within the span" of days, inclusive.
TEST(TargetsReport, CountsFromTheFirstDayToTheLast) {
  const Told told =
      town_of({offered("A"), offered("B"), placed("P1", "p1", "2024-02-01", "A"),
               placed("P1", "p2", "2024-04-30", "B"), placed("P2", "p1", "2024-04-30", "A")});
  const auto spans = [&](Measure measure, const Text& from, const Text& to) {
    return derived(told, {measure, everything, from, to, 0});
  };
  EXPECT_EQ(spans(Measure::placement_starts, "2024-02-01", "2024-04-30"), "[[3,3]]");
  EXPECT_EQ(spans(Measure::persons_placed, "2024-02-01", "2024-04-30"), "[[2,2]]");
  EXPECT_EQ(spans(Measure::realised_places, "2024-02-01", "2024-04-30"), "[[2,2]]");
  EXPECT_EQ(spans(Measure::placement_starts, "2024-02-02", "2024-04-30"), "[[2,2]]");
  EXPECT_EQ(spans(Measure::realised_places, "2024-02-02", "2024-04-30"), "[[1,1]]");
  EXPECT_EQ(spans(Measure::placement_starts, "2024-02-01", "2024-04-29"), "[[1,1]]");
  EXPECT_EQ(spans(Measure::persons_placed, "2024-02-02", "2024-04-29"), "[[0,0]]");
}

TEST(TargetsReport, CountsNothingAfterAsOf) {
  const Told told = town_of({offered("A"), placed("P1", "p1", "2024-02-01"),
                             placed("P2", "p1", "2024-04-30"), placed("P2", "p2", "2024-02-01")});
  EXPECT_EQ(derived(told, {.value = 0}, "2024-04-29"), "[[2,2]]");
  EXPECT_EQ(derived(told, {.from = "2024-06-01", .value = 0}, "2024-04-29"), "[[0,0]]");
}

// "active-placements counts those active on `to`"; P14: "on `to` or as-of, whichever is earlier".
TEST(TargetsReport, CountsActivePlacementsOnTheLastDay) {
  const Told told = town_of({offered("A"), placed("P1", "p1", "2023-01-01"),
                             left("P1", "p1", "2024-06-30"), placed("P2", "p1", "2024-06-30")});
  const auto active = [&](const Text& to, std::string_view as_of) {
    return derived(told, {Measure::active_placements, everything, "2024-01-01", to, 0}, as_of);
  };
  EXPECT_EQ(active("2024-06-29", "2025-12-31"), "[[1,1]]");
  EXPECT_EQ(active("2024-06-30", "2025-12-31"), "[[2,2]]");
  EXPECT_EQ(active("2024-07-01", "2025-12-31"), "[[1,1]]");
  EXPECT_EQ(active("2024-12-31", "2024-06-30"), "[[2,2]]");
  EXPECT_EQ(active("2024-12-31", "2024-06-29"), "[[1,1]]");
}

// "referrals (… scope all only, otherwise derived null)"; P14: "never null for want of places".
TEST(TargetsReport, CountsReferralsOfAllOnly) {
  const Told told = town_of({by("P1", referral_received("r1")).on("2024-01-01"),
                             by("P1", referral_received("r2")).on("2024-12-31"),
                             by("P1", referral_received("r3")).on("2025-01-01"),
                             by("P1", referral_declined("r1")).on("2024-02-01")});
  EXPECT_EQ(derived(told, {Measure::referrals, everything}), "[[2,-8]]");
  EXPECT_EQ(derived(told, {Measure::referrals, of_category(PlaceCategory::ordinary)}),
            "[[null,null]]");
  EXPECT_EQ(derived(told, {Measure::referrals, of_administration("U1")}), "[[null,null]]");
}

// "Places of category external count only in scope {"category": "external"}".
TEST(TargetsReport, KeepsExternalPlacesOutOfEveryOtherScope) {
  const Told told =
      town_of({offered("A"), offered("X", "U1", PlaceCategory::external),
               offered("Y", "U2", PlaceCategory::ias), placed("P1", "p1", "2024-02-01", "A"),
               placed("P2", "p1", "2024-02-01", "X"), placed("P2", "p2", "2024-02-01", "Y")});
  for (const auto measure : {Measure::realised_places, Measure::placement_starts,
                             Measure::persons_placed, Measure::active_placements}) {
    const auto in = [&](const Scope& scope) {
      return derived(told, {measure, scope, "2024-01-01", "2024-12-31", 0});
    };
    EXPECT_EQ(in(everything), "[[2,2]]");
    EXPECT_EQ(in(of_administration("U1")), "[[1,1]]");
    EXPECT_EQ(in(of_administration("U2")), "[[1,1]]");
    EXPECT_EQ(in(of_category(PlaceCategory::ordinary)), "[[1,1]]");
    EXPECT_EQ(in(of_category(PlaceCategory::ias)), "[[1,1]]");
    EXPECT_EQ(in(of_category(PlaceCategory::external)), "[[1,1]]");
    EXPECT_EQ(in(of_category(PlaceCategory::company)), "[[null,null]]");
  }
}

// "A scope in which the ledger has no place at all gives derived null", judged "at `at`, all days".
TEST(TargetsReport, DerivesNothingWhereThereIsNoPlaceAtAll) {
  Told told =
      town_of({aimed({.value = 0}), aimed({.scope = of_administration("U2"), .value = 0}, "T2")});
  const std::uint64_t before = told.size();
  const auto seen = [&](const Asked& asked) { return asked.columns("target derived deviation"); };
  EXPECT_EQ(seen(told.ask("targets")), json(R"([["T1", null, null], ["T2", null, null]])"));
  told.given({offered("A").on("2025-06-01")});
  EXPECT_EQ(seen(told.ask("targets").as_of("2024-12-31")),
            json(R"([["T1", 0, 0], ["T2", null, null]])"));
  EXPECT_EQ(seen(told.ask("targets").as_of("2024-12-31").at(before)),
            json(R"([["T1", null, null], ["T2", null, null]])"));
}

// An external place is in no scope but its own.
TEST(TargetsReport, DerivesNothingOfAllWhereThereAreOnlyExternalPlaces) {
  const Told told = town_of({offered("X", "U1", PlaceCategory::external)});
  EXPECT_EQ(derived(told, {}), "[[null,null]]");
  EXPECT_EQ(derived(told, {.scope = of_administration("U1")}), "[[null,null]]");
  EXPECT_EQ(derived(told, {.scope = of_category(PlaceCategory::external)}), "[[0,-10]]");
}

// "derived = measure − baseline where one is given".
TEST(TargetsReport, TakesTheBaselineOff) {
  const Told told = town_of({offered("A"), placed("P1", "p1", "2024-02-01")});
  EXPECT_EQ(derived(told, {.value = 2, .baseline = 0}), "[[1,-1]]");
  EXPECT_EQ(derived(told, {.value = 2, .baseline = 5}), "[[-4,-6]]");
  EXPECT_EQ(derived(told, {Measure::referrals, of_administration("U1"), "2024-01-01", "2024-12-31",
                           2, 5}),
            "[[null,null]]");
}

// The first placement may lie before the span: then nothing is realised in it.
TEST(TargetsReport, RealisesAPlaceWithItsFirstPlacementOnly) {
  const Told told = town_of({offered("A"), placed("P1", "p1", "2023-12-31"),
                             left("P1", "p1", "2023-12-31"), placed("P2", "p1", "2024-01-01")});
  EXPECT_EQ(derived(told, {.measure = Measure::realised_places, .value = 0}), "[[0,0]]");
  EXPECT_EQ(derived(told, {.measure = Measure::realised_places, .from = "2023-12-31", .value = 0}),
            "[[1,1]]");
}

}  // namespace
}  // namespace liggare::projections
