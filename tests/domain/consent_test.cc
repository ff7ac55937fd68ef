#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Consent, IsIntroducedOnce) {
  given({registered(), consent_given("c1")})
      .when(consent_given("c1"))
      .then_rejected(duplicate_id, "c1");
}

TEST(Consent, DoesNotEndBeforeItIsGiven) {
  const Story story = given({registered()});
  story.when(consent_given("c1", "2024-02-29")).then_rejected(invalid_span);
  story.when(consent_given("c1", "2024-03-01")).then_accepted();
}

TEST(Consent, IsNotMovedBehindItsLastDay) {
  given({registered(), consent_given("c1", "2024-03-31")})
      .when(corrected_to("e1", consent_given("c1", "2024-03-31"), "2024-04-01"))
      .then_rejected(invalid_span);
}

TEST(Consent, IsWithdrawnAnyNumberOfTimes) {
  given({registered(), consent_given("c1"), consent_withdrawn("c1")})
      .when(consent_withdrawn("c1"))
      .then_accepted();
}

TEST(Consent, IsWithdrawnAfterItExpired) {
  given({registered(), consent_given("c1", "2024-03-02")})
      .when(consent_withdrawn("c1").on("2024-06-01"))
      .then_accepted();
}

TEST(Consent, IsKnownBeforeItIsWithdrawn) {
  const Story story = given({registered(), consent_given("c1")});
  story.when(consent_withdrawn("c2")).then_rejected(unknown_reference, "c2");
  story.when(consent_withdrawn("c1").on("2024-02-29")).then_rejected(unknown_reference, "c1");
}

TEST(Consent, MayBeRefused) { given({registered()}).when(consent_refused()).then_accepted(); }

TEST(Request, IsAnsweredOnce) {
  Story story = given({registered(), request_received("q1")});
  story.when(request_received("q1")).then_rejected(duplicate_id, "q1");
  story.when(request_answered("q2")).then_rejected(unknown_reference, "q2");
  story.given(request_answered("q1"));
  story.when(request_answered("q1")).then_rejected(already_ended, "q1");
}

TEST(Shield, IsLiftedOnce) {
  Story story = given({registered(), shield_set("s1")});
  story.when(shield_set("s1")).then_rejected(duplicate_id, "s1");
  story.when(shield_lifted("s2")).then_rejected(unknown_reference, "s2");
  story.given(shield_lifted("s1"));
  story.when(shield_lifted("s1")).then_rejected(already_ended, "s1");
}

TEST(Disclosure, IsIntroducedOnce) {
  given({registered(), disclosure_made("d1")})
      .when(disclosure_made("d1"))
      .then_rejected(duplicate_id, "d1");
}

// A finding, not a refusal.
TEST(Disclosure, MayRestOnWhatDoesNotExist) {
  const Story story = given({registered()});
  story.when(disclosure_made("d1")).then_accepted();
  story.when(disclosure_made("d1", BasisReference{"c9", std::nullopt})).then_accepted();
  story.when(disclosure_made("d1", BasisReference{std::nullopt, "B9"})).then_accepted();
}

TEST(Disclosure, MayBeRefused) {
  given({registered()}).when(disclosure_refused("no-such-basis")).then_accepted();
}

TEST(Protection, IsLiftedOnlyWhenSet) {
  Story story = given({registered()});
  story.when(protection_lifted()).then_rejected(wrong_state);
  story.given(protection_set("S1")).given(protection_set("S2"));  // Setting again replaces.
  story.given(protection_lifted()).when(protection_lifted()).then_rejected(wrong_state);
}

TEST(Information, IsGivenAboutANotice) {
  const Story story = given({registered()});
  story.when(information_given("N1")).then_accepted();
  story.when(information_given("N2")).then_rejected(unknown_reference);
}

}  // namespace
}  // namespace liggare::domain
