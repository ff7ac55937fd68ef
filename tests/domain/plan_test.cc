#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Plan, IsIntroducedOnce) {
  given({registered(), plan_created("k1")})
      .when(plan_created("k1"))
      .then_rejected(duplicate_id, "k1");
}

TEST(Plan, IsRevisedOneStepAtATime) {
  Story story = given({registered(), plan_created("k1")});
  story.when(plan_revised("k1", 1)).then_rejected(version_conflict);
  story.when(plan_revised("k1", 3)).then_rejected(version_conflict);
  story.given(plan_revised("k1", 2)).when(plan_revised("k1", 3)).then_accepted();
  story.when(plan_revised("k2", 2)).then_rejected(unknown_reference, "k2");
}

TEST(Plan, IsRevisedByItsOwner) {
  Story story = given({registered(), plan_created("k1", "U1")});
  story.when(plan_revised("k1", 2, "U2")).then_rejected(not_plan_owner, "U1");
  story.given(plan_transferred("k1", "U2"));
  story.when(plan_revised("k1", 2, "U2")).then_accepted();
  story.when(plan_revised("k1", 2, "U1")).then_rejected(not_plan_owner, "U2");
}

TEST(Plan, IsClosedOnceAndForAll) {
  const Story story = given({registered(), plan_created("k1"), plan_closed("k1")});
  story.when(plan_closed("k1")).then_rejected(already_ended, "k1");
  story.when(plan_transferred("k1", "U2")).then_rejected(already_ended, "k1");
  story.when(plan_revised("k1", 2)).then_rejected(already_ended, "k1");
}

TEST(Plan, AnswersTheClosingLast) {
  const Story story = given({registered(), plan_created("k1"), plan_closed("k1")});
  story.when(plan_revised("k1", 5, "U2")).then_rejected(version_conflict);
  story.when(plan_revised("k1", 2, "U2")).then_rejected(not_plan_owner);
}

TEST(Plan, IsKnownBeforeItIsTransferredOrClosed) {
  const Story story = given({registered()});
  story.when(plan_transferred("k1", "U2")).then_rejected(unknown_reference, "k1");
  story.when(plan_closed("k1")).then_rejected(unknown_reference, "k1");
}

TEST(Plan, IsNotRevisedBetweenTwoRevisions) {
  given({registered(), plan_created("k1"), plan_revised("k1", 2).on("2024-05-01")})
      .when(plan_revised("k1", 2).on("2024-04-01"))
      .then_rejected(version_conflict);
}

TEST(Assessment, NamesEachIndicatorOnce) {
  const Story story = given({registered()});
  story.when(assessment_recorded({"i1", "i2"})).then_accepted();
  story.when(assessment_recorded({"i1", "i2", "i1"})).then_rejected(duplicate_id, "i1");
}

TEST(Mapping, NamesAConsentOfTheStream) {
  const Story story = given({registered(), consent_given("c1")});
  story.when(mapping_recorded()).then_accepted();
  story.when(mapping_recorded("c1")).then_accepted();
  story.when(mapping_recorded("c2")).then_rejected(unknown_reference, "c2");
}

TEST(Meeting, NamesConsentsOfTheStream) {
  const Story story = given({registered(), consent_given("c1")});
  story.when(meeting_held({"c1"})).then_accepted();
  story.when(meeting_held({"c1", "c2"})).then_rejected(unknown_reference, "c2");
  story.when(meeting_held({"c1"}).on("2024-02-01")).then_rejected(unknown_reference, "c1");
}

TEST(Path, IsChosenFreelyAndAgain) {
  given({registered(), path_chosen("work")}).when(path_chosen("elsewhere")).then_accepted();
}

}  // namespace
}  // namespace liggare::domain
