// Contract, section 4, report 12, and P13, P20.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

Sent late_days(std::int64_t days, std::string_view from) {
  PolicyAdopted data;
  data.parameters.late_days = days;
  return Sent(data).about("policy/ledger").on(from).recorded_at("2024-01-01T12:00:00Z");
}
// Of 2024-03-01: fourteen days later is 2024-03-15.
Sent referred(const Text& id, std::string_view recorded) {
  return referral_received(id).as(id).on("2024-03-01").recorded_at(recorded);
}

// P1, registered in time.
Told one_person() {
  Told told = Told::only();
  told.given({registered().as("p").on("2024-01-01").recorded_at("2024-01-01T12:00:00Z")});
  return told;
}

// "more than lateDays days after their effective day", which are 14.
TEST(LateReport, ListsWhatWasRegisteredMoreThanFourteenDaysAfterwards) {
  Told told = one_person();
  told.given({referred("r14", "2024-03-15T12:00:00Z"), referred("r15", "2024-03-16T12:00:00Z")});
  EXPECT_EQ(told.ask("late").rows(), json(R"([
      {"id": "r15", "type": "referral.received", "subject": "participant/P1",
       "effective": "2024-03-01", "registeredDay": "2024-03-16", "days": 15}])"));
  EXPECT_EQ(told.ask("late").findings(), "[]");
}

// Section 2: "the ledger day of an instant is the UTC date two hours later".
TEST(LateReport, GoesByTheLedgerDayOfRecording) {
  Told told = one_person();
  told.given({referred("before", "2024-03-15T21:59:59.999999Z"),
              referred("after", "2024-03-15T22:00:00Z")});
  EXPECT_EQ(told.ask("late").columns("id registeredDay"), json(R"([["after", "2024-03-16"]])"));
}

TEST(LateReport, GoesByTheLedgerDayAtTheYearsEnd) {
  Told told = Told::only();
  told.given(
      {registered().as("p").on("2023-12-17").recorded_at("2023-12-31T21:59:59Z"),
       referral_received("r1").as("r").on("2023-12-17").recorded_at("2023-12-31T22:00:00Z"),
       referral_received("r2").as("s").on("2024-02-16").recorded_at("2024-03-01T22:00:00Z"),
       referral_received("r3").as("t").on("2024-02-16").recorded_at("2024-03-01T21:00:00Z")});
  EXPECT_EQ(told.ask("late").columns("id registeredDay days"),
            json(R"([["r", "2024-01-01", 15], ["s", "2024-03-02", 15]])"));
}

// "the date written in `time` when the event has one".
TEST(LateReport, TakesTheDateWrittenInTime) {
  const std::string_view years_later = "2026-01-01T12:00:00Z";
  Told told = one_person();
  told.given({referred("a", years_later)}).timed("2024-03-15T23:59:59-05:00");
  told.given({referred("b", years_later)}).timed("2024-03-15T22:30:00Z");
  told.given({referred("c", years_later)}).timed("2024-03-16T00:30:00+02:00");
  told.given({referred("d", "2024-03-01T12:00:00Z")}).timed("2024-03-20T08:00:00Z");
  told.given({referred("e", years_later)}).timed("2024-02-01T08:00:00Z");
  EXPECT_EQ(told.ask("late").columns("id registeredDay days"),
            json(R"([["c", "2024-03-16", 15], ["d", "2024-03-20", 19]])"));
}

// P13: "lateDays … as in force on as-of".
TEST(LateReport, GoesByThePolicyInForceOnAsOf) {
  Told told = one_person();
  told.given({referred("a", "2024-03-02T12:00:00Z"), referred("b", "2024-03-04T12:00:00Z"),
              referred("c", "2024-03-01T12:00:00Z")});
  const std::uint64_t before = told.size();
  told.given({late_days(2, "2024-05-01"), late_days(0, "2024-06-01"),
              policy_adopted().on("2024-06-02").recorded_at("2024-01-01T12:00:00Z")});
  const Asked asked = told.ask("late");
  EXPECT_EQ(asked.as_of("2024-04-30").columns("id days"), "[]");
  EXPECT_EQ(asked.as_of("2024-05-01").columns("id days"), json(R"([["b", 3]])"));
  EXPECT_EQ(asked.as_of("2024-06-01").columns("id days"), json(R"([["a", 1], ["b", 3]])"));
  EXPECT_EQ(asked.as_of("2024-06-02").columns("id days"), json(R"([["a", 1], ["b", 3]])"));
  EXPECT_EQ(asked.as_of("2024-06-01").at(before).columns("id days"), "[]");
}

