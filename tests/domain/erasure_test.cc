#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Hold, IsReleasedOnce) {
  Story story = given({registered(), hold_placed("h1")});
  story.when(hold_placed("h1")).then_rejected(duplicate_id, "h1");
  story.when(hold_released("h2")).then_rejected(unknown_reference, "h2");
  story.given(hold_released("h1"));
  story.when(hold_released("h1")).then_rejected(already_ended, "h1");
}

TEST(Erasure, ExecutesOnlyWhatWasDecided) {
  using enum PersonalClass;
  const Story story = given({registered(), erasure_decided({health, social})});
  story.when(erasure_executed({health})).then_accepted();
  story.when(erasure_executed({social, health})).then_accepted();
  story.when(erasure_executed({health, offence})).then_rejected(wrong_state);
  story.when(erasure_executed_of({"e0"})).then_rejected(wrong_state);
}

TEST(Erasure, OfSingleEventsExecutesThoseAlone) {
  const Story story = given({registered(), note_recorded(), erasure_decided_of({"e1"})});
  story.when(erasure_executed_of({"e1"})).then_accepted();
  story.when(erasure_executed_of({"e0"})).then_rejected(wrong_state);
}

TEST(Erasure, OfAnEventNamedLikeAClassIsNotThatClass) {
  given({registered(), note_recorded().as("health"), erasure_decided_of({"health"})})
      .when(erasure_executed({PersonalClass::health}))
      .then_rejected(wrong_state);
}

TEST(Erasure, IsExecutedOnceForEachDecision) {
  using enum PersonalClass;
  Story story = given({registered(), erasure_decided({health}), erasure_executed({health})});
  story.when(erasure_executed({health})).then_rejected(wrong_state);
  story.given(erasure_decided({health})).when(erasure_executed({health})).then_accepted();
}

TEST(Review, IsStartedFirstAndOnce) {
  const Story story = given({});
  story.when(review_marked()).then_rejected(unknown_reference, "review/R1");
  given({review_started()}).when(review_started()).then_rejected(already_exists);
}

TEST(Review, IsMarkedUntilItIsClosed) {
  Story story = given({review_started(), review_marked()});
  story.when(review_marked()).then_accepted();
  story.given(review_closed());
  story.when(review_marked()).then_rejected(already_ended);
  story.when(review_closed()).then_rejected(already_ended);
}

TEST(Review, LooksAtASpanThatEndsAfterItBegins) {
  const Story story = given({});
  story.when(review_started("2024-02-01", "2024-01-31")).then_rejected(invalid_span);
  story.when(review_started("2024-02-01", "2024-02-01")).then_accepted();
}

}  // namespace
}  // namespace liggare::domain
