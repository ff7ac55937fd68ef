#include "domain/participant_facts.h"

#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

ParticipantFacts facts_of(std::initializer_list<Sent> events) {
  const Story story = given(events);
  return participant_facts(story.timeline("participant/P1", story.size()));
}

TEST(ConsentFact, IsActiveUntilItExpiresOrIsWithdrawn) {
  const auto facts = facts_of({registered(), consent_given("c1", "2024-06-30")});
  const ConsentFact& consent = facts.consents.at("c1");
  EXPECT_EQ(state_on(consent, day("2024-06-30")), ConsentState::active);
  EXPECT_EQ(state_on(consent, day("2024-07-01")), ConsentState::expired);
}

TEST(ConsentFact, IsWithdrawnFromTheEarliestWithdrawalOn) {
  const auto facts = facts_of({registered(), consent_given("c1", "2024-06-30"),
                               consent_withdrawn("c1").on("2024-08-01"),
                               consent_withdrawn("c1").on("2024-05-01")});
  const ConsentFact& consent = facts.consents.at("c1");
  EXPECT_EQ(state_on(consent, day("2024-04-30")), ConsentState::active);
  EXPECT_EQ(state_on(consent, day("2024-05-01")), ConsentState::withdrawn);
  EXPECT_EQ(state_on(consent, day("2024-07-01")), ConsentState::withdrawn);
}

TEST(Movement, IsAStepCompletedOrACriterionToAHigherColour) {
  using enum Colour;
  const auto facts = facts_of({registered(), criterion_assessed("c1", red).on("2024-03-01"),
                               criterion_assessed("c1", yellow).on("2024-03-02"),
                               criterion_assessed("c1", yellow).on("2024-03-03"),
                               criterion_assessed("c1", green).on("2024-03-04"),
                               criterion_assessed("c1", yellow).on("2024-03-05"),
                               criterion_assessed("c1", green).on("2024-03-06"),
                               step_completed(1).on("2024-03-07")});
  EXPECT_EQ(facts.movements, (std::vector{day("2024-03-02"), day("2024-03-04"), day("2024-03-06"),
                                          day("2024-03-07")}));
}

TEST(Step, StandsCompletedOnTheDayOfItsLastCompletion) {
  const auto facts =
      facts_of({registered(), criterion_assessed("c1"), step_completed(1).on("2024-03-01"),
                step_reopened(1).on("2024-03-02"), step_completed(1).on("2024-03-03")});
  EXPECT_EQ(facts.ladders.at("L").standing.completed_steps.at(1), day("2024-03-03"));
}

TEST(EnrolmentFact, KeepsItsUnitsAndPauses) {
  const auto facts =
      facts_of({registered(), enrolment_started("n1"), enrolment_paused("n1").on("2024-04-01"),
                enrolment_transferred("n1", "U2").on("2024-04-15"),
                enrolment_resumed("n1").on("2024-05-01"), enrolment_ended("n1").on("2024-06-01")});
  const EnrolmentFact& enrolment = facts.enrolments.at("n1");
  EXPECT_EQ(enrolment.unit(), "U2");
  EXPECT_EQ(enrolment.units.front().unit, "U1");
  ASSERT_EQ(enrolment.pauses.size(), 1u);
  EXPECT_EQ(enrolment.pauses[0].from, day("2024-04-01"));
  EXPECT_EQ(enrolment.pauses[0].to, day("2024-05-01"));
  EXPECT_EQ(enrolment.end, day("2024-06-01"));
  EXPECT_EQ(enrolment.outcome, Outcome::studies);
}

}  // namespace
}  // namespace liggare::domain
