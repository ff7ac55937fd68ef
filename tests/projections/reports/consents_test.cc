// Contract, section 4, report 9.
#include <gtest/gtest.h>

#include "tests/projections/reports/answers.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;

// To U2 for coordination, on 2024-03-01.
Told consented(const std::optional<Text>& valid_to = {}) {
  Told told;
  told.people({"P1"}).given({consent_given("k1", valid_to).as("given")});
  return told;
}
Sent withdrawn_on(std::string_view on) { return consent_withdrawn("k1").on(on); }
std::string state(const Told& told, std::string_view as_of) {
  return told.ask("consents").as_of(as_of).columns("state withdrawnOn");
}

TEST(ConsentsReport, ShowsWhatWasConsentedTo) {
  Told told;
  told.people({"P1"}).given({Sent(ConsentGiven{"k1",
                                               "N1",
                                               ConsentNature::gdpr,
                                               "planning",
                                               {DataCategory::social, DataCategory::health},
                                               {"U2", "U1"},
                                               ConsentForm::email,
                                               Chooser::guardian,
                                               std::nullopt,
                                               day("2025-02-28")})
                                 .on("2024-02-29")});
  EXPECT_EQ(told.ask("consents").as_of("2024-12-31").rows(), json(R"([
      {"participant": "P1", "consent": "k1", "state": "active", "purpose": "planning",
       "categories": ["social", "health"], "recipients": ["U2", "U1"], "form": "email",
       "givenOn": "2024-02-29", "validTo": "2025-02-28", "withdrawnOn": null}])"));
  EXPECT_EQ(told.ask("consents").as_of("2024-12-31").findings(), "[]");
}

TEST(ConsentsReport, ListsAConsentFromTheDayItWasGiven) {
  const Told told = consented();
  EXPECT_EQ(told.ask("consents").as_of("2024-02-29").rows(), "[]");
  EXPECT_EQ(told.ask("consents").as_of("2024-03-01").columns("state categories validTo"),
            json(R"([["active", [], null]])"));
}

// "expired (validTo < as-of)".
TEST(ConsentsReport, IsActiveOnItsLastDay) {
  const Told told = consented("2024-12-31");
  EXPECT_EQ(state(told, "2024-12-31"), json(R"([["active", null]])"));
  EXPECT_EQ(state(told, "2025-01-01"), json(R"([["expired", null]])"));
  EXPECT_EQ(state(consented("2024-03-01"), "2024-03-01"), json(R"([["active", null]])"));
}

// "the day itself counts as withdrawn".
TEST(ConsentsReport, IsWithdrawnOnTheDayItself) {
  Told told = consented();
  told.given({withdrawn_on("2024-04-10")});
  EXPECT_EQ(state(told, "2024-04-09"), json(R"([["active", null]])"));
  EXPECT_EQ(state(told, "2024-04-10"), json(R"([["withdrawn", "2024-04-10"]])"));
  EXPECT_EQ(state(told, "2024-04-11"), json(R"([["withdrawn", "2024-04-10"]])"));
}

TEST(ConsentsReport, MayBeWithdrawnOnTheDayItWasGiven) {
  Told told = consented();
  told.given({withdrawn_on("2024-03-01")});
  EXPECT_EQ(state(told, "2024-03-01"), json(R"([["withdrawn", "2024-03-01"]])"));
}

// "earliest withdrawal ≤ as-of".
TEST(ConsentsReport, CountsFromTheEarliestWithdrawal) {
  Told told = consented();
  told.given({withdrawn_on("2024-05-01")});
  const std::uint64_t before = told.size();
  told.given({withdrawn_on("2024-04-10").as("early"), withdrawn_on("2024-06-01")});
  EXPECT_EQ(state(told, "2024-12-31"), json(R"([["withdrawn", "2024-04-10"]])"));
  EXPECT_EQ(state(told, "2024-04-10"), json(R"([["withdrawn", "2024-04-10"]])"));
  EXPECT_EQ(told.ask("consents").at(before).columns("withdrawnOn"), json(R"([["2024-05-01"]])"));
  told.given({voided("early")});
  EXPECT_EQ(state(told, "2024-12-31"), json(R"([["withdrawn", "2024-05-01"]])"));
  EXPECT_EQ(state(told, "2024-04-30"), json(R"([["active", null]])"));
}

