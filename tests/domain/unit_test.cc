#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Unit, IsRegisteredFirstAndOnce) {
  const Story story = given({});
  story.when(unit_registered("U1")).then_rejected(already_exists, "t-U1");
  story.when(unit_renamed("U9")).then_rejected(unknown_reference, "unit/U9");
  story.when(unit_moved("U9", "U1")).then_rejected(unknown_reference, "unit/U9");
  story.when(unit_closed("U9")).then_rejected(unknown_reference, "unit/U9");
}

TEST(Unit, HasNoEventBeforeItsRegistration) {
  const Story story = given({});
  story.when(unit_renamed("U1").on("2019-12-31")).then_rejected(unknown_reference);
  story.when(unit_renamed("U1").on("2020-01-01")).then_accepted();
}

TEST(Unit, ChangesUntilItIsClosed) {
  Story story = given({unit_closed("U1", "U2").on("2024-03-01")});
  story.when(unit_renamed("U1")).then_rejected(already_ended, "e0");
  story.when(unit_moved("U1", "U2")).then_rejected(already_ended, "e0");
  story.when(unit_closed("U1")).then_rejected(already_ended, "e0");
  story.when(unit_renamed("U1").on("2024-02-29")).then_accepted();
}

TEST(Unit, MayChangeAheadOfTime) {
  given({}).when(unit_renamed("U1").on("2040-01-01")).then_accepted();
}

TEST(UnitCycle, IsNotKnownAtRegistration) {
  given({}).when(unit_registered("U9", "U9")).then_rejected(unknown_reference);
}

TEST(UnitCycle, OfOneUnitIsRefused) { given({}).when(unit_moved("U1", "U1")).then_rejected(cycle); }

TEST(UnitCycle, OfTwoUnitsIsRefused) {
  given({unit_moved("U2", "U1")}).when(unit_moved("U1", "U2")).then_rejected(cycle);
}

TEST(UnitCycle, OfThreeUnitsIsRefused) {
  given({unit_registered("U3", "U2"), unit_moved("U2", "U1")})
      .when(unit_moved("U1", "U3"))
      .then_rejected(cycle);
}

TEST(UnitCycle, CountsOnADayThatLiesAhead) {
  given({unit_moved("U2", "U1").on("2040-01-01")})
      .when(unit_moved("U1", "U2"))
      .then_rejected(cycle, "U1 on 2040-01-01");
}

TEST(UnitCycle, CountsOnADayInThePast) {
  given({unit_moved("U2", "U1").on("2021-01-01"), unit_registered("U3").on("2020-01-01"),
         unit_moved("U2", "U3").on("2022-01-01")})
      .when(unit_moved("U1", "U2").on("2021-06-01"))
      .then_rejected(cycle, "U1 on 2021-06-01");
}

TEST(UnitCycle, IsNoneWhenTheTwoSpansDoNotMeet) {
  given({unit_moved("U2", "U1").on("2021-01-01"), unit_registered("U3").on("2020-01-01"),
         unit_moved("U2", "U3").on("2022-01-01")})
      .when(unit_moved("U1", "U2").on("2022-01-01"))
      .then_accepted();
}

TEST(UnitCycle, MayComeFromAVoid) {
  const Story story =
      given({unit_registered("U3").on("2020-01-01"), unit_moved("U2", "U1").on("2021-01-01"),
             unit_moved("U2", "U3").on("2022-01-01"), unit_moved("U1", "U2").on("2022-01-01")});
  story.when(voided("e2").about("unit/U2")).then_rejected(cycle);
  story.when(voided("e1").about("unit/U2")).then_accepted();
}

TEST(UnitCycle, MayComeFromACorrection) {
  given({unit_moved("U2", "U1"), unit_registered("U3"), unit_moved("U1", "U3")})
      .when(corrected("e2", unit_moved("U1", "U2")))
      .then_rejected(cycle);
}

TEST(UnitCycle, IsAnsweredBeforeTheClosing) {
  given({unit_closed("U1")}).when(unit_moved("U1", "U1")).then_rejected(cycle);
}

}  // namespace
}  // namespace liggare::domain
