// The data-protection officer's reports, deadlines and retention (contract, section 4, report 15).
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;
using enum PersonalClass;

std::string due(const Told& told, std::string_view as_of, const Given& options = {}) {
  return told.ask("deadlines", options).as_of(as_of).columns("id due daysLeft state");
}
Told requested(std::string_view received) {
  Told told;
  told.people({"P1"}).given({request_received("q1").on(received)});
  return told;
}
Told reported(std::string_view notified_on) {
  Told told;
  told.given({incident_reported("2024-03-01").on("2024-03-02")});
  if (!notified_on.empty()) told.given({incident_notified().on(notified_on)});
  return told;
}

TEST(DeadlinesReport, ShowsWhatIsOpen) {
  Told told = requested("2024-03-10");
  told.given({incident_reported("2024-03-01").on("2024-03-02")});
  EXPECT_EQ(told.ask("deadlines").as_of("2024-03-10").rows(), json(R"([
      {"kind": "incident", "subject": "incident/I1", "id": "I1", "requestKind": null,
       "received": "2024-03-01", "due": "2024-03-04", "answered": null, "daysLeft": -6,
       "state": "overdue"},
      {"kind": "request", "subject": "participant/P1", "id": "q1", "requestKind": "access",
       "received": "2024-03-10", "due": "2024-04-10", "answered": null, "daysLeft": 31,
       "state": "open"}])"));
  EXPECT_EQ(told.ask("deadlines").findings(), "[]");
}

TEST(DeadlinesReport, GivesAMonthClampedToItsEnd) {
  EXPECT_EQ(due(requested("2024-01-31"), "2024-02-29"),
            json(R"([["q1", "2024-02-29", 0, "open"]])"));
  EXPECT_EQ(due(requested("2023-01-31"), "2023-03-01"),
            json(R"([["q1", "2023-02-28", -1, "overdue"]])"));
}

TEST(DeadlinesReport, ListsARequestFromTheDayItWasReceived) {
  EXPECT_EQ(due(requested("2024-03-10"), "2024-03-09"), "[]");
}

TEST(DeadlinesReport, LeavesOutWhatWasAnsweredInTimeUnlessAskedForAll) {
  Told told = requested("2024-03-10");
  told.given({request_answered("q1").on("2024-04-10")});
  EXPECT_EQ(due(told, "2024-04-09"), json(R"([["q1", "2024-04-10", 1, "open"]])"));
  EXPECT_EQ(due(told, "2024-04-10"), "[]");
  EXPECT_EQ(due(told, "2024-12-31", {{"all", ""}}),
            json(R"([["q1", "2024-04-10", 0, "answered"]])"));
}

TEST(DeadlinesReport, KeepsWhatWasAnsweredLate) {
  Told told = requested("2024-03-10");
  told.given({request_answered("q1").on("2024-04-12")});
  EXPECT_EQ(due(told, "2024-04-11"), json(R"([["q1", "2024-04-10", -1, "overdue"]])"));
  EXPECT_EQ(due(told, "2024-12-31"), json(R"([["q1", "2024-04-10", -2, "answered-late"]])"));
}

TEST(DeadlinesReport, WantsTheAuthorityTold) {
  Told told = reported("2024-03-05");
  EXPECT_EQ(due(told, "2024-03-31"), json(R"([["I1", "2024-03-04", -1, "answered-late"]])"));
  EXPECT_EQ(due(reported("2024-03-04"), "2024-03-31"), "[]");
  Told subjects = reported("");
  subjects.given(
      {Sent(IncidentNotified{NotifiedParty::subjects}).about("incident/I1").on("2024-03-03")});
  EXPECT_EQ(due(subjects, "2024-03-05"), json(R"([["I1", "2024-03-04", -1, "overdue"]])"));
}

TEST(DeadlinesReport, CountsTheFirstNoticeAndThenTheClosing) {
  Told told = reported("2024-03-04");
  told.given({incident_notified().on("2024-03-20"), incident_closed().on("2024-03-21")});
  EXPECT_EQ(due(told, "2024-03-31"), "[]");
  Told closed = reported("");
  closed.given({incident_closed().on("2024-03-06")});
  EXPECT_EQ(due(closed, "2024-03-05"), json(R"([["I1", "2024-03-04", -1, "overdue"]])"));
  EXPECT_EQ(due(closed, "2024-03-31"), json(R"([["I1", "2024-03-04", -2, "answered-late"]])"));
}

RetentionAdopted rule(PersonalClass of, RetentionTrigger trigger, std::int64_t months,
                      RetentionAction action = RetentionAction::erase) {
  return {of, trigger, months, action, "KS 2019/12"};
}
Sent adopted(const RetentionAdopted& data, std::string_view id = "R1",
             std::string_view day = "2020-01-01") {
  return Sent(data).about("retention/" + std::string(id)).on(day);
}
// P1 has health data since 2024-01-10 and was enrolled until 2024-03-31.
Told cared_for(const RetentionAdopted& data = rule(health, RetentionTrigger::enrolment_ended, 6)) {
  Told told;
  told.people({"P1", "P2"})
      .given({adopted(data), enrolled("P1", "e1", "2024-01-01"),
              by("P1", note_recorded()).on("2024-01-10").as("n1")})
      .holding({health})
      .given({by("P1", enrolment_ended("e1")).on("2024-03-31")});
  return told;
}
std::string kept(const Told& told, std::string_view as_of, const Given& options = {}) {
  return told.ask("retention", options).as_of(as_of).columns("class triggerDay due held state");
}

