// Contract, section 4, report 11, and P18.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

Sent referred(std::string_view participant, const Text& referral, std::string_view on,
              ReferralSource source = ReferralSource::self, const Text& programme = "osa",
              const OptionalText& unit = {}) {
  return by(participant, Sent(ReferralReceived{referral, source, programme, unit})).on(on);
}
Sent ended(std::string_view participant, const Text& enrolment, std::string_view on,
           Outcome outcome = Outcome::studies) {
  return by(participant, Sent(EnrolmentEnded{enrolment, outcome})).on(on);
}
Sent enrolled_in(std::string_view participant, const Text& enrolment, std::string_view on,
                 const Text& programme, const OptionalText& referral = {}) {
  return by(participant, Sent(EnrolmentStarted{enrolment, programme, "U1", referral, std::nullopt,
                                               std::nullopt}))
      .on(on);
}

Asked by_period(const Told& told, const Text& period) { return told.ask("flow", {{"by", period}}); }
Asked grouped(const Told& told, const Text& period, const Text& group) {
  return told.ask("flow", {{"by", period}, {"group", group}});
}
constexpr std::string_view counts = "period referrals started ended active";
constexpr std::string_view group_counts = "period group referrals started ended active";

// P1, enrolled as e1 at U1.
Told enrolled_since(std::string_view from) {
  Told told;
  told.people({"P1"}).given({enrolled("P1", "e1", from)});
  return told;
}

TEST(FlowReport, CountsMonthByMonth) {
  Told told;
  told.people({"P1"}).given(
      {referred("P1", "r1", "2024-01-15"), by("P1", referral_accepted("r1")).on("2024-01-20"),
       enrolled_in("P1", "e1", "2024-02-01", "osa", "r1"), ended("P1", "e1", "2024-04-30")});
  EXPECT_EQ(by_period(told, "month").rows(), json(R"([
      {"period": "2024-01", "referrals": 1, "started": 0, "ended": 0, "active": 0,
       "outcomes": {}, "medianDays": null},
      {"period": "2024-02", "referrals": 0, "started": 1, "ended": 0, "active": 1,
       "outcomes": {}, "medianDays": null},
      {"period": "2024-03", "referrals": 0, "started": 0, "ended": 0, "active": 1,
       "outcomes": {}, "medianDays": null},
      {"period": "2024-04", "referrals": 0, "started": 0, "ended": 1, "active": 1,
       "outcomes": {"studies": 1}, "medianDays": 89}])"));
  EXPECT_EQ(by_period(told, "month").findings(), "[]");
  EXPECT_EQ(grouped(told, "quarter", "source").rows(), json(R"([
      {"period": "2024-Q1", "group": "self", "referrals": 1, "started": 1, "ended": 0, "active": 1,
       "outcomes": {}, "medianDays": null},
      {"period": "2024-Q2", "group": "self", "referrals": 0, "started": 0, "ended": 1, "active": 0,
       "outcomes": {"studies": 1}, "medianDays": 89}])"));
}

TEST(FlowReport, CutsTheYearIntoQuarters) {
  Told told;
  told.people({"P1"}).given({referred("P1", "r1", "2023-12-31"), referred("P1", "r2", "2024-01-01"),
                             referred("P1", "r3", "2024-03-31"), referred("P1", "r4", "2024-04-01"),
                             referred("P1", "r5", "2024-09-30"),
                             referred("P1", "r6", "2024-10-01")});
  EXPECT_EQ(by_period(told, "quarter").columns("period referrals"), json(R"([
      ["2023-Q4", 1], ["2024-Q1", 2], ["2024-Q2", 1], ["2024-Q3", 1], ["2024-Q4", 1]])"));
  EXPECT_EQ(by_period(told, "year").columns("period referrals"),
            json(R"([["2023", 1], ["2024", 5]])"));
}

TEST(FlowReport, CountsTheLeapDayInFebruary) {
  Told told;
  told.people({"P1"}).given(
      {referred("P1", "r1", "2024-02-29"), referred("P1", "r2", "2024-03-01")});
  EXPECT_EQ(by_period(told, "month").columns("period referrals"),
            json(R"([["2024-02", 1], ["2024-03", 1]])"));
}

TEST(FlowReport, HasNoPeriodsWithoutEvents) {
  Told told;
  told.people({"P1"});
  EXPECT_EQ(by_period(told, "month").rows(), "[]");
  told.given({referred("P1", "r1", "2024-02-01")});
  EXPECT_EQ(by_period(told, "month").as_of("2024-01-31").rows(), "[]");
  EXPECT_EQ(by_period(told, "month").as_of("2024-02-01").columns(counts),
            json(R"([["2024-02", 1, 0, 0, 0]])"));
}

