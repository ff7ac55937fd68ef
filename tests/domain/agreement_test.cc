#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Agreement, IsSignedFirstAndOnce) {
  given({}).when(agreement_signed()).then_rejected(already_exists, "t-A1");
  given_only({}).when(agreement_amended("L1")).then_rejected(unknown_reference, "agreement/A1");
  given_only({}).when(agreement_terminated("2024-01-01")).then_rejected(unknown_reference);
}

TEST(Agreement, EndsNoEarlierThanItBegins) {
  const Story story = given_only({});
  story.when(agreement_signed_for("2024-01-02", "2024-01-01")).then_rejected(invalid_span);
  story.when(agreement_signed_for("2024-01-02", "2024-01-02")).then_accepted();
}

TEST(Agreement, NamesEachLineOnce) {
  given_only({unit_registered("U1")})
      .when(agreement_signed({"L1", "L2", "L1"}))
      .then_rejected(duplicate_id, "L1");
}

TEST(Agreement, AnswersDuplicateLinesBeforeTheSpan) {
  AgreementSigned data{"Agreement", {}, day("2024-01-02"), day("2024-01-01"), {}};
  data.lines = {{"L1", "osa", std::nullopt, 1}, {"L1", "osa", std::nullopt, 1}};
  given_only({}).when(Sent(data).about("agreement/A1")).then_rejected(duplicate_id);
}

TEST(Agreement, AmendsALineThatItHas) {
  const Story story = given({});
  story.when(agreement_amended("L2")).then_accepted();
  story.when(agreement_amended("L3")).then_rejected(unknown_reference, "line L3");
  story.when(agreement_amended("L2").on("2019-12-31")).then_rejected(unknown_reference);
}

TEST(Agreement, KeepsALineThatWasAmended) {
  given({agreement_amended("L2")})
      .when(corrected("t-A1", agreement_signed({"L1"})))
      .then_rejected(unknown_reference, "line L2");
}

TEST(Agreement, IsTerminatedNoEarlierThanItBegins) {
  const Story story = given({});  // Valid from 2020-01-01.
  story.when(agreement_terminated("2019-12-31")).then_rejected(invalid_span);
  story.when(agreement_terminated("2020-01-01")).then_accepted();
}

TEST(Agreement, MayBeProlongedAndTerminatedAgain) {
  given_only({agreement_signed_for("2024-01-01", "2024-06-30"), agreement_terminated("2024-03-31")})
      .when(agreement_terminated("2030-12-31"))
      .then_accepted();
}

TEST(Agreement, IsNotCorrectedSoThatItsTerminationPrecedesIt) {
  given_only({agreement_signed_for("2024-01-01", {}).as("a"), agreement_terminated("2024-03-31")})
      .when(corrected("a", agreement_signed_for("2024-04-01", {})))
      .then_rejected(invalid_span);
}

TEST(Target, NeedsNoOtherFirstEvent) { given_only({}).when(target_set()).then_accepted(); }

TEST(Target, IsSetAnyNumberOfTimesOnAnyDay) {
  given_only({target_set()}).when(target_set().on("2040-01-01")).then_accepted();
  given_only({target_set()}).when(target_set().on("2019-01-01")).then_accepted();
}

TEST(Target, CoversASpanThatEndsAfterItBegins) {
  const Story story = given_only({});
  story.when(target_set("2024-01-02", "2024-01-01")).then_rejected(invalid_span);
  story.when(target_set("2024-01-02", "2024-01-02")).then_accepted();
}

TEST(Figure, CoversASpanThatEndsAfterItBegins) {
  const Story story = given_only({});
  story.when(figure_published("2024-01-02", "2024-01-01")).then_rejected(invalid_span);
  story.when(figure_published("2024-01-02", "2024-01-02")).then_accepted();
}

TEST(Figure, MayBePublishedAgainOnTheSameStream) {
  given_only({figure_published()}).when(figure_published()).then_accepted();
}

}  // namespace
}  // namespace liggare::domain
