#include "tools/texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

namespace liggare::tools {
namespace {

// Every key of a row or finding in section 4 of the contract, reports 1–14.
constexpr auto contract_columns = std::to_array<std::string_view>({
    "administration",
    "category",
    "year",
    "realised",
    "starts",
    "persons",
    "stock",
    "offeredNotRealised",
    "target",
    "measure",
    "scope",
    "from",
    "to",
    "value",
    "baseline",
    "derived",
    "deviation",
    "publication",
    "document",
    "section",
    "claimed",
    "difference",
    "agreement",
    "line",
    "capacity",
    "occupied",
    "free",
    "participant",
    "unit",
    "paused",
    "criteria",
    "completedSteps",
    "criterion",
    "step",
    "red",
    "yellow",
    "green",
    "enrolment",
    "lastMovement",
    "days",
    "on",
    "active",
    "share",
    "stalled",
    "medianDays",
    "placement",
    "start",
    "end",
    "months",
    "allowedLastDay",
    "daysOver",
    "extendedInTime",
    "consent",
    "state",
    "purpose",
    "categories",
    "recipients",
    "form",
    "givenOn",
    "validTo",
    "withdrawnOn",
    "disclosure",
    "day",
    "recipient",
    "basis",
    "verdict",
    "period",
    "group",
    "referrals",
    "started",
    "ended",
    "outcomes",
    "id",
    "type",
    "subject",
    "effective",
    "registeredDay",
    "specversion",
    "source",
    "actor",
    "time",
    "data",
    "correlationid",
    "causationid",
    "sequence",
    "recorded",
    "streamversion",
    "submittedby",
    "status",
    "correctedBy",
    "referral",
    "enrolments",
    "programme",
    "consultant",
    "plans",
    "plan",
    "planKind",
    "owner",
    "revision",
    "path",
    "ladders",
    "placements",
    "place",
    "kind",
    "plannedEnd",
    "consents",
    "lastAssessment",
    "instrument",
    "scores",
    "code",
    "events",
    "requestKind",
    "received",
    "due",
    "answered",
    "daysLeft",
    "class",
    "rule",
    "trigger",
    "triggerDay",
    "action",
    "held",
    "who",
    "role",
    "relation",
    "classes",
    "refusedClasses",
    "outcome",
    "reason",
});

constexpr auto contract_reports = std::to_array<std::string_view>(
    {"places", "targets", "reconcile", "occupancy", "ladder", "stalled", "bottlenecks", "duration",
     "consents", "disclosures", "flow", "late", "history", "state", "retention", "deadlines",
     "access"});

class Environment {
 public:
  Environment() {
    for (const char* name : names) ::unsetenv(name);
  }
  ~Environment() {
    for (const char* name : names) ::unsetenv(name);
  }
  Environment& set(const char* name, const char* value) {
    ::setenv(name, value, 1);
    return *this;
  }

 private:
  static constexpr std::array<const char*, 3> names = {"LC_ALL", "LC_MESSAGES", "LANG"};
};

TEST(Texts, HaveBothLanguagesForEveryKey) {
  for (const Text& text : catalogue()) {
    EXPECT_FALSE(text.english.empty()) << text.key;
    EXPECT_FALSE(text.swedish.empty()) << text.key;
  }
}

TEST(Texts, HaveEveryKeyOnce) {
  std::set<std::string_view> keys;
  for (const Text& text : catalogue()) EXPECT_TRUE(keys.insert(text.key).second) << text.key;
}

TEST(Texts, TakeTheSameValuesInBothLanguages) {
  const auto holes = [](std::string_view text) {
    return std::count(text.begin(), text.end(), '{');
  };
  for (const Text& text : catalogue())
    EXPECT_EQ(holes(text.english), holes(text.swedish)) << text.key;
}

TEST(Texts, HaveATitleForEveryColumnOfTheContract) {
  for (const std::string_view column : contract_columns) {
    EXPECT_TRUE(find_text(Language::swedish, "column." + std::string(column))) << column;
  }
}

TEST(Texts, HaveATitleForEveryReportOfTheContract) {
  for (const std::string_view report : contract_reports) {
    EXPECT_TRUE(find_text(Language::english, "report." + std::string(report))) << report;
  }
}

TEST(Texts, AreInSwedishAsTheAdministrationsSayIt) {
  EXPECT_EQ(title_of(Language::swedish, "administration"), "Förvaltning");
  EXPECT_EQ(title_of(Language::swedish, "offeredNotRealised"), "Erbjudna, ej genomförda");
  EXPECT_EQ(title_of(Language::english, "realised"), "Realised");
}

TEST(Texts, GiveAnUnknownColumnItsOwnName) {
  EXPECT_EQ(title_of(Language::swedish, "somethingNew"), "somethingNew");
}

TEST(Language, IsThatOfTheFirstVariableThatIsSet) {
  EXPECT_EQ((Environment(), language_of_environment()), Language::english);
  EXPECT_EQ((Environment().set("LANG", "sv_SE.UTF-8"), language_of_environment()),
            Language::swedish);
  EXPECT_EQ(
      (Environment().set("LANG", "sv_SE.UTF-8").set("LC_ALL", "C"), language_of_environment()),
      Language::english);
  EXPECT_EQ((Environment().set("LC_ALL", "").set("LC_MESSAGES", "sv"), language_of_environment()),
            Language::swedish);
}

TEST(Language, IsNotSwedishBecauseItBeginsLikeIt) {
  EXPECT_EQ((Environment().set("LANG", "svx"), language_of_environment()), Language::english);
}

}  // namespace
}  // namespace liggare::tools
