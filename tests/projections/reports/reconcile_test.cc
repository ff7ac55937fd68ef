// Contract, section 4, report 3, and P14. The measures themselves: targets_test.cc.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

Sent published(const Text& publication, std::int64_t claimed,
               const std::optional<std::int64_t>& baseline = {},
               const Scope& scope = {true, std::nullopt, std::nullopt}) {
  return Sent(FigurePublished{"Annual report", "3.2", Measure::placement_starts, scope,
                              day("2024-01-01"), day("2024-12-31"), claimed, baseline})
      .about("publication/" + publication)
      .on("2025-02-01");
}

// Two placements in 2024, the second from 1 December.
Told two_placements() {
  Told told;
  told.people({"P1"}).given({placement_started("p1").on("2024-03-01"),
                             placement_started("p2").on("2024-12-01").as("second")});
  return told;
}

TEST(ReconcileReport, ComparesWhatWasPublishedWithWhatIsDerived) {
  Told told = two_placements();
  told.given({published("F1", 5, 1), published("F2", 2)});
  EXPECT_EQ(told.ask("reconcile").rows(), json(R"([
      {"publication": "F1", "document": "Annual report", "section": "3.2",
       "measure": "placement-starts", "scope": {"all": true}, "from": "2024-01-01",
       "to": "2024-12-31", "claimed": 5, "baseline": 1, "derived": 1, "difference": -4},
      {"publication": "F2", "document": "Annual report", "section": "3.2",
       "measure": "placement-starts", "scope": {"all": true}, "from": "2024-01-01",
       "to": "2024-12-31", "claimed": 2, "baseline": null, "derived": 2, "difference": 0}])"));
  EXPECT_EQ(told.ask("reconcile").findings(), "[]");
}

// "per figure.published …, position order".
TEST(ReconcileReport, ListsFiguresInTheirPosition) {
  Told told = two_placements();
  told.given({published("F2", 1), published("F1", 2).on("2025-03-01"),
              published("F2", 3).on("2025-01-15")});
  EXPECT_EQ(told.ask("reconcile").columns("publication claimed"),
            json(R"([["F2", 1], ["F1", 2], ["F2", 3]])"));
}

// "(effective ≤ as-of)".
TEST(ReconcileReport, ListsFiguresPublishedUntilAsOf) {
  Told told = two_placements();
  const std::uint64_t before = told.size();
  told.given({published("F1", 2), published("F2", 2).on("2025-02-02")});
  const auto until = [&](std::string_view as_of) {
    return told.ask("reconcile").as_of(as_of).columns("publication");
  };
  EXPECT_EQ(until("2025-01-31"), "[]");
  EXPECT_EQ(until("2025-02-01"), json(R"([["F1"]])"));
  EXPECT_EQ(until("2025-02-02"), json(R"([["F1"], ["F2"]])"));
  EXPECT_EQ(told.ask("reconcile").at(before).rows(), "[]");
}

TEST(ReconcileReport, DerivesFromWhatIsKnownAt) {
  Told told = two_placements();
  told.given({published("F1", 2)});
  const std::uint64_t before = told.size();
  told.given({corrected_to("second", placement_started("p2"), "2025-01-01")});
  EXPECT_EQ(told.ask("reconcile").columns("derived difference"), "[[1,-1]]");
  EXPECT_EQ(told.ask("reconcile").at(before).columns("derived difference"), "[[2,0]]");
}

TEST(ReconcileReport, FollowsCorrectionsAndVoidsOfTheFigure) {
  Told told = two_placements();
  told.given({published("F1", 2).as("a"), published("F1", 7).as("b"),
              corrected("a", published("F1", 4)), voided("b").about("publication/F1")});
  EXPECT_EQ(told.ask("reconcile").columns("publication claimed difference"),
            json(R"([["F1", 4, -2]])"));
}

// "A scope in which the ledger has no place at all gives derived null".
TEST(ReconcileReport, HasNoDifferenceWhereNothingIsDerived) {
  Told told = two_placements();
  told.given({published("F1", 2, 1, {std::nullopt, std::nullopt, "U2"})});
  EXPECT_EQ(told.ask("reconcile").columns("scope claimed baseline derived difference"),
            json(R"([[{"administration": "U2"}, 2, 1, null, null]])"));
}

}  // namespace
}  // namespace liggare::projections
