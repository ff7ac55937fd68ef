#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Amendment, HasATargetInItsOwnStream) {
  const Story story = given({registered(), note_recorded()});
  story.when(voided("e9")).then_rejected(unknown_reference, "e9");
  story.when(voided("t-U1")).then_rejected(unknown_reference, "t-U1");
  story.when(voided("e1").about("unit/U1")).then_rejected(unknown_reference, "e1");
  story.when(corrected("e9", note_recorded())).then_rejected(unknown_reference, "e9");
}

TEST(Amendment, NeverHasAnAmendmentAsItsTarget) {
  const Story story =
      given({registered(), note_recorded(), corrected("e1", note_recorded()), voided("e1")});
  story.when(voided("e2")).then_rejected(unknown_reference, "e2");
  story.when(corrected("e3", note_recorded())).then_rejected(unknown_reference, "e3");
}

TEST(Amendment, NeverHasItselfAsItsTarget) {
  given({registered()}).when(voided("x").as("x")).then_rejected(unknown_reference);
}

TEST(Amendment, IsNotMadeOfAVoidedEvent) {
  const Story story = given({registered(), note_recorded(), voided("e1")});
  story.when(voided("e1")).then_rejected(already_voided, "e1");
  story.when(corrected("e1", note_recorded())).then_rejected(already_voided, "e1");
}

TEST(Amendment, NeedsAStreamThatExists) {
  given({}).when(voided("e1")).then_rejected(unknown_reference, "participant/P1");
  given({}).when(voided("e1").about("target/T1")).then_rejected(unknown_reference, "e1");
}

TEST(Void, LeavesTheFirstEventOfAStreamInPlace) {
  given({}).when(voided("t-U1").about("unit/U1")).then_rejected(cannot_void, "t-U1");
  given({}).when(voided("t-L").about("ladder/L")).then_rejected(cannot_void, "t-L");
  given({policy_adopted()}).when(voided("e0").about("policy/ledger")).then_rejected(cannot_void);
}

TEST(Void, TakesALaterEventOfAnyStream) {
  given({unit_renamed("U1")}).when(voided("e0").about("unit/U1")).then_accepted();
}

TEST(Void, TakesTheEventFromTheStory) {
  given({registered(), placement_started("p1"), placement_ended("p1"), voided("e2")})
      .when(placement_ended("p1"))
      .then_accepted();
}

TEST(Void, IsRefusedWhenTheStoryNeedsTheEvent) {
  given({registered(), placement_started("p1"), placement_ended("p1")})
      .when(voided("e1"))
      .then_rejected(unknown_reference, "p1");
}

TEST(Amendment, LeavesEventsOfOwnCommandsAlone) {
  const Story story = given({registered(), hold_placed("h1"), review_started()});
  story.when(voided("e1")).then_rejected(cannot_void, "e1");
  story.when(corrected("e1", hold_placed("h2"))).then_rejected(cannot_void, "e1");
  story.when(voided("e2").about("review/R1")).then_rejected(cannot_void, "e2");
}

TEST(Correction, ReplacesTheDataWhole) {
  given({registered(), placement_started("p1"), corrected("e1", placement_started("p2"))})
      .when(placement_ended("p1"))
      .then_rejected(unknown_reference, "p1");
}

TEST(Correction, MayNameAnEntityAnew) {
  Story story = given({registered(), placement_started("p1"), placement_started("p2")});
  story.when(corrected("e2", placement_started("p3"))).then_accepted();
  story.when(corrected("e2", placement_started("p1"))).then_rejected(duplicate_id, "p1");
}

TEST(Correction, IsRefusedWhenItBreaksTheStory) {
  given({registered(), placement_started("p1"), placement_ended("p1")})
      .when(corrected("e1", placement_started("p2")))
      .then_rejected(unknown_reference, "p1");
}

