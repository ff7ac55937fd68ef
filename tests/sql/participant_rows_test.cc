#include "sql/participant_rows.h"

#include <gtest/gtest.h>

#include "tests/sql/facts.h"

namespace liggare::sql {
namespace {

using namespace liggare::test;
using domain::Colour;

TEST(ParticipantsTable, HoldsWhoIsRegisteredWithWhatIsNow) {
  const Story story =
      given({Sent(domain::ParticipantRegistered{1990, domain::Sex::female, "sv"}).on("2024-01-01"),
             consultant_assigned("S1").on("2024-01-02"), consultant_assigned("S2").on("2024-02-01"),
             path_chosen("studier").on("2024-02-02"), protection_set("S1").on("2024-03-01")});
  const std::string all = "SELECT * FROM participants";
  EXPECT_EQ(answer(story, all),
            R"([["P1","2024-01-01",1990,"female","sv","S2","studier",1,"e0"]])");
  EXPECT_EQ(answer(story, all, {"2024-01-15", {}}),
            R"([["P1","2024-01-01",1990,"female","sv","S1",null,0,"e0"]])");
  EXPECT_EQ(answer(story, all, {"2023-12-31", {}}), "[]");
}

TEST(ReferralsTable, HoldsTheDecisionUpToAsOf) {
  const Story story = given({registered(), referral_received("r1"),
                             Sent(domain::ReferralDeclined{"r1", "no-places"}).on("2024-04-01"),
                             referral_received("r2")});
  const std::string all =
      "SELECT referral, source, programme, unit, received_day, state, decided_day, reason, event "
      "FROM referrals ORDER BY referral";
  EXPECT_EQ(answer(story, all),
            R"([["r1","self","osa",null,"2024-03-01","declined","2024-04-01","no-places","e1"],)"
            R"(["r2","self","osa",null,"2024-03-01","received",null,null,"e3"]])");
  EXPECT_EQ(answer(story, "SELECT state, decided_day FROM referrals WHERE referral = 'r1'",
                   {"2024-03-31", {}}),
            R"([["received",null]])");
}

Story enrolled() {
  return given({registered(), referral_received("r1"), enrolment_started("n1", "r1"),
                enrolment_paused("n1").on("2024-04-01"),
                enrolment_transferred("n1", "U2").on("2024-04-15"),
                enrolment_resumed("n1").on("2024-05-01"), enrolment_ended("n1").on("2024-06-01"),
                outcome_recorded("n1").on("2024-08-30")});
}

TEST(EnrolmentsTable, ShowsNoEndBeforeItCame) {
  const std::string all =
      "SELECT enrolment, programme, unit, first_unit, referral, start_day, end_day, outcome, "
      "outcome_exit, outcome_90, outcome_180, state, event FROM enrolments";
  EXPECT_EQ(answer(enrolled(), all),
            R"([["n1","osa","U2","U1","r1","2024-03-01","2024-06-01","studies",)"
            R"(null,"studies",null,"ended","e2"]])");
  EXPECT_EQ(answer(enrolled(), all, {"2024-04-10", {}}),
            R"([["n1","osa","U1","U1","r1","2024-03-01",null,null,null,null,null,"paused","e2"]])");
  EXPECT_EQ(answer(enrolled(), all, {"2024-02-29", {}}), "[]");
}

TEST(EnrolmentsTable, ShowsWhatWasKnownAtASize) {
  // The town, registration, referral, start and pause.
  EXPECT_EQ(answer(enrolled(), "SELECT state, unit, end_day FROM enrolments", {"2024-12-31", 13}),
            R"([["paused","U1",null]])");
}

TEST(EnrolmentSpansTable, CutsWhereUnitOrStateChanges) {
  const std::string all =
      "SELECT first_day, last_day, unit, state FROM enrolment_spans ORDER BY first_day";
  EXPECT_EQ(answer(enrolled(), all), R"([["2024-03-01","2024-03-31","U1","active"],)"
                                     R"(["2024-04-01","2024-04-14","U1","paused"],)"
                                     R"(["2024-04-15","2024-04-30","U2","paused"],)"
                                     R"(["2024-05-01","2024-06-01","U2","active"]])");
  EXPECT_EQ(answer(enrolled(), all, {"2024-04-20", {}}),
            R"([["2024-03-01","2024-03-31","U1","active"],)"
            R"(["2024-04-01","2024-04-14","U1","paused"],)"
            R"(["2024-04-15",null,"U2","paused"]])");
}

TEST(EnrolmentSpansTable, LeavesOutWhatLastedNoDay) {
  const Story story =
      given({registered(), enrolment_started("n1"), enrolment_paused("n1"), enrolment_resumed("n1"),
             enrolment_transferred("n1", "U2"), enrolment_transferred("n1", "U1").on("2024-03-02"),
             enrolment_paused("n1").on("2024-03-05"), enrolment_ended("n1").on("2024-03-05")});
  EXPECT_EQ(answer(story, "SELECT first_day, last_day, unit, state FROM enrolment_spans"),
            R"([["2024-03-01","2024-03-01","U2","active"],)"
            R"(["2024-03-02","2024-03-04","U1","active"],)"
            R"(["2024-03-05","2024-03-05","U1","paused"]])");
}

TEST(PlacementsTable, HoldsExtensionsAndTheEnd) {
  const Story story =
      given({registered(), placement_started_on("p1", "A1", "L1"),
             placement_extended("p1", "2025-03-01").on("2024-09-01"),
             Sent(domain::PlacementExtended{"p1", day("2025-06-01"),
                                            domain::ExtensionReason::studies_planned})
                 .on("2024-10-01"),
             placement_ended("p1").on("2024-11-30")});
  const std::string all = "SELECT * FROM placements";
  EXPECT_EQ(answer(story, all),
            R"([["P1","p1","PL1","osa","A1","L1","2024-03-01","2025-06-01","2024-11-30",)"
            R"("completed","ended",2,"2024-10-01","e1"]])");
  EXPECT_EQ(answer(story, all, {"2024-09-15", {}}),
            R"([["P1","p1","PL1","osa","A1","L1","2024-03-01","2025-03-01",null,)"
            R"(null,"running",1,null,"e1"]])");
}

TEST(CriteriaTable, HoldsEveryAssessmentAndMarksTheStandingOne) {
  const Story story = given({registered(), criterion_assessed("c1", Colour::yellow),
                             criterion_assessed("c1", Colour::green).on("2024-04-01"),
                             criterion_assessed("c1", Colour::yellow).on("2024-05-01"),
                             criterion_assessed("c2", Colour::red).on("2024-05-01")});
  const std::string all =
      "SELECT criterion, day, state, state_before, movement, standing, event FROM criteria";
  EXPECT_EQ(answer(story, all), R"([["c1","2024-03-01","yellow","red",1,0,"e1"],)"
                                R"(["c1","2024-04-01","green","yellow",1,0,"e2"],)"
                                R"(["c1","2024-05-01","yellow","green",0,1,"e3"],)"
                                R"(["c2","2024-05-01","red","red",0,1,"e4"]])");
  EXPECT_EQ(answer(story, all + " WHERE standing", {"2024-04-30", {}}),
            R"([["c1","2024-04-01","green","yellow",1,1,"e2"]])");
}

TEST(StepsTable, MarksTheCompletionThatStands) {
  const Story story =
      given({registered(), criterion_assessed("c1"), step_completed(1),
             step_reopened(1).on("2024-04-01"), step_completed(1).on("2024-05-01")});
  const std::string all = "SELECT ladder, step, day, completed, standing, event FROM steps";
  EXPECT_EQ(answer(story, all), R"([["L",1,"2024-03-01",1,0,"e2"],)"
                                R"(["L",1,"2024-04-01",0,0,"e3"],)"
                                R"(["L",1,"2024-05-01",1,1,"e4"]])");
  EXPECT_EQ(answer(story, all, {"2024-04-30", {}}),
            R"([["L",1,"2024-03-01",1,0,"e2"],["L",1,"2024-04-01",0,0,"e3"]])");
}

TEST(PlansTable, HoldsPlansAsTheyStand) {
  const Story story =
      given({registered(), plan_created("n1"), plan_revised("n1", 2).on("2024-04-01"),
             plan_transferred("n1", "U2").on("2024-05-01"), plan_closed("n1").on("2024-06-01")});
  const std::string all = "SELECT * FROM plans";
  EXPECT_EQ(answer(story, all), R"([["P1","n1","iup","U2",2,1,"closed","2024-03-01",)"
                                R"("2024-04-01","2024-06-01","e1"]])");
  EXPECT_EQ(answer(story, all, {"2024-03-31", {}}),
            R"([["P1","n1","iup","U1",1,null,"open","2024-03-01",null,null,"e1"]])");
}

TEST(ConsentsTable, JudgesItsStateOnAsOf) {
  domain::ConsentGiven data;
  data.consent = "k1";
  data.notice = "N1";
  data.purpose = "coordination";
  data.categories = {domain::DataCategory::health, domain::DataCategory::social};
  data.recipients = {"U1", "U2"};
  data.given_by = domain::Chooser::guardian;
  data.valid_to = day("2024-06-30");
  const Story story = given({registered(), Sent(data), consent_withdrawn("k1").on("2024-05-01"),
                             consent_given("k2", "2024-03-31")});
  const std::string all = "SELECT * FROM consents WHERE consent = 'k1'";
  EXPECT_EQ(answer(story, all),
            R"([["P1","k1","withdrawn","secrecy","coordination","[\"health\",\"social\"]",)"
            R"("[\"U1\",\"U2\"]","N1","written","guardian","2024-03-01","2024-06-30",)"
            R"("2024-05-01",null,"e1"]])");
  EXPECT_EQ(answer(story, "SELECT consent, state, withdrawn_day FROM consents ORDER BY consent",
                   {"2024-04-30", {}}),
            R"([["k1","active",null],["k2","expired",null]])");
  EXPECT_EQ(answer(story,
                   "SELECT consent, value FROM consents, json_each(recipients) WHERE value = 'U1'"),
            R"([["k1","U1"]])");
}

TEST(AssessmentsTable, HasARowForEachScore) {
  const Story story = given(
      {registered(), assessment_recorded({"i1", "i2"}), assessment_recorded({}).on("2024-04-01")});
  EXPECT_EQ(answer(story, "SELECT * FROM assessments"),
            R"([["P1","2024-03-01","BIP","2","participant","i1",3,"e1"],)"
            R"(["P1","2024-03-01","BIP","2","participant","i2",3,"e1"],)"
            R"(["P1","2024-04-01","BIP","2","participant",null,null,"e2"]])");
}

TEST(ParticipantTables, FollowCorrectionsAndVoids) {
  const Story story = given({registered(), placement_started("p1"),
                             corrected_to("e1", placement_started("p1"), "2024-02-01"),
                             placement_started("p2"), voided("e3")});
  const std::string all = "SELECT placement, start_day FROM placements";
  EXPECT_EQ(answer(story, all), R"([["p1","2024-02-01"]])");
  EXPECT_EQ(answer(story, all, {"2024-12-31", story.size() - 3}), R"([["p1","2024-03-01"]])");
  EXPECT_EQ(answer(story, all, {"2024-12-31", story.size() - 1}),
            R"([["p1","2024-02-01"],["p2","2024-03-01"]])");
}

}  // namespace
}  // namespace liggare::sql