// withdrawn stands before expired in the list of states.
TEST(ConsentsReport, IsWithdrawnRatherThanExpired) {
  Told told = consented("2024-12-31");
  told.given({withdrawn_on("2025-02-01")});
  EXPECT_EQ(state(told, "2025-01-31"), json(R"([["expired", null]])"));
  EXPECT_EQ(state(told, "2025-02-01"), json(R"([["withdrawn", "2025-02-01"]])"));
}

TEST(ConsentsReport, FollowsCorrectionsAndVoids) {
  Told told = consented("2024-12-31");
  const std::uint64_t before = told.size();
  told.given({corrected_to("given", consent_given("k1", "2024-06-30"), "2024-02-01")});
  const auto seen = [](const Asked& asked) { return asked.columns("state givenOn validTo"); };
  EXPECT_EQ(seen(told.ask("consents").as_of("2024-07-01")),
            json(R"([["expired", "2024-02-01", "2024-06-30"]])"));
  EXPECT_EQ(seen(told.ask("consents").as_of("2024-07-01").at(before)),
            json(R"([["active", "2024-03-01", "2024-12-31"]])"));
  told.given({voided("given")});
  EXPECT_EQ(told.ask("consents").rows(), "[]");
}

// "(participant, consent order)", by bytes (P14).
TEST(ConsentsReport, SortsByTheBytesOfParticipantAndConsent) {
  Told told;
  told.people({"p1", "P2", "P10"})
      .given({by("p1", consent_given("k1")), by("P2", consent_given("k2")),
              by("P2", consent_given("k10")), by("P2", consent_given("K3")),
              by("P10", consent_given("k9"))});
  EXPECT_EQ(told.ask("consents").columns("participant consent"), json(R"([
      ["P10", "k9"], ["P2", "K3"], ["P2", "k10"], ["P2", "k2"], ["p1", "k1"]])"));
}

TEST(ConsentsReport, IsOfOneParticipantOrOneRecipientWhereAsked) {
  ConsentGiven both;
  both.consent = "k2";
  both.purpose = "planning";
  both.recipients = {"U1", "U2"};
  ConsentGiven nobody;
  nobody.consent = "k3";
  nobody.purpose = "planning";
  Told told;
  told.people({"P1", "P2"})
      .given({by("P1", consent_given("k1")), by("P1", Sent(both)), by("P1", Sent(nobody)),
              by("P2", consent_given("k1"))});
  const auto asked = [&](const Given& options) {
    return told.ask("consents", options).columns("participant consent");
  };
  EXPECT_EQ(asked({{"participant", "P1"}}), json(R"([["P1", "k1"], ["P1", "k2"], ["P1", "k3"]])"));
  EXPECT_EQ(asked({{"recipient", "U1"}}), json(R"([["P1", "k2"]])"));
  EXPECT_EQ(asked({{"recipient", "U2"}}), json(R"([["P1", "k1"], ["P1", "k2"], ["P2", "k1"]])"));
  EXPECT_EQ(asked({{"participant", "P2"}, {"recipient", "U1"}}), "[]");
  EXPECT_EQ(asked({{"participant", "P2"}, {"recipient", "U2"}}), json(R"([["P2", "k1"]])"));
}

TEST(ConsentsReport, KeepsConsentsOfTheSameIdApart) {
  Told told;
  told.people({"P1", "P2"})
      .given({by("P1", consent_given("k1")), by("P2", consent_given("k1")),
              by("P2", consent_given("k2")), by("P2", withdrawn_on("2024-04-01"))});
  EXPECT_EQ(told.ask("consents").columns("participant consent state"), json(R"([
      ["P1", "k1", "active"], ["P2", "k1", "withdrawn"], ["P2", "k2", "active"]])"));
}

}  // namespace
}  // namespace liggare::projections