TEST(Correction, MovesTheDay) {
  Story story =
      given({registered(), placement_started("p1"), placement_ended("p1").on("2024-04-01")});
  story.when(corrected_to("e1", placement_started("p1"), "2024-04-02"))
      .then_rejected(unknown_reference, "p1");
  story.given(corrected_to("e1", placement_started("p1"), "2024-04-01"));
  story.when(placement_extended("p1").on("2024-03-31")).then_rejected(unknown_reference, "p1");
}

TEST(Correction, KeepsTheDayThatAnEarlierOneGave) {
  Story story = given({registered(), placement_started("p1"),
                       corrected_to("e1", placement_started("p1"), "2024-04-01"),
                       corrected("e1", placement_started("p1"))});
  story.when(placement_extended("p1").on("2024-03-31")).then_rejected(unknown_reference, "p1");
  story.when(placement_extended("p1").on("2024-04-01")).then_accepted();
}

TEST(Correction, KeepsThePositionOfItsTarget) {
  // On one day the start (e1) stands before the end (e2), corrected or not.
  given({registered(), placement_started("p1"), placement_ended("p1")})
      .when(corrected("e1", placement_started("p1")))
      .then_accepted();
}

TEST(Correction, HasDataThatReadAsItsTargets) {
  given({registered(), note_recorded()})
      .when(wrongly_corrected("e1"))
      .then_rejected(invalid_field, "$.data.data");
}

TEST(Correction, HasReferencesThatExist) {
  given({registered(), placement_started("p1")})
      .when(corrected("e1", placement_started("p1", "PL9")))
      .then_rejected(unknown_reference, "$.data.data.place: place/PL9");
}

TEST(Amendment, HasAnEnvelopeDayWithoutEffect) {
  // Before the registration, and yet not before-registration.
  const Story story = given({registered(), note_recorded()});
  story.when(voided("e1").on("2001-01-01")).then_accepted();
  story.when(corrected("e1", note_recorded()).on("2001-01-01")).then_accepted();
}

TEST(Future, IsRefusedOnMostStreams) {
  const Story story = given({registered(), note_recorded()});
  story.when(note_recorded().on("2026-01-02")).then_rejected(effective_in_future, "2026-01-02");
  story.when(note_recorded().on("2026-01-01")).then_accepted();
  story.when(role_granted(Role::lead).on("2026-01-02")).then_rejected(effective_in_future);
  story.when(incident_reported().on("2026-01-02")).then_rejected(effective_in_future);
  story.when(figure_published().on("2026-01-02")).then_rejected(effective_in_future);
  story.when(review_started().on("2026-01-02")).then_rejected(effective_in_future);
}

TEST(Future, IsWelcomeOnStreamsThatPlan) {
  const Story story = given({});
  for (const Sent& sent :
       {unit_registered("U9"), unit_renamed("U1"), agreement_amended("L1"), target_set(),
        ladder_published(2, {}), policy_adopted(), place_offered("PL9"),
        basis_adopted().about("basis/B2"), notice_published().about("notice/N2")}) {
    story.when(sent.on("2040-01-01")).then_accepted();
  }
}

TEST(Future, BeginsAfterTheLedgerDay) {
  // The ledger day is the UTC date two hours later.
  const Story story = given({registered().recorded_at("2024-06-01T00:00:00Z")});
  const Sent tomorrow = note_recorded().on("2024-06-02");
  story.when(tomorrow.recorded_at("2024-06-01T21:59:59Z")).then_rejected(effective_in_future);
  story.when(tomorrow.recorded_at("2024-06-01T22:00:00Z")).then_accepted();
}

TEST(Future, IsRefusedForAmendmentsByTheKindOfStream) {
  const Story story = given({registered(), note_recorded(), unit_renamed("U1")});
  story.when(voided("e1").on("2026-01-02")).then_rejected(effective_in_future);
  story.when(corrected_to("e1", note_recorded(), "2026-01-02"))
      .then_rejected(effective_in_future, "2026-01-02");
  story.when(voided("e2").about("unit/U1").on("2026-01-02")).then_accepted();
  story.when(corrected_to("e2", unit_renamed("U1"), "2026-01-02")).then_accepted();
}

}  // namespace
}  // namespace liggare::domain