// P18: "events = referral.* and enrolment.*".
TEST(FlowReport, SpansAllEventsOfReferralsAndEnrolments) {
  Told told = enrolled_since("2024-02-10");
  told.given({by("P1", enrolment_ended("e1")).on("2024-02-20"),
              by("P1", outcome_recorded("e1")).on("2024-08-01"),
              by("P1", placement_started("p1")).on("2023-08-01"),
              by("P1", consent_given("k1")).on("2024-09-01")});
  EXPECT_EQ(by_period(told, "month").columns("period"), json(R"([["2024-02"]])"));
  told.given(
      {referred("P1", "r1", "2024-01-31"), by("P1", referral_withdrawn("r1")).on("2024-04-01")});
  EXPECT_EQ(by_period(told, "month").columns(counts), json(R"([
      ["2024-01", 1, 0, 0, 0], ["2024-02", 0, 1, 1, 0], ["2024-03", 0, 0, 0, 0],
      ["2024-04", 0, 0, 0, 0]])"));
}

TEST(FlowReport, SpansPausesResumptionsAndTransfers) {
  Told told = enrolled_since("2024-01-10");
  told.given({by("P1", enrolment_paused("e1")).on("2024-02-01")});
  EXPECT_EQ(by_period(told, "month").columns("period active"),
            json(R"([["2024-01", 1], ["2024-02", 1]])"));  // Paused is active.
  told.given({by("P1", enrolment_resumed("e1")).on("2024-03-01"),
              by("P1", enrolment_transferred("e1", "U2")).on("2024-04-01")});
  EXPECT_EQ(by_period(told, "month").columns("period active"),
            json(R"([["2024-01", 1], ["2024-02", 1], ["2024-03", 1], ["2024-04", 1]])"));
}

// "active = enrolments active on its last day (or as-of)".
TEST(FlowReport, CountsWhoIsActiveOnTheLastDayOfThePeriod) {
  Told told = enrolled_since("2024-01-31");
  told.people({"P2", "P3"})
      .given({enrolled("P2", "e1", "2024-01-01"), ended("P2", "e1", "2024-01-31"),
              enrolled("P3", "e1", "2024-01-01"), ended("P3", "e1", "2024-01-30"),
              by("P1", enrolment_paused("e1")).on("2024-02-10")});
  EXPECT_EQ(by_period(told, "month").columns(counts),
            json(R"([["2024-01", 0, 3, 2, 2], ["2024-02", 0, 0, 0, 1]])"));
}

TEST(FlowReport, CountsWhoIsActiveOnAsOfInThePeriodThatItCuts) {
  Told told = enrolled_since("2024-02-01");
  told.given({ended("P1", "e1", "2024-08-01")});
  told.people({"P2"}).given({enrolled("P2", "e1", "2024-06-15")});
  EXPECT_EQ(by_period(told, "year").as_of("2024-06-14").columns(counts),
            json(R"([["2024", 0, 1, 0, 1]])"));
  EXPECT_EQ(by_period(told, "year").as_of("2024-08-01").columns(counts),
            json(R"([["2024", 0, 2, 1, 2]])"));
  EXPECT_EQ(by_period(told, "year").as_of("2024-08-02").columns(counts),
            json(R"([["2024", 0, 2, 1, 1]])"));
}

// "medianDays (end − start) concern enrolments ended in the period"; P18: "outcomes holds non-zero
// keys only", "medianDays null when none ended".
TEST(FlowReport, CountsTheOutcomesAndTheMedianOfThoseEnded) {
  Told told = enrolled_since("2024-01-01");
  told.people({"P2", "P3"})
      .given({enrolled("P2", "e1", "2024-01-01"), enrolled("P3", "e1", "2023-12-31"),
              ended("P1", "e1", "2024-01-11", Outcome::studies),
              ended("P2", "e1", "2024-01-22", Outcome::employment)});
  const auto result = [&] {
    return by_period(told, "year").as_of("2024-12-31").columns("period ended outcomes medianDays");
  };
  EXPECT_EQ(result(), json(R"([
      ["2023", 0, {}, null], ["2024", 2, {"employment": 1, "studies": 1}, 15.5]])"));
  told.given({ended("P3", "e1", "2024-01-31", Outcome::studies)});
  EXPECT_EQ(result(), json(R"([
      ["2023", 0, {}, null], ["2024", 3, {"employment": 1, "studies": 2}, 21]])"));
}

