#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

// Of several faults the one that contract P1 names first is answered. Each test has two.

TEST(OrderOfFaults, FutureBeforeAMissingFirstEvent) {
  given({}).when(note_recorded().on("2030-01-01")).then_rejected(effective_in_future);
}

TEST(OrderOfFaults, MissingFirstEventBeforeTheTarget) {
  given({}).when(voided("t-U1")).then_rejected(unknown_reference, "participant/P1");
}

TEST(OrderOfFaults, MissingFirstEventBeforeReferences) {
  given({}).when(placement_started("p1", "PL9")).then_rejected(unknown_reference, "participant/P1");
}

TEST(OrderOfFaults, TargetBeforeTheDataOfACorrection) {
  const Story story = given({registered(), note_recorded(), voided("e1")});
  story.when(wrongly_corrected("e1")).then_rejected(already_voided);
  story.when(wrongly_corrected("e9")).then_rejected(unknown_reference);
}

TEST(OrderOfFaults, FutureBeforeTheTarget) {
  given({registered()}).when(voided("e9").on("2030-01-01")).then_rejected(effective_in_future);
}

TEST(OrderOfFaults, DataOfACorrectionBeforeReferencesAndTimeline) {
  given({registered(), placement_started("p1"), placement_ended("p1")})
      .when(wrongly_corrected("e1"))
      .then_rejected(invalid_field);
}

TEST(OrderOfFaults, ReferencesBeforeTheTimeline) {
  given({registered(), placement_started("p1")})
      .when(placement_started("p1", "PL9"))
      .then_rejected(unknown_reference, "$.data.place: place/PL9");
}

TEST(OrderOfFaults, ReferencesBeforeTheRegistrationsDay) {
  given({registered()})
      .when(placement_started("p1", "PL9").on("2001-01-01"))
      .then_rejected(unknown_reference);
}

TEST(OrderOfFaults, ReferencesInTheOrderOfTheFields) {
  given({registered()})
      .when(Sent(EnrolmentStarted{"n1", "osa", "U9", std::nullopt, "A9", "L9"}))
      .then_rejected(unknown_reference, "$.data.unit: unit/U9");
}

TEST(OrderOfFaults, ReferencesBeforeACycle) {
  given({}).when(unit_moved("U1", "U9")).then_rejected(unknown_reference);
}

TEST(OrderOfFaults, CycleBeforeTheTimeline) {
  given({unit_closed("U1")}).when(unit_moved("U1", "U1")).then_rejected(cycle);
}

TEST(OrderOfFaults, FirstBrokenRuleInTimelineOrder) {
  // Voiding the start breaks the extension (2 April) and the end (1 May).
  given({registered(), placement_started("p1"), enrolment_started("n1"),
         placement_ended("p1").on("2024-05-01"), placement_extended("p1").on("2024-04-02")})
      .when(corrected_to("e1", placement_started("p2"), "2024-04-15"))
      .then_rejected(unknown_reference, "p1");
}

TEST(OrderOfFaults, EarlierDayAnswersBeforeTheNewEvent) {
  // The new first version unmakes the completion of 1 March; the note itself is fine.
  given({registered(), criterion_assessed("c1"), step_completed(1).on("2024-03-01"),
         placement_started("p1").on("2024-04-01")})
      .when(corrected_to("e1", criterion_assessed("c1"), "2024-05-01"))
      .then_rejected(criteria_not_green, "c1");
}

TEST(OrderOfFaults, IdsBeforeOtherRulesOfTheRow) {
  const Story story = given({registered(), consent_given("c1"), referral_received("r1")});
  story.when(consent_given("c1", "2001-01-01")).then_rejected(duplicate_id);
  story.when(enrolment_started_on("n1", "A1", "L9")).then_rejected(unknown_reference);
}

TEST(OrderOfFaults, RegistrationsDayBeforeTheRowsRules) {
  given({registered()})
      .when(placement_ended("p9").on("2001-01-01"))
      .then_rejected(before_registration);
}

}  // namespace
}  // namespace liggare::domain
