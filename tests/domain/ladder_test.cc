#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

constexpr auto red = Colour::red;
constexpr auto yellow = Colour::yellow;

TEST(Ladder, IsPublishedVersionByVersion) {
  const Story story = given({});
  story.when(ladder_published(1, {})).then_rejected(version_conflict);
  story.when(ladder_published(3, {})).then_rejected(version_conflict);
  story.when(ladder_published(2, {})).then_accepted();
  given_only({}).when(ladder_published(2, {})).then_rejected(version_conflict, "2 after 0");
}

TEST(Ladder, CountsVersionsByPositionAndNotByDay) {
  Story story = given({ladder_published(2, {}).on("2019-01-01")});
  story.when(ladder_published(3, {}).on("2018-01-01")).then_accepted();
  story.when(ladder_published(2, {}).on("2030-01-01")).then_rejected(version_conflict, "2 after 2");
}

TEST(Ladder, NamesEachCriterionOnce) {
  given({}).when(ladder_published(2, {{{"c1"}}, {{"c9"}, {"c9"}}})).then_rejected(duplicate_id);
  given({}).when(ladder_published(2, {{{"c1"}}, {{"c1"}}})).then_rejected(duplicate_id, "c1");
}

TEST(Ladder, KeepsACriterionOnItsStep) {
  const Story story = given({});
  story.when(ladder_published(2, {{{"c3"}}})).then_rejected(duplicate_id, "c3");
  story.when(ladder_published(2, {{{"c1"}}, {{"c3"}, {"c4"}}})).then_accepted();
}

TEST(Ladder, KeepsTheStepOfACriterionThatPaused) {
  given({ladder_published(2, {})})
      .when(ladder_published(3, {{{"c3"}}}))
      .then_rejected(duplicate_id, "c3");
}

TEST(Ladder, AnswersDuplicatesBeforeTheVersion) {
  given({}).when(ladder_published(9, {{{"c9"}, {"c9"}}})).then_rejected(duplicate_id);
}

TEST(Ladder, LosesNoVersionInTheMiddle) {
  Story story = given({ladder_published(2, {}), ladder_published(3, {})});
  story.when(voided("e0").about("ladder/L")).then_rejected(version_conflict, "3 after 1");
  story.when(voided("e1").about("ladder/L")).then_accepted();
}

TEST(Criterion, IsKnownInSomeVersion) {
  const Story story = given({ladder_published(2, {{{"c9"}}}), registered()});
  story.when(criterion_assessed("c9")).then_accepted();
  story.when(criterion_assessed("c3")).then_accepted();  // Only in the first version.
  story.when(criterion_assessed("c8")).then_rejected(unknown_reference, "criterion c8");
}

TEST(Criterion, MayBeOfAVersionThatIsNotInForceYet) {
  given({ladder_published(2, {{{"c9"}}}).on("2030-01-01"), registered()})
      .when(criterion_assessed("c9"))
      .then_accepted();
}

TEST(Step, NeedsItsMandatoryCriteriaGreen) {
  Story story = given({registered(), criterion_assessed("c1", yellow)});
  story.when(step_completed(1)).then_rejected(criteria_not_green, "c1");
  story.given(criterion_assessed("c1"));
  story.when(step_completed(1)).then_accepted();  // c2 is not mandatory.
  story.when(step_completed(2)).then_rejected(criteria_not_green, "c3");
}

TEST(Step, NeedsThemGreenOnItsOwnDay) {
  const Story story = given({registered(), criterion_assessed("c1").on("2024-03-01")});
  story.when(step_completed(1).on("2024-02-29")).then_rejected(criteria_not_green);
  story.when(step_completed(1).on("2024-03-01")).then_accepted();
}

TEST(Step, IsNotCompletedByAGreenThatTurnedRed) {
  given({registered(), criterion_assessed("c1"), criterion_assessed("c1", red)})
      .when(step_completed(1))
      .then_rejected(criteria_not_green);
}

TEST(Step, StaysCompletedWhenACriterionFallsLater) {
  given({registered(), criterion_assessed("c1"), step_completed(1)})
      .when(criterion_assessed("c1", red).on("2024-04-01"))
      .then_accepted();
}

TEST(Step, RefusesALateAssessmentThatUnmakesIt) {
  given({registered(), criterion_assessed("c1"), step_completed(1).on("2024-05-01")})
      .when(criterion_assessed("c1", red).on("2024-04-01"))
      .then_rejected(criteria_not_green, "c1");
}

TEST(Step, IsCompletedOnceUntilItIsReopened) {
  Story story = given({registered(), criterion_assessed("c1"), step_completed(1)});
  story.when(step_completed(1)).then_rejected(wrong_state);
  story.given(step_reopened(1)).when(step_completed(1)).then_accepted();
}

TEST(Step, AnswersItsCriteriaBeforeItsState) {
  given({registered(), criterion_assessed("c1"), step_completed(1), criterion_assessed("c1", red)})
      .when(step_completed(1))
      .then_rejected(criteria_not_green);
}

TEST(Step, IsReopenedOnlyWhenCompleted) {
  Story story = given({registered(), criterion_assessed("c1")});
  story.when(step_reopened(1)).then_rejected(wrong_state);
  story.given(step_completed(1)).given(step_reopened(1));
  story.when(step_reopened(1)).then_rejected(wrong_state);
}

TEST(Step, BelongsToTheVersionInForceOnItsDay) {
  const Story story = given({ladder_published(2, {{{"c1"}, {"c5"}}}).on("2024-06-01"), registered(),
                             criterion_assessed("c1")});
  story.when(step_completed(1).on("2024-05-31")).then_accepted();
  story.when(step_completed(1).on("2024-06-01")).then_rejected(criteria_not_green, "c5");
  story.when(step_completed(2).on("2024-06-01")).then_rejected(unknown_reference, "step 2");
}

// Of the versions in force the highest counts, not the one with the latest day.
TEST(Step, BelongsToTheHighestVersionInForce) {
  const Story story = given({ladder_published(2, {{{"c1"}}}).on("2019-06-01"), registered(),
                             criterion_assessed("c1"), criterion_assessed("c3")});
  story.when(step_completed(2)).then_rejected(unknown_reference, "step 2");
}

TEST(Step, NeedsAVersionInForce) {
  Story story = given_only({ladder_as_in_town().on("2024-04-01"), registered()});
  story.given(criterion_assessed("c1"));
  story.when(step_completed(1).on("2024-03-31")).then_rejected(unknown_reference, "step 1");
  story.when(step_completed(1).on("2024-04-01")).then_accepted();
}

}  // namespace
}  // namespace liggare::domain
