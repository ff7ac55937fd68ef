#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Placement, IsIntroducedOnce) {
  given({registered(), placement_started("p1")})
      .when(placement_started("p1"))
      .then_rejected(duplicate_id, "p1");
}

TEST(Placement, IsRefusedWhenItEndsTwice) {
  given({registered(), placement_started("p1"), placement_ended("p1")})
      .when(placement_ended("p1"))
      .then_rejected(already_ended, "p1");
}

TEST(Placement, EndsOnItsFirstDayAtTheEarliest) {
  const Story story = given({registered(), placement_started("p1")});
  story.when(placement_ended("p1").on("2024-03-01")).then_accepted();
  story.when(placement_ended("p1").on("2024-02-29")).then_rejected(unknown_reference, "p1");
}

TEST(Placement, IsExtendedOnlyWhileRunning) {
  Story story = given({registered(), placement_started("p1")});
  story.when(placement_extended("p1")).then_accepted();
  story.when(placement_extended("p2")).then_rejected(unknown_reference, "p2");
  story.when(placement_ended("p2")).then_rejected(unknown_reference, "p2");
  story.given(placement_ended("p1").on("2024-06-30"));
  story.when(placement_extended("p1").on("2024-07-01")).then_rejected(already_ended, "p1");
  story.when(placement_extended("p1").on("2024-06-29")).then_accepted();
}

TEST(Placement, HasAPlannedEndThatIsNotChecked) {
  given({registered(), placement_started("p1")})
      .when(placement_extended("p1", "2020-01-01"))
      .then_accepted();
}

TEST(Placement, NamesALineOfTheAgreement) {
  const Story story = given({registered()});
  story.when(placement_started_on("p1", "A1", "L1")).then_accepted();
  story.when(placement_started_on("p1", "A1", "L3")).then_rejected(unknown_reference, "line L3");
  story.when(placement_started_on("p1", "A1", std::nullopt)).then_accepted();
}

TEST(Placement, MayUseALineOutsideTheAgreementsDays) {
  Story story = given({registered()});
  story.given(agreement_terminated("2020-12-31"));
  story.when(placement_started_on("p1", "A1", "L1")).then_accepted();
}

TEST(Placement, MayBeOnAPlaceThatWasWithdrawn) {
  given({place_withdrawn(), registered()}).when(placement_started("p1")).then_accepted();
}

// Two events on the same day count in the order of their positions.
TEST(Placement, EndedAndBegunOnOneDayKeepsTheOrderOfPositions) {
  const Story story = given({registered(), placement_started("p1"), placement_ended("p1")});
  story.when(placement_extended("p1")).then_rejected(already_ended);
}

TEST(Placement, WelcomesALateEventThatFitsTheStory) {
  const Story story =
      given({registered(), placement_started("p1"), placement_ended("p1").on("2024-12-31")});
  story.when(placement_started("p2").on("2024-02-01")).then_accepted();
  story.when(placement_extended("p1").on("2024-05-01")).then_accepted();
}

TEST(Placement, RefusesALateEventThatBreaksTheStory) {
  given({registered(), placement_started("p1"), placement_extended("p1").on("2024-08-01")})
      .when(placement_ended("p1").on("2024-06-01"))
      .then_rejected(already_ended, "p1");
}

}  // namespace
}  // namespace liggare::domain