TEST(FlowReport, CountsNoDaysForAnEnrolmentOfOneDay) {
  Told told = enrolled_since("2024-12-31");
  told.given({ended("P1", "e1", "2024-12-31")});
  EXPECT_EQ(by_period(told, "year").columns("started ended active medianDays"), "[[1,1,1,0]]");
}

// "group of a referral: its source …; of an enrolment: its referral's source (or none)".
TEST(FlowReport, GroupsBySource) {
  Told told;
  told.people({"P1", "P2"})
      .given({referred("P1", "r1", "2024-01-01", ReferralSource::kaa),
              referred("P1", "r2", "2024-01-01", ReferralSource::social_services),
              enrolled_in("P1", "e1", "2024-02-01", "osa", "r2"),
              enrolled_in("P2", "e1", "2024-02-01", "osa"), ended("P1", "e1", "2024-03-01"),
              ended("P2", "e1", "2024-03-02", Outcome::moved)});
  EXPECT_EQ(grouped(told, "month", "source").columns(group_counts), json(R"([
      ["2024-01", "kaa", 1, 0, 0, 0], ["2024-01", "social-services", 1, 0, 0, 0],
      ["2024-02", "none", 0, 1, 0, 1], ["2024-02", "social-services", 0, 1, 0, 1],
      ["2024-03", "none", 0, 0, 1, 0], ["2024-03", "social-services", 0, 0, 1, 0]])"));
  EXPECT_EQ(grouped(told, "quarter", "source").columns("group ended outcomes medianDays"), json(R"([
      ["kaa", 0, {}, null], ["none", 1, {"moved": 1}, 30],
      ["social-services", 1, {"studies": 1}, 29]])"));
}

// "its programme": the enrolment's own; order by bytes (P14).
TEST(FlowReport, GroupsByProgramme) {
  Told told;
  told.people({"P1"}).given({referred("P1", "r1", "2024-01-01", ReferralSource::kaa, "osa"),
                             referred("P1", "r2", "2024-01-01", ReferralSource::kaa, "Ung"),
                             enrolled_in("P1", "e1", "2024-01-02", "praktik", "r1")});
  EXPECT_EQ(grouped(told, "year", "programme").columns(group_counts), json(R"([
      ["2024", "Ung", 1, 0, 0, 0], ["2024", "osa", 1, 0, 0, 0],
      ["2024", "praktik", 0, 1, 0, 1]])"));
}

// "its unit after transfers at the period's end; absent = none".
TEST(FlowReport, GroupsByTheUnitAtThePeriodsEnd) {
  Told told = enrolled_since("2024-01-10");
  told.given({by("P1", enrolment_transferred("e1", "U2")).on("2024-02-15"),
              ended("P1", "e1", "2024-03-20"), referred("P1", "r1", "2024-01-05"),
              referred("P1", "r2", "2024-01-06", ReferralSource::self, "osa", "U2")});
  EXPECT_EQ(grouped(told, "month", "unit").columns(group_counts), json(R"([
      ["2024-01", "U1", 0, 1, 0, 1], ["2024-01", "U2", 1, 0, 0, 0], ["2024-01", "none", 1, 0, 0, 0],
      ["2024-02", "U2", 0, 0, 0, 1], ["2024-03", "U2", 0, 0, 1, 0]])"));
  // P18: "for started and ended too".
  EXPECT_EQ(grouped(told, "quarter", "unit").columns(group_counts), json(R"([
      ["2024-Q1", "U2", 1, 1, 1, 0], ["2024-Q1", "none", 1, 0, 0, 0]])"));
  // "(or as-of)".
  EXPECT_EQ(grouped(told, "quarter", "unit").as_of("2024-02-14").columns(group_counts), json(R"([
      ["2024-Q1", "U1", 0, 1, 0, 1], ["2024-Q1", "U2", 1, 0, 0, 0],
      ["2024-Q1", "none", 1, 0, 0, 0]])"));
  EXPECT_EQ(grouped(told, "quarter", "unit").as_of("2024-02-15").columns(group_counts), json(R"([
      ["2024-Q1", "U2", 1, 1, 0, 1], ["2024-Q1", "none", 1, 0, 0, 0]])"));
}

TEST(FlowReport, HasTheNewUnitWhenTransferredOnThePeriodsLastDay) {
  Told told = enrolled_since("2024-01-10");
  told.given({by("P1", enrolment_transferred("e1", "U2")).on("2024-01-31"),
              by("P1", enrolment_transferred("e1", "U1")).on("2024-02-01")});
  EXPECT_EQ(grouped(told, "month", "unit").columns("period group"),
            json(R"([["2024-01", "U2"], ["2024-02", "U1"]])"));
}

