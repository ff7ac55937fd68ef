#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

// Rules that read another stream see it as known at the position of the event, and are not judged
// again (contract P6).

Sent ladder_without_c1() { return ladder_published(1, {{{"c2", false}}, {{"c3"}}}); }
Sent ladder_correction(const Sent& data) { return corrected("t-L", data); }

TEST(OtherStreams, ArePublishedBeforeTheyCount) {
  Story story = given({registered()});
  story.when(criterion_assessed("c9")).then_rejected(unknown_reference);
  story.given(ladder_published(2, {{{"c9"}}})).when(criterion_assessed("c9")).then_accepted();
}

TEST(OtherStreams, AreNotJudgedAgainWhenTheyChange) {
  Story story = given({registered(), criterion_assessed("c1"), step_completed(1)});
  story.given(ladder_correction(ladder_without_c1()));
  story.when(note_recorded()).then_accepted();
  story.when(criterion_assessed("c1")).then_rejected(unknown_reference, "criterion c1");
}

TEST(OtherStreams, AreSeenAsOfTheLastCorrectionOfAnEvent) {
  Story story = given({registered(), criterion_assessed("c1")});
  story.given(ladder_correction(ladder_without_c1()));
  story.when(corrected("e1", criterion_assessed("c1", Colour::red)))
      .then_rejected(unknown_reference, "criterion c1");
  story.when(corrected("e1", criterion_assessed("c2"))).then_accepted();
}

TEST(OtherStreams, LetACorrectionNameWhatCameAfterItsTarget) {
  Story story = given({registered(), criterion_assessed("c1")});
  story.given(ladder_published(2, {{{"c1"}, {"c9"}}}));
  story.given(corrected("e1", criterion_assessed("c9")));
  story.when(note_recorded()).then_accepted();
}

TEST(OtherStreams, KeepAnAgreementsLineAsItWasSeen) {
  Story story = given({registered(), enrolment_started_on("n1", "A1", "L2")});
  story.given(corrected("t-A1", agreement_signed({"L1"})));
  story.when(note_recorded()).then_accepted();
  story.when(enrolment_started_on("n2", "A1", "L2")).then_rejected(unknown_reference, "line L2");
  story.when(placement_started_on("p1", "A1", "L2")).then_rejected(unknown_reference, "line L2");
}

TEST(OtherStreams, LetACorrectionNameALineThatWasSignedLater) {
  Story story = given_only({unit_registered("U1"), registered(), enrolment_started("n1").as("n")});
  story.given(agreement_signed());
  story.given(corrected("n", enrolment_started_on("n1", "A1", "L1")));
  story.when(note_recorded()).then_accepted();
}

TEST(OtherStreams, CountOnAllTheirDays) {
  given_only(
      {unit_registered("U1").on("2040-01-01"), agreement_signed().on("2040-01-01"), registered()})
      .when(enrolment_started_on("n1", "A1", "L1"))
      .then_accepted();
}

}  // namespace
}  // namespace liggare::domain
