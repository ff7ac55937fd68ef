#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Referral, IsIntroducedOnce) {
  given({registered(), referral_received("r1")})
      .when(referral_received("r1"))
      .then_rejected(duplicate_id, "r1");
}

TEST(Referral, IsDecidedOnce) {
  for (const Sent& first :
       {referral_accepted("r1"), referral_declined("r1"), referral_withdrawn("r1")}) {
    const Story story = given({registered(), referral_received("r1"), first});
    story.when(referral_accepted("r1")).then_rejected(already_decided, "r1");
    story.when(referral_declined("r1")).then_rejected(already_decided, "r1");
    story.when(referral_withdrawn("r1")).then_rejected(already_decided, "r1");
  }
}

TEST(Referral, IsKnownBeforeItIsDecided) {
  const Story story = given({registered(), referral_received("r1").on("2024-03-01")});
  story.when(referral_accepted("r2")).then_rejected(unknown_reference, "r2");
  story.when(referral_accepted("r1").on("2024-02-29")).then_rejected(unknown_reference, "r1");
  story.when(referral_accepted("r1").on("2024-03-01")).then_accepted();
}

TEST(Enrolment, IsIntroducedOnce) {
  given({registered(), enrolment_started("n1")})
      .when(enrolment_started("n1"))
      .then_rejected(duplicate_id, "n1");
}

TEST(Enrolment, NamesAReferralThatIsKnownByThen) {
  const Story story = given({registered(), referral_received("r1")});
  story.when(enrolment_started("n1", "r1")).then_accepted();
  story.when(enrolment_started("n1", "r2")).then_rejected(unknown_reference, "r2");
  story.when(enrolment_started("n1", "r1").on("2024-02-01")).then_rejected(unknown_reference);
}

TEST(Enrolment, NamesALineOfTheAgreement) {
  const Story story = given({registered()});
  story.when(enrolment_started_on("n1", "A1", "L2")).then_accepted();
  story.when(enrolment_started_on("n1", "A1", "L3")).then_rejected(unknown_reference, "line L3");
  story.when(enrolment_started_on("n1", "A1", std::nullopt)).then_accepted();
}

TEST(Enrolment, PausesOnlyWhileActive) {
  Story story = given({registered(), enrolment_started("n1")});
  story.when(enrolment_paused("n1")).then_accepted();
  story.given(enrolment_paused("n1")).when(enrolment_paused("n1")).then_rejected(wrong_state);
  story.given(enrolment_resumed("n1")).when(enrolment_paused("n1")).then_accepted();
  story.when(enrolment_paused("n2")).then_rejected(unknown_reference, "n2");
}

TEST(Enrolment, ResumesOnlyWhilePaused) {
  const Story story = given({registered(), enrolment_started("n1")});
  story.when(enrolment_resumed("n1")).then_rejected(wrong_state);
  story.when(enrolment_resumed("n2")).then_rejected(unknown_reference, "n2");
}

TEST(Enrolment, NeitherPausesNorResumesAfterItsEnd) {
  const Story story = given({registered(), enrolment_started("n1"), enrolment_ended("n1")});
  story.when(enrolment_paused("n1")).then_rejected(wrong_state);
  story.when(enrolment_resumed("n1")).then_rejected(wrong_state);
}

TEST(Enrolment, MovesToAnotherUnitUntilItsEnd) {
  Story story = given({registered(), enrolment_started("n1")});
  story.when(enrolment_transferred("n1", "U2")).then_accepted();
  story.given(enrolment_paused("n1")).when(enrolment_transferred("n1", "U2")).then_accepted();
  story.given(enrolment_ended("n1"));
  story.when(enrolment_transferred("n1", "U2")).then_rejected(already_ended, "n1");
  story.when(enrolment_transferred("n2", "U2")).then_rejected(unknown_reference, "n2");
}

TEST(Enrolment, EndsOnce) {
  Story story = given({registered(), enrolment_started("n1")});
  story.when(enrolment_ended("n2")).then_rejected(unknown_reference, "n2");
  story.given(enrolment_ended("n1"));
  story.when(enrolment_ended("n1")).then_rejected(already_ended, "n1");
}

TEST(Enrolment, HasOutcomesEvenAfterItsEnd) {
  const Story story = given({registered(), enrolment_started("n1"), enrolment_ended("n1")});
  story.when(outcome_recorded("n1")).then_accepted();
  story.when(outcome_recorded("n2")).then_rejected(unknown_reference, "n2");
}

TEST(Enrolment, AndOtherEntitiesDoNotClashById) {
  given({registered(), referral_received("x1"), plan_created("x1"), consent_given("x1")})
      .when(enrolment_started("x1"))
      .then_accepted();
}

TEST(Consultant, IsReleasedOnlyWhileAssigned) {
  Story story = given({registered(), consultant_assigned("S1")});
  story.when(consultant_released("S2")).then_rejected(wrong_state);
  story.when(consultant_released("S1")).then_accepted();
  story.given(consultant_assigned("S2"));  // Assigning replaces.
  story.when(consultant_released("S1")).then_rejected(wrong_state);
  story.given(consultant_released("S2"));
  story.when(consultant_released("S2")).then_rejected(wrong_state);
}

}  // namespace
}  // namespace liggare::domain