// "Every period between first and last appears (per group: only non-zero rows)".
TEST(FlowReport, HasEmptyPeriodsOnlyWithoutGroups) {
  Told told;
  told.people({"P1"}).given(
      {referred("P1", "r1", "2023-11-30"), referred("P1", "r2", "2024-02-01")});
  EXPECT_EQ(by_period(told, "month").rows(), json(R"([
      {"period": "2023-11", "referrals": 1, "started": 0, "ended": 0, "active": 0,
       "outcomes": {}, "medianDays": null},
      {"period": "2023-12", "referrals": 0, "started": 0, "ended": 0, "active": 0,
       "outcomes": {}, "medianDays": null},
      {"period": "2024-01", "referrals": 0, "started": 0, "ended": 0, "active": 0,
       "outcomes": {}, "medianDays": null},
      {"period": "2024-02", "referrals": 1, "started": 0, "ended": 0, "active": 0,
       "outcomes": {}, "medianDays": null}])"));
  EXPECT_EQ(grouped(told, "month", "source").columns("period group referrals"),
            json(R"([["2023-11", "self", 1], ["2024-02", "self", 1]])"));
}

TEST(FlowReport, FollowsCorrectionsAndVoidsAndWhatWasKnownAt) {
  Told told;
  told.people({"P1"}).given({referred("P1", "r1", "2024-01-15").as("r"),
                             enrolled("P1", "e1", "2024-02-01").as("e"),
                             ended("P1", "e1", "2024-02-20").as("x")});
  const std::uint64_t before = told.size();
  told.given({corrected_to("r", referred("P1", "r1", "2024-01-15"), "2023-12-31"),
              corrected_to("x", ended("P1", "e1", "2024-02-20", Outcome::moved), "2024-02-11")});
  EXPECT_EQ(by_period(told, "month").columns("period referrals outcomes medianDays"), json(R"([
      ["2023-12", 1, {}, null], ["2024-01", 0, {}, null], ["2024-02", 0, {"moved": 1}, 10]])"));
  EXPECT_EQ(by_period(told, "month").at(before).columns("period referrals outcomes medianDays"),
            json(R"([["2024-01", 1, {}, null], ["2024-02", 0, {"studies": 1}, 19]])"));
  told.given({voided("x"), voided("r")});
  EXPECT_EQ(by_period(told, "month").columns(counts), json(R"([["2024-02", 0, 1, 0, 1]])"));
}

TEST(FlowReport, FollowsACorrectionOfTheReferralsSource) {
  Told told;
  told.people({"P1"}).given({referred("P1", "r1", "2024-01-01", ReferralSource::kaa).as("r"),
                             enrolled_in("P1", "e1", "2024-02-01", "osa", "r1"),
                             corrected("r", referred("P1", "r1", "2024-01-01"))});
  EXPECT_EQ(grouped(told, "year", "source").columns(group_counts),
            json(R"([["2024", "self", 1, 1, 0, 1]])"));
}

// Referrals of two people with the same id are two referrals.
TEST(FlowReport, FindsTheReferralInTheParticipantsOwnStream) {
  Told told;
  told.people({"P1", "P2"})
      .given({referred("P1", "r1", "2024-01-01", ReferralSource::kaa),
              referred("P2", "r1", "2024-01-01", ReferralSource::other),
              enrolled_in("P2", "e1", "2024-01-01", "osa", "r1")});
  EXPECT_EQ(grouped(told, "year", "source").columns(group_counts), json(R"([
      ["2024", "kaa", 1, 0, 0, 0], ["2024", "other", 1, 1, 0, 1]])"));
}

TEST(FlowReport, CountsNothingAfterAsOfInThePeriodThatItCuts) {
  Told told = enrolled_since("2024-02-20");
  told.given({referred("P1", "r1", "2024-02-01"), referred("P1", "r2", "2024-02-11"),
              ended("P1", "e1", "2024-02-25")});
  const auto seen = [&](std::string_view as_of) {
    return by_period(told, "month").as_of(as_of).columns(counts);
  };
  EXPECT_EQ(seen("2024-02-10"), json(R"([["2024-02", 1, 0, 0, 0]])"));
  EXPECT_EQ(seen("2024-02-11"), json(R"([["2024-02", 2, 0, 0, 0]])"));
  EXPECT_EQ(seen("2024-02-24"), json(R"([["2024-02", 2, 1, 0, 1]])"));
  EXPECT_EQ(seen("2024-02-25"), json(R"([["2024-02", 2, 1, 1, 1]])"));
  EXPECT_EQ(seen("2024-02-26"), json(R"([["2024-02", 2, 1, 1, 0]])"));
}

}  // namespace
}  // namespace liggare::projections
