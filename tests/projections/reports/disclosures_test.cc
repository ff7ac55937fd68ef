// Contract, section 4, report 10, and P13, P15, P20.
#include <gtest/gtest.h>

#include "projection/rows_view.h"
#include "projections/disclosures.h"
#include "tests/projections/reports/answers.h"
#include "tests/support/chance.h"

namespace liggare::projections {
namespace {

using namespace domain;
using namespace liggare::test;
using enum DataCategory;

using Categories = std::vector<DataCategory>;

// A disclosure that each test changes where it matters: health and progress, to U2, for
// coordination, on 2024-03-15.
DisclosureMade disclosure(const std::optional<BasisReference>& basis) {
  return {"d1", "U2", {health, progress}, "coordination", DisclosureForm::letter, basis};
}
const BasisReference on_consent{"k1", std::nullopt};
const BasisReference on_provision{std::nullopt, "B2"};

Sent disclosed(const std::optional<BasisReference>& basis) {
  return Sent(disclosure(basis)).on("2024-03-15").as("d");
}
Sent disclosed(const DisclosureMade& data) { return Sent(data).on("2024-03-15").as("d"); }

// A consent that covers it, given on 2024-03-01.
ConsentGiven consent() {
  ConsentGiven data;
  data.consent = "k1";
  data.purpose = "coordination";
  data.categories = {identity, health, progress};
  data.recipients = {"U1", "U2"};
  return data;
}
Sent consented(const ConsentGiven& data = consent()) { return Sent(data).as("k"); }
ConsentGiven consent_until(std::string_view last_day) {
  ConsentGiven data = consent();
  data.valid_to = day(last_day);
  return data;
}
Sent withdrawn_on(std::string_view on) { return consent_withdrawn("k1").on(on); }

// A basis that covers it: U2 is of kind unit.
BasisAdopted basis() {
  return {"OSL 26:9",         {UnitKind::company, UnitKind::unit},
          {health, progress}, {"coordination"},
          day("2020-01-01"),  std::nullopt};
}
Sent adopted(const BasisAdopted& data = basis()) {
  return Sent(data).about("basis/B2").on("2020-01-01").as("b");
}

Sent shielded(std::string_view on, const Text& against = "U2", const Categories& from = {health},
              const Text& shield = "s1") {
  return Sent(ShieldSet{shield, against, from}).on(on);
}
Sent unshielded(std::string_view on) { return shield_lifted("s1").on(on); }

// The verdict on d1, and that the findings agree with it.
std::string judged(const Told& told, std::string_view as_of = "2025-12-31") {
  const Asked asked = told.ask("disclosures").as_of(as_of);
  const std::string verdict = asked.columns("verdict");
  const std::string word = verdict.substr(3, verdict.size() - 6);
  EXPECT_EQ(asked.findings(), word.starts_with("ok") ? "[]"
                                                     : json("[{\"code\": \"" + word +
                                                            "\", \"subject\": \"participant/P1\", "
                                                            "\"events\": [\"d\"]}]"));
  return word;
}
std::string judged(std::initializer_list<Sent> events) {
  Told told;
  told.people({"P1"}).given(events);
  return judged(told);
}

TEST(DisclosuresReport, ShowsWhatWasToldToWhom) {
  Told told;
  told.people({"P1"}).given(
      {consented(), adopted(), disclosed(on_consent),
       Sent(DisclosureMade{
                "d2", "U2", {progress}, "coordination", DisclosureForm::oral, on_provision})
           .on("2024-03-16"),
       Sent(DisclosureMade{"d3", "U1", {}, "planning", DisclosureForm::meeting, std::nullopt})
           .on("2024-03-17")
           .as("third")});
  EXPECT_EQ(told.ask("disclosures").rows(), json(R"([
      {"participant": "P1", "disclosure": "d1", "day": "2024-03-15", "recipient": "U2",
       "categories": ["health", "progress"], "purpose": "coordination", "form": "letter",
       "basis": {"consent": "k1"}, "verdict": "ok"},
      {"participant": "P1", "disclosure": "d2", "day": "2024-03-16", "recipient": "U2",
       "categories": ["progress"], "purpose": "coordination", "form": "oral",
       "basis": {"provision": "B2"}, "verdict": "ok"},
      {"participant": "P1", "disclosure": "d3", "day": "2024-03-17", "recipient": "U1",
       "categories": [], "purpose": "planning", "form": "meeting",
       "basis": null, "verdict": "no-basis"}])"));
  EXPECT_EQ(told.ask("disclosures").findings(),
            json(R"([{"code": "no-basis", "subject": "participant/P1", "events": ["third"]}])"));
}

TEST(DisclosuresReport, ListsThoseUntilAsOf) {
  Told told;
  told.people({"P1"}).given({disclosed(std::nullopt)});
  EXPECT_EQ(told.ask("disclosures").as_of("2024-03-14").rows(), "[]");
  EXPECT_EQ(told.ask("disclosures").as_of("2024-03-14").findings(), "[]");
  EXPECT_EQ(told.ask("disclosures").as_of("2024-03-15").columns("disclosure"), json(R"([["d1"]])"));
}

// "(effective, then participant, disclosure order)", by bytes (P14).
TEST(DisclosuresReport, SortsByDayThenParticipantThenDisclosure) {
  Told told;
  told.people({"p1", "P2", "P10"});
  const auto tell = [&](std::string_view participant, const Text& id, std::string_view on) {
    told.given({by(participant, disclosure_made(id)).on(on).as("x" + id)});
  };
  tell("p1", "d1", "2024-03-02");
  tell("P2", "d2", "2024-03-02");
  tell("P2", "d10", "2024-03-02");
  tell("P10", "D3", "2024-03-02");
  tell("p1", "d0", "2024-03-01");
  EXPECT_EQ(told.ask("disclosures").columns("day participant disclosure"), json(R"([
      ["2024-03-01", "p1", "d0"], ["2024-03-02", "P10", "D3"], ["2024-03-02", "P2", "d10"],
      ["2024-03-02", "P2", "d2"], ["2024-03-02", "p1", "d1"]])"));
  // Findings: by code, subject, first event id.
  EXPECT_EQ(told.ask("disclosures").findings(), json(R"([
      {"code": "no-basis", "subject": "participant/P10", "events": ["xD3"]},
      {"code": "no-basis", "subject": "participant/P2", "events": ["xd10"]},
      {"code": "no-basis", "subject": "participant/P2", "events": ["xd2"]},
      {"code": "no-basis", "subject": "participant/p1", "events": ["xd0"]},
      {"code": "no-basis", "subject": "participant/p1", "events": ["xd1"]}])"));
}

TEST(DisclosuresReport, SortsFindingsByCodeFirst) {
  Told told;
  told.people({"P1", "P2"})
      .given({by("P1", Sent(disclosure(BasisReference{std::nullopt, "B9"}))).as("a"),
              by("P2", disclosed(std::nullopt)).as("b")});
  EXPECT_EQ(told.ask("disclosures").findings(), json(R"([
      {"code": "no-basis", "subject": "participant/P2", "events": ["b"]},
      {"code": "provision-not-applicable", "subject": "participant/P1", "events": ["a"]}])"));
}

TEST(DisclosuresReport, ShowsOnlyTheFindingsWhereAsked) {
  DisclosureMade late = disclosure(on_consent);
  late.disclosure = "d2";
  Told told;
  told.people({"P1"}).given({Sent(late).on("2024-03-20").as("late"), consented(),
                             disclosed(on_consent), withdrawn_on("2024-03-25"),
                             disclosure_made("d3").on("2024-03-30").as("bare")});
  EXPECT_EQ(told.ask("disclosures").columns("disclosure verdict"), json(R"([
      ["d1", "ok"], ["d2", "ok-documented-late"], ["d3", "no-basis"]])"));
  const Asked only = told.ask("disclosures", {{"only-findings", ""}});
  EXPECT_EQ(only.columns("disclosure verdict"), json(R"([["d3", "no-basis"]])"));
  EXPECT_EQ(only.findings(),
            json(R"([{"code": "no-basis", "subject": "participant/P1", "events": ["bare"]}])"));
}

// "no basis: no-basis".
TEST(DisclosureVerdict, IsNoBasisWithoutOne) {
  EXPECT_EQ(judged({disclosed(std::nullopt)}), "no-basis");
  EXPECT_EQ(judged({consented(), disclosed(std::nullopt)}), "no-basis");
}

// "shielded (a shield against that recipient, set ≤ day and not lifted ≤ day, shares a category)".
TEST(DisclosureVerdict, IsShieldedFromTheDayTheShieldIsSet) {
  EXPECT_EQ(judged({consented(), shielded("2024-03-14"), disclosed(on_consent)}), "shielded");
  EXPECT_EQ(judged({consented(), shielded("2024-03-15"), disclosed(on_consent)}), "shielded");
  EXPECT_EQ(judged({consented(), disclosed(on_consent), shielded("2024-03-15")}), "shielded");
  EXPECT_EQ(judged({consented(), disclosed(on_consent), shielded("2024-03-16")}), "ok");
}

TEST(DisclosureVerdict, IsShieldedUntilTheDayBeforeTheShieldIsLifted) {
  EXPECT_EQ(judged({consented(), shielded("2024-03-01"), unshielded("2024-03-16"),
                    disclosed(on_consent)}),
            "shielded");
  EXPECT_EQ(judged({consented(), shielded("2024-03-01"), unshielded("2024-03-15"),
                    disclosed(on_consent)}),
            "ok");
  EXPECT_EQ(judged({consented(), shielded("2024-03-01"), disclosed(on_consent),
                    unshielded("2024-03-15")}),
            "ok");
  EXPECT_EQ(judged({consented(), shielded("2024-03-15"), unshielded("2024-03-15"),
                    disclosed(on_consent)}),
            "ok");
  EXPECT_EQ(judged({consented(), shielded("2024-03-01"), unshielded("2024-03-10"),
                    shielded("2024-03-15", "U2", {health}, "s2"), disclosed(on_consent)}),
            "shielded");
}

TEST(DisclosureVerdict, IsShieldedOnlyFromThatRecipientAndACategoryOfTheShield) {
  EXPECT_EQ(judged({consented(), shielded("2024-03-01", "U1"), disclosed(on_consent)}), "ok");
  EXPECT_EQ(judged({consented(), shielded("2024-03-01", "U2", {social}), disclosed(on_consent)}),
            "ok");
  EXPECT_EQ(judged({consented(), shielded("2024-03-01", "U2", {}), disclosed(on_consent)}), "ok");
  EXPECT_EQ(judged({consented(), shielded("2024-03-01", "U2", {offence, progress}),
                    disclosed(on_consent)}),
            "shielded");
}

TEST(DisclosureVerdict, IsShieldedWhateverTheBasis) {
  EXPECT_EQ(judged({shielded("2024-03-01"), disclosed(std::nullopt)}), "shielded");
  EXPECT_EQ(judged({shielded("2024-03-01"), disclosed(on_consent)}), "shielded");
  EXPECT_EQ(judged({shielded("2024-03-01"), disclosed(on_provision)}), "shielded");
  EXPECT_EQ(judged({adopted(), shielded("2024-03-01"), disclosed(on_provision)}), "shielded");
  EXPECT_EQ(judged({consented(), withdrawn_on("2024-03-02"), shielded("2024-03-01"),
                    disclosed(on_consent)}),
            "shielded");
  EXPECT_EQ(judged({disclosed(on_consent), consented(), shielded("2024-03-01")}), "shielded");
}

TEST(DisclosureVerdict, IsOkOnAProvisionThatApplies) {
  EXPECT_EQ(judged({adopted(), disclosed(on_provision)}), "ok");
  // Documented late is said of consents alone.
  EXPECT_EQ(judged({disclosed(on_provision), adopted()}), "ok");
}

// P20: "a basis is valid by validFrom…validTo alone".
TEST(DisclosureVerdict, NeedsAProvisionValidThatDay) {
  const auto valid = [](std::string_view from, const std::optional<Text>& to) {
    BasisAdopted data = basis();
    data.valid_from = day(from);
    if (to) data.valid_to = day(*to);
    return judged({adopted(data).on("2025-06-01"), disclosed(on_provision)});
  };
  EXPECT_EQ(valid("2024-03-15", "2024-03-15"), "ok");
  EXPECT_EQ(valid("2024-03-15", std::nullopt), "ok");
  EXPECT_EQ(valid("2024-03-16", std::nullopt), "provision-not-applicable");
  EXPECT_EQ(valid("2024-01-01", "2024-03-14"), "provision-not-applicable");
}

TEST(DisclosureVerdict, NeedsAProvisionThatCoversIt) {
  const std::string not_applicable = "provision-not-applicable";
  EXPECT_EQ(judged({disclosed(on_provision)}), not_applicable);  // Unknown.
  BasisAdopted data = basis();
  data.recipient_kinds = {UnitKind::company};
  EXPECT_EQ(judged({adopted(data), disclosed(on_provision)}), not_applicable);
  data = basis();
  data.categories = {health};
  EXPECT_EQ(judged({adopted(data), disclosed(on_provision)}), not_applicable);
  data = basis();
  data.purposes = {"planning", "Coordination"};
  EXPECT_EQ(judged({adopted(data), disclosed(on_provision)}), not_applicable);
  // No categories are covered by any list of them.
  data = basis();
  data.categories = {};
  DisclosureMade bare = disclosure(on_provision);
  bare.categories = {};
  EXPECT_EQ(judged({adopted(data), disclosed(bare)}), "ok");
}

// P13: "a unit's kind and a basis are taken as known at `at`, all effective days".
TEST(DisclosureVerdict, GoesByTheUnitAndTheBasisAsKnownAt) {
  BasisAdopted data = basis();
  data.recipient_kinds = {UnitKind::company};
  Told told;
  told.people({"P1"}).given({adopted(data), disclosed(on_provision)});
  const std::uint64_t before = told.size();
  const Sent company =
      Sent(UnitRegistered{"Company", UnitKind::company, std::nullopt, std::nullopt})
          .about("unit/U2");
  told.given({corrected_to("t-U2", company, "2025-06-01")});
  const Asked asked = told.ask("disclosures").as_of("2024-03-15");
  EXPECT_EQ(asked.columns("verdict"), json(R"([["ok"]])"));
  EXPECT_EQ(asked.at(before).columns("verdict"), json(R"([["provision-not-applicable"]])"));
  data.purposes = {};
  told.given({corrected("b", Sent(data).about("basis/B2"))});
  EXPECT_EQ(asked.at(told.size()).columns("verdict"), json(R"([["provision-not-applicable"]])"));
}

TEST(DisclosureVerdict, IsOkOnAConsentThatCoversIt) {
  EXPECT_EQ(judged({consented(), disclosed(on_consent)}), "ok");
  EXPECT_EQ(judged({consented().on("2024-03-15"), disclosed(on_consent)}), "ok");
}

// "consent: unknown or given after that day no-basis".
TEST(DisclosureVerdict, IsNoBasisOnAConsentGivenLaterOrNever) {
  EXPECT_EQ(judged({disclosed(on_consent)}), "no-basis");
  EXPECT_EQ(judged({consented().on("2024-03-16"), disclosed(on_consent)}), "no-basis");
  EXPECT_EQ(judged({disclosed(on_consent), consented().on("2024-03-16")}), "no-basis");
  EXPECT_EQ(judged({consented(), voided("k"), disclosed(on_consent)}), "no-basis");
  Told told;
  told.people({"P1", "P2"}).given({by("P2", consented()), by("P1", disclosed(on_consent))});
  EXPECT_EQ(judged(told), "no-basis");
}

// "withdrawn ≤ day".
TEST(DisclosureVerdict, IsWithdrawnBeforeFromTheDayOfTheWithdrawal) {
  EXPECT_EQ(judged({consented(), withdrawn_on("2024-03-14"), disclosed(on_consent)}),
            "withdrawn-before");
  EXPECT_EQ(judged({consented(), disclosed(on_consent), withdrawn_on("2024-03-15")}),
            "withdrawn-before");
  EXPECT_EQ(judged({consented(), withdrawn_on("2024-03-16"), disclosed(on_consent)}), "ok");
  EXPECT_EQ(judged({consented(), withdrawn_on("2024-03-16"), withdrawn_on("2024-03-15"),
                    disclosed(on_consent)}),
            "withdrawn-before");
  EXPECT_EQ(
      judged({consented(), withdrawn_on("2024-03-15").as("w"), disclosed(on_consent), voided("w")}),
      "ok");
}

// "validTo < day".
TEST(DisclosureVerdict, IsExpiredFromTheDayAfterTheLast) {
  EXPECT_EQ(judged({consented(consent_until("2024-03-15")), disclosed(on_consent)}), "ok");
  EXPECT_EQ(judged({consented(consent_until("2024-03-14")), disclosed(on_consent)}), "expired");
}

TEST(DisclosureVerdict, NeedsAConsentThatNamesTheRecipientTheCategoriesAndThePurpose) {
  ConsentGiven data = consent();
  data.recipients = {"U1"};
  EXPECT_EQ(judged({consented(data), disclosed(on_consent)}), "wrong-recipient");
  data = consent();
  data.categories = {health, social};
  EXPECT_EQ(judged({consented(data), disclosed(on_consent)}), "category-not-covered");
  data = consent();
  data.purpose = "planning";
  EXPECT_EQ(judged({consented(data), disclosed(on_consent)}), "purpose-not-covered");
  data.purpose = "Coordination";  // P20: compared as exact strings.
  EXPECT_EQ(judged({consented(data), disclosed(on_consent)}), "purpose-not-covered");
}

// "consent event's position later than the disclosure's ok-documented-late".
TEST(DisclosureVerdict, IsDocumentedLateOnAConsentRecordedAfterwards) {
  EXPECT_EQ(judged({disclosed(on_consent), consented()}), "ok-documented-late");
  EXPECT_EQ(judged({disclosed(on_consent), consented().on("2024-03-15")}), "ok-documented-late");
  // A corrected event keeps its position.
  EXPECT_EQ(judged({consented().on("2024-04-01"), disclosed(on_consent),
                    corrected_to("k", Sent(consent()), "2024-03-01")}),
            "ok");
  EXPECT_EQ(judged({disclosed(on_consent), consented(),
                    corrected_to("d", Sent(disclosure(on_consent)), "2024-03-20")}),
            "ok-documented-late");
}

// Two apply: the one written first in the contract is the verdict.
TEST(DisclosureVerdict, IsTheFirstThatApplies) {
  EXPECT_EQ(judged({consented(consent_until("2024-03-10")), withdrawn_on("2024-03-12"),
                    disclosed(on_consent)}),
            "withdrawn-before");
  ConsentGiven data = consent_until("2024-03-10");
  data.recipients = {};
  EXPECT_EQ(judged({consented(data), disclosed(on_consent)}), "expired");
  data = consent();
  data.recipients = {};
  data.categories = {};
  EXPECT_EQ(judged({consented(data), disclosed(on_consent)}), "wrong-recipient");
  data = consent();
  data.categories = {};
  data.purpose = "planning";
  EXPECT_EQ(judged({consented(data), disclosed(on_consent)}), "category-not-covered");
  data = consent();
  data.purpose = "planning";
  EXPECT_EQ(judged({disclosed(on_consent), consented(data)}), "purpose-not-covered");
  EXPECT_EQ(judged({disclosed(on_consent), consented(), withdrawn_on("2024-03-01")}),
            "withdrawn-before");
  // Given after that day and withdrawn on it or before: the consent can't be withdrawn earlier.
  EXPECT_EQ(
      judged({consented().on("2024-03-16"), withdrawn_on("2024-03-16"), disclosed(on_consent)}),
      "no-basis");
}

TEST(DisclosureVerdict, FollowsWhatWasKnownAt) {
  Told told;
  told.people({"P1"}).given({disclosed(on_consent)});
  const std::uint64_t first = told.size();
  told.given({consented()});
  const std::uint64_t second = told.size();
  told.given({withdrawn_on("2024-03-10")});
  const std::uint64_t third = told.size();
  told.given({shielded("2024-03-10")});
  const Asked asked = told.ask("disclosures");
  EXPECT_EQ(asked.at(first).columns("verdict"), json(R"([["no-basis"]])"));
  EXPECT_EQ(asked.at(second).columns("verdict"), json(R"([["ok-documented-late"]])"));
  EXPECT_EQ(asked.at(third).columns("verdict"), json(R"([["withdrawn-before"]])"));
  EXPECT_EQ(asked.columns("verdict"), json(R"([["shielded"]])"));
}

// What happened after the disclosure changes nothing, but for as-of in between or not.
TEST(DisclosureVerdict, DoesNotChangeWithLaterDays) {
  Told told;
  told.people({"P1"}).given({consented(consent_until("2024-04-01")), disclosed(on_consent),
                             withdrawn_on("2024-03-20"), shielded("2024-03-21")});
  for (const std::string_view as_of : {"2024-03-15", "2024-03-20", "2024-03-21", "2025-12-31"}) {
    EXPECT_EQ(judged(told, as_of), "ok");
  }
}

TEST(DisclosureVerdict, FollowsCorrectionsOfTheDisclosure) {
  EXPECT_EQ(judged({consented(consent_until("2024-03-15")), disclosed(on_consent),
                    corrected_to("d", Sent(disclosure(on_consent)), "2024-03-16")}),
            "expired");
  EXPECT_EQ(
      judged({consented(), disclosed(std::nullopt), corrected("d", Sent(disclosure(on_consent)))}),
      "ok");
  Told told;
  told.people({"P1"}).given({disclosed(std::nullopt), voided("d")});
  EXPECT_EQ(told.ask("disclosures").rows(), "[]");
  EXPECT_EQ(told.ask("disclosures").findings(), "[]");
}

TEST(DisclosureVerdict, FollowsCorrectionsOfTheConsentAndTheShield) {
  ConsentGiven narrow = consent();
  narrow.recipients = {"U1"};
  EXPECT_EQ(judged({consented(), disclosed(on_consent), corrected("k", Sent(narrow))}),
            "wrong-recipient");
  EXPECT_EQ(judged({consented(), disclosed(on_consent),
                    corrected_to("k", Sent(consent()), "2024-03-16")}),
            "no-basis");
  EXPECT_EQ(judged({consented(), disclosed(on_consent), shielded("2024-03-10").as("s"),
                    corrected_to("s", shielded("2024-03-10"), "2024-03-16")}),
            "ok");
  EXPECT_EQ(
      judged({consented(), disclosed(on_consent), shielded("2024-03-10").as("s"), voided("s")}),
      "ok");
  EXPECT_EQ(judged({consented(), disclosed(on_consent), shielded("2024-03-10"),
                    unshielded("2024-03-12").as("l"), voided("l")}),
            "shielded");
}

// The shield and the consent of one person say nothing of another.
TEST(DisclosureVerdict, KeepsParticipantsApart) {
  Told told;
  told.people({"P1", "P2"})
      .given({by("P2", shielded("2024-03-01")), by("P1", consented()),
              by("P1", disclosed(on_consent))});
  EXPECT_EQ(judged(told), "ok");
}

TEST(DisclosureVerdict, GoesByThePositionOfTheConsentThatStands) {
  EXPECT_EQ(judged({consented(), disclosed(on_consent), voided("k"), Sent(consent()).as("again")}),
            "ok-documented-late");
}

// What is asked before a disclosure, of the rows that the report reads.
struct Before {
  PersonGrounds person;
  CommonGrounds common;
};
Before before(const Told& told) {
  const projection::Rows rows = told.rows_at(told.size());
  const projection::RowsView view(rows);
  return {(*person_grounds(view, {"P1"}))["P1"], *common_grounds(view)};
}
std::string verdict_before(const Told& told, const DisclosureMade& data, std::string_view on) {
  const DisclosureFact fact{data, day(on), static_cast<std::int64_t>(told.size()), ""};
  const Before grounds = before(told);
  return std::string(word_of(verdict_on(fact, grounds.person, grounds.common)));
}
// "consent/k1 ok, provision/B1 provision-not-applicable"
std::string candidates(const Told& told, const DisclosureMade& data, std::string_view on) {
  const DisclosureFact fact{data, day(on), static_cast<std::int64_t>(told.size()), ""};
  const Before grounds = before(told);
  std::string text;
  for (const BasisVerdict& each : verdicts_by_basis(fact, grounds.person, grounds.common)) {
    text += text.empty() ? "" : ", ";
    text += each.basis.consent ? "consent/" + *each.basis.consent
                               : "provision/" + *each.basis.provision;
    text += " " + std::string(word_of(each.verdict));
  }
  return text;
}

Text random_day_of_march(Chance& chance) {
  return "2024-03-" + std::to_string(chance.between(10, 19));
}
Categories some_categories(Chance& chance) {
  Categories some;
  for (const DataCategory each : {enrolment, health, offence}) {
    if (chance.percent(70)) some.push_back(each);
  }
  return some;
}
const std::vector<Text> purposes = {"coordination", "coordination", "planning"};
const std::vector<Text> recipients = {"U2", "U2", "U1"};

void give_random_consent(Told& told, Chance& chance, const Text& id) {
  ConsentGiven data = consent();
  data.consent = id;
  data.purpose = chance.pick(purposes);
  data.categories = some_categories(chance);
  data.recipients = {chance.pick(recipients)};
  const Text given_on = random_day_of_march(chance);
  if (chance.percent(30)) data.valid_to = day(given_on).plus_days(chance.between(0, 5));
  told.given({Sent(data).on(given_on)});
  if (chance.percent(30)) told.given({consent_withdrawn(id).on("2024-03-19")});
  if (chance.percent(30)) {
    told.given({consent_withdrawn(id).on(day(given_on).plus_days(chance.between(0, 4)).text())});
  }
}
void give_random_grounds(Told& told, Chance& chance) {
  for (const Text id : {"k1", "k2"}) give_random_consent(told, chance, id);
  BasisAdopted data = basis();
  if (chance.percent(50)) data.recipient_kinds = {UnitKind::company};
  data.categories = some_categories(chance);
  data.purposes = {chance.pick(purposes)};
  data.valid_from = day(random_day_of_march(chance));
  told.given({adopted(data)});
  if (chance.percent(40)) {
    told.given({shielded(random_day_of_march(chance), chance.pick(recipients), {offence})});
    if (chance.percent(40)) told.given({unshielded("2024-03-19")});
  }
}
std::optional<BasisReference> random_basis(Chance& chance) {
  switch (chance.below(6)) {
    case 0:
      return std::nullopt;
    case 1:
      return on_provision;
    case 2:
      return BasisReference{"unknown", std::nullopt};
    case 3:
      return BasisReference{"k2", std::nullopt};
    default:
      return on_consent;
  }
}

TEST(DisclosureVerdict, IsTheSameBeforeAndAfterIn2000RandomCases) {
  constexpr std::uint64_t worlds = 400;
  constexpr int disclosures = 5;
  std::map<std::string, int> seen;
  for (std::uint64_t world = 0; world < worlds; ++world) {
    Chance chance(world);
    Told told;
    told.people({"P1"});
    give_random_grounds(told, chance);
    for (int i = 0; i < disclosures; ++i) {
      const DisclosureMade made{"d" + std::to_string(i), chance.pick(recipients),
                                some_categories(chance), chance.pick(purposes),
                                DisclosureForm::oral,    random_basis(chance)};
      const Text on = random_day_of_march(chance);
      const std::string expected = verdict_before(told, made, on);
      told.given({Sent(made).on(on)});
      ++seen[expected];
      const std::string after = told.ask("disclosures").columns("disclosure verdict");
      EXPECT_NE(after.find("[\"" + made.disclosure + "\",\"" + expected + "\"]"), std::string::npos)
          << "world " << world << ": " << expected << " before, " << after;
    }
  }
  EXPECT_EQ(seen.size(), Words<DisclosureVerdict>::values.size() - 1) << "all but documented late";
}

// Domain, 5.1. The practice place: an external unit.
Told practice_place() {
  Told told;
  told.people({"P1"}).given(
      {Sent(UnitRegistered{"Bageri", UnitKind::external, std::nullopt, std::nullopt})
           .about("unit/bakery")
           .on("2020-01-01"),
       Sent(UnitRegistered{"Socialkontoret", UnitKind::administration, std::nullopt, std::nullopt})
           .about("unit/social")
           .on("2020-01-01")});
  return told;
}
DisclosureMade told_to(const Text& recipient, DataCategory category) {
  return {"d1", recipient, {category}, "placement", DisclosureForm::oral, std::nullopt};
}
std::string judged_after(Told& told, const DisclosureMade& data) {
  const std::string expected = verdict_before(told, data, "2024-03-15");
  told.given({Sent(data).on("2024-03-15").as("d")});
  EXPECT_EQ(judged(told), expected);
  return expected;
}
ConsentGiven consent_to(const Text& recipient, DataCategory category, ConsentForm form) {
  ConsentGiven data;
  data.consent = "k1";
  data.purpose = "placement";
  data.categories = {category};
  data.recipients = {recipient};
  data.form = form;
  return data;
}

TEST(DisclosureScenario, APrisonPastToldToThePracticePlaceHasNoBasis) {
  Told told = practice_place();
  EXPECT_EQ(judged_after(told, told_to("bakery", offence)), "no-basis");
}

TEST(DisclosureScenario, SayingYesWhenAskedWhetherSheIsEnrolledIsADisclosure) {
  Told told = practice_place();
  EXPECT_EQ(judged_after(told, told_to("bakery", enrolment)), "no-basis");
  Told consented_to = practice_place();
  consented_to.given({Sent(consent_to("bakery", enrolment, ConsentForm::written)).as("k")});
  DisclosureMade yes = told_to("bakery", enrolment);
  yes.basis = on_consent;
  EXPECT_EQ(judged_after(consented_to, yes), "ok");
}

TEST(DisclosureScenario, AConsentByEmailCounts) {
  Told told = practice_place();
  told.given({Sent(consent_to("bakery", health, ConsentForm::email)).as("k")});
  DisclosureMade data = told_to("bakery", health);
  data.basis = on_consent;
  EXPECT_EQ(judged_after(told, data), "ok");
}

TEST(DisclosureScenario, AConsentWrittenDownAfterwardsIsDocumentedLate) {
  Told told = practice_place();
  DisclosureMade data = told_to("bakery", health);
  data.basis = on_consent;
  told.given({Sent(data).on("2024-03-15").as("d"),
              Sent(consent_to("bakery", health, ConsentForm::written)).as("k")});
  EXPECT_EQ(judged(told), "ok-documented-late");
}

TEST(DisclosureScenario, WhatIsShieldedFromSocialServicesIsNotToldThemOnAnyBasis) {
  Told told = practice_place();
  told.given({Sent(consent_to("social", health, ConsentForm::written)).as("k"),
              shielded("2024-03-02", "social", {health})});
  DisclosureMade data = told_to("social", health);
  data.basis = on_consent;
  EXPECT_EQ(judged_after(told, data), "shielded");
}

TEST(DisclosureCandidates, StandWithTheMostUsefulFirst) {
  Told told = practice_place();
  const auto give = [&](const Text& id, const auto& change) {
    ConsentGiven data = consent_to("bakery", health, ConsentForm::written);
    data.consent = id;
    change(data);
    told.given({Sent(data)});
  };
  give("a-later", [](ConsentGiven&) {});
  told.given({Sent(ConsentWithdrawn{"a-later"}).on("2024-03-02")});
  give("b-purpose", [](ConsentGiven& data) { data.purpose = "planning"; });
  give("c-category", [](ConsentGiven& data) { data.categories = {social}; });
  give("d-recipient", [](ConsentGiven& data) { data.recipients = {"U2"}; });
  give("e-expired", [](ConsentGiven& data) {
    data.recipients = {"U2"};
    data.valid_to = day("2024-03-02");
  });
  give("f-good", [](ConsentGiven&) {});
  EXPECT_EQ(candidates(told, told_to("bakery", health), "2024-03-15"),
            "consent/f-good ok, consent/a-later withdrawn-before, "
            "consent/b-purpose purpose-not-covered, consent/c-category category-not-covered, "
            "consent/d-recipient wrong-recipient, consent/e-expired expired, "
            "provision/B1 provision-not-applicable");
}

}  // namespace
}  // namespace liggare::projections
