#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Registration, OpensAParticipantsStream) {
  given({}).when(registered()).then_accepted();
  given({}).when(note_recorded()).then_rejected(unknown_reference, "participant/P1");
  given({registered()}).when(note_recorded()).then_accepted();
}

TEST(Registration, HappensOnce) {
  given({registered()}).when(registered()).then_rejected(already_exists, "e0");
}

TEST(Registration, IsNotOvertakenByASecondOneWithAnEarlierDay) {
  given({registered()}).when(registered().on("2023-01-01")).then_rejected(already_exists, "e0");
}

TEST(Registration, PrecedesEveryOtherDayOfTheStream) {
  const Story story = given({registered()});
  story.when(note_recorded().on("2023-12-31")).then_rejected(before_registration, "e1");
  story.when(note_recorded().on("2024-01-01")).then_accepted();
}

TEST(Registration, MovesOnlyAsFarAsTheStoryAllows) {
  const Story story = given({registered(), note_recorded().on("2024-02-01")});
  story.when(corrected_to("e0", registered(), "2024-02-01")).then_accepted();
  story.when(corrected_to("e0", registered(), "2024-02-02")).then_rejected(before_registration);
}

TEST(Registration, IsVoidedOnlyWhenNothingElseIsLeft) {
  Story story = given({registered(), note_recorded()});
  story.when(voided("e0")).then_rejected(unknown_reference, "e1");
  story.given(voided("e1")).when(voided("e0")).then_accepted();
}

TEST(Registration, MayFollowOnAVoidedOne) {
  Story story = given({registered(), voided("e0")});
  story.when(note_recorded()).then_rejected(unknown_reference, "participant/P1");
  story.given(registered().on("2023-06-01"));
  story.when(note_recorded().on("2023-06-01")).then_accepted();
  story.when(note_recorded().on("2023-05-31")).then_rejected(before_registration);
  story.when(registered()).then_rejected(already_exists, "e2");
}

}  // namespace
}  // namespace liggare::domain