TEST(RetentionReport, CountsFromTheEndOfTheLastEnrolment) {
  const Told told = cared_for();
  EXPECT_EQ(told.ask("retention").as_of("2024-09-30").rows(), json(R"([
      {"participant": "P1", "class": "health", "rule": "R1", "trigger": "enrolment-ended",
       "triggerDay": "2024-03-31", "due": "2024-09-30", "action": "erase", "held": false,
       "state": "due"}])"));
  EXPECT_EQ(kept(told, "2024-09-29"),
            json(R"([["health", "2024-03-31", "2024-09-30", false, "not-due"]])"));
}

TEST(RetentionReport, HasNoTriggerWhileAnEnrolmentIsActive) {
  Told told = cared_for();
  const std::string running = json(R"([["health", null, null, false, "not-due"]])");
  EXPECT_EQ(kept(told, "2024-03-31"), running);
  told.given({enrolled("P1", "e2", "2024-05-01")});
  EXPECT_EQ(kept(told, "2024-12-31"), running);
  EXPECT_EQ(kept(told, "2024-04-30"),
            json(R"([["health", "2024-03-31", "2024-09-30", false, "not-due"]])"));
}

TEST(RetentionReport, CountsFromTheLastEventAndOwnCommandsAreNone) {
  Told told = cared_for(rule(health, RetentionTrigger::last_event, 1));
  told.given({by("P1", hold_placed("h1")).on("2024-04-20")});
  EXPECT_EQ(kept(told, "2024-04-19"),
            json(R"([["health", "2024-03-31", "2024-04-30", false, "not-due"]])"));
  EXPECT_EQ(kept(told, "2024-04-30"),
            json(R"([["health", "2024-03-31", "2024-04-30", true, "held"]])"));
}

TEST(RetentionReport, IsHeldUntilTheDayOfRelease) {
  Told told = cared_for();
  told.given({by("P1", hold_placed("h1")).on("2024-04-01"),
              by("P1", hold_released("h1")).on("2024-11-01")});
  EXPECT_EQ(told.ask("retention").as_of("2024-10-31").columns("held state"),
            json(R"([[true, "held"]])"));
  EXPECT_EQ(told.ask("retention").as_of("2024-11-01").columns("held state"),
            json(R"([[false, "due"]])"));
}

TEST(RetentionReport, IsDoneUntilThereAreNewData) {
  Told told = cared_for();
  told.given({by("P1", erasure_decided({health})).on("2024-10-01"),
              by("P1", erasure_executed({health})).on("2024-10-02")});
  const auto state = [&](std::string_view day) {
    return told.ask("retention").as_of(day).columns("state");
  };
  EXPECT_EQ(state("2024-10-01"), json(R"([["due"]])"));
  EXPECT_EQ(state("2024-10-02"), json(R"([["done"]])"));
  told.given({by("P1", note_recorded()).on("2024-11-05")}).holding({health});
  EXPECT_EQ(state("2024-11-04"), json(R"([["done"]])"));
  EXPECT_EQ(state("2024-11-05"), json(R"([["due"]])"));
}

TEST(RetentionReport, KnowsOnlyClassesThatThereAreDataOf) {
  Told told = cared_for(rule(social, RetentionTrigger::enrolment_ended, 6));
  EXPECT_EQ(kept(told, "2025-12-31"), "[]");
  told.given({voided("n1")});
  told.given({adopted(rule(health, RetentionTrigger::enrolment_ended, 6), "R2")});
  EXPECT_EQ(told.ask("retention").as_of("2024-01-09").rows(), "[]");
  // What was voided is still stored.
  EXPECT_EQ(told.ask("retention").columns("rule state"), json(R"([["R2", "due"]])"));
}

TEST(RetentionReport, GoesByTheNewestRuleInForce) {
  Told told = cared_for();
  told.given({adopted(rule(health, RetentionTrigger::enrolment_ended, 3), "R1", "2024-08-01"),
              adopted(rule(health, RetentionTrigger::enrolment_ended, 0, RetentionAction::keep),
                      "R0", "2024-10-01")});
  const auto seen = [&](std::string_view day) {
    return told.ask("retention").as_of(day).columns("rule due action state");
  };
  EXPECT_EQ(seen("2024-07-31"), json(R"([["R1", "2024-09-30", "erase", "not-due"]])"));
  EXPECT_EQ(seen("2024-08-01"), json(R"([["R1", "2024-06-30", "erase", "due"]])"));
  EXPECT_EQ(seen("2024-10-01"), json(R"([["R0", null, "keep", "not-due"]])"));
}

TEST(RetentionReport, FollowsARuleThatWasChangedToAnotherClass) {
  Told told = cared_for();
  told.given({adopted(rule(social, RetentionTrigger::enrolment_ended, 6), "R1", "2024-08-01")});
  EXPECT_EQ(kept(told, "2024-12-31"), "[]");
}

TEST(RetentionReport, IsOfOneParticipantOrOneStateWhereAsked) {
  Told told = cared_for();
  told.given({by("P2", note_recorded()).on("2024-01-10")}).holding({health});
  const auto asked = [&](const Given& options) {
    return told.ask("retention", options).columns("participant state");
  };
  EXPECT_EQ(asked({}), json(R"([["P1", "due"], ["P2", "not-due"]])"));
  EXPECT_EQ(asked({{"participant", "P2"}}), json(R"([["P2", "not-due"]])"));
  EXPECT_EQ(asked({{"state", "due"}}), json(R"([["P1", "due"]])"));
}

}  // namespace
}  // namespace liggare::projections