// P20: "lists every event with the day it was sent with, voided ones, voids and corrections too".
TEST(LateReport, ListsVoidedAndCorrectedEventsWithTheDayTheyWereSentWith) {
  Told told = one_person();
  told.given({referred("r1", "2024-04-01T12:00:00Z"), referred("r2", "2024-04-01T12:00:00Z"),
              referred("r3", "2024-03-02T12:00:00Z"),
              voided("r1").as("v").on("2024-04-02").recorded_at("2024-04-30T12:00:00Z"),
              corrected_to("r2", referral_received("r2"), "2024-03-31")
                  .as("c2")
                  .on("2024-04-02")
                  .recorded_at("2024-04-02T12:00:00Z"),
              corrected_to("r3", referral_received("r3"), "2024-01-02")
                  .as("c3")
                  .on("2024-03-01")
                  .recorded_at("2024-03-20T12:00:00Z")});
  EXPECT_EQ(told.ask("late").columns("id type effective days"), json(R"([
      ["r1", "referral.received", "2024-03-01", 31],
      ["r2", "referral.received", "2024-03-01", 31],
      ["v", "event.voided", "2024-04-02", 28],
      ["c3", "event.corrected", "2024-03-01", 19]])"));
}

// Recorded on 2026-01-01, like all events here that say nothing else.
TEST(LateReport, ListsEventsOfAllStreamsInTheirPosition) {
  Told told = Told::only();
  told.given({unit_registered("U1").as("z").on("2020-01-01"),
              place_offered("PL1").as("y").on("2025-12-17"), registered().as("x").on("2024-01-01"),
              place_withdrawn("PL1").as("w").on("2025-12-18"),
              unit_renamed("U1").as("a").on("2025-12-17")});
  EXPECT_EQ(told.ask("late").columns("id type subject days"), json(R"([
      ["z", "unit.registered", "unit/U1", 2192], ["y", "place.offered", "place/PL1", 15],
      ["x", "participant.registered", "participant/P1", 731],
      ["a", "unit.renamed", "unit/U1", 15]])"));
}

TEST(LateReport, KnowsOnlyWhatWasKnownAt) {
  Told told = one_person();
  told.given({referred("a", "2024-04-01T12:00:00Z")});
  const std::uint64_t before = told.size();
  told.given({referred("b", "2024-04-01T12:00:00Z")});
  EXPECT_EQ(told.ask("late").at(before).columns("id"), json(R"([["a"]])"));
  EXPECT_EQ(told.ask("late").columns("id"), json(R"([["a"], ["b"]])"));
}

// Section 2: a question's timeline keeps "effective ≤ D"; only history is "not cut by as-of" (P19).
TEST(LateReport, ListsEventsOfDaysUntilAsOf) {
  Told told = one_person();
  told.given({referred("a", "2024-04-01T12:00:00Z")});
  EXPECT_EQ(told.ask("late").as_of("2024-02-29").rows(), "[]");
  EXPECT_EQ(told.ask("late").as_of("2024-03-01").columns("id"), json(R"([["a"]])"));
}

// "every event": those that liggare's own commands write too.
TEST(LateReport, ListsEventsOfLiggaresOwnCommands) {
  Told told = Told::only();
  told.given({review_started().as("r").on("2025-12-01"),
              review_marked().as("m").on("2025-12-31").recorded_at("2026-01-31T12:00:00Z")});
  EXPECT_EQ(told.ask("late").columns("id type days"),
            json(R"([["r", "review.started", 31], ["m", "review.marked", 31]])"));
}

}  // namespace
}  // namespace liggare::projections
