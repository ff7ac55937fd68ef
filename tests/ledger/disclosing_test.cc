// Whether something may be told, and a consent's receipt, where the person is protected.
#include "ledger/disclosing.h"

#include <gmock/gmock.h>

#include "ledger/consent_receipt.h"
#include "tests/ledger/reading_fixture.h"

namespace liggare::ledger {
namespace {

using testing::Contains;
using testing::IsEmpty;

// P2 is protected, and S1 may know of her; P1 is not; P9 is nobody. Both have a consent.
class Disclosing : public ReadingTest {
 protected:
  void SetUp() override {
    ReadingTest::SetUp();
    open();
    for (const char* id : {"P1", "P2"}) {
      accept(event(fmt::format("consent-{}", id), "consent.given",
                   fmt::format("participant/{}", id),
                   R"("consent":"C1","nature":"secrecy","purpose":"placement",)"
                   R"("categories":["enrolment"],"recipients":["U1"],"form":"written")"));
    }
  }
  // What is answered, or the words of the error, with P9's name in place of P2's.
  std::string advised(const std::string& participant, const std::string& asker) const {
    const auto advice = advise_on_disclosure(
        *ledger_,
        {participant, "U1", {domain::DataCategory::enrolment}, "placement", {}, {}, asker});
    if (!advice) return answered(advice.error());
    return std::string(domain::word_of(advice->verdict));
  }
  std::string receipt(const std::string& participant, const std::string& asker, At at = {}) const {
    ConsentReceiptRequest request;
    request.participant = participant;
    request.consent = "C1";
    request.asker = asker;
    request.at = at;
    const auto made = consent_receipt(*ledger_, request);
    return made ? *made->find("state")->as_text() : answered(made.error());
  }
  static std::string answered(const Error& error) {
    std::string words = name_of(error.code) + (": " + error.message);
    const std::size_t at = words.find("participant/P2");
    if (at != std::string::npos) words.replace(at, 14, "participant/P9");
    return words;
  }
};

TEST_F(Disclosing, AnswersOfAProtectedPersonToTheListed) {
  EXPECT_EQ(advised("P2", "staff/S1"), "ok");
  EXPECT_EQ(receipt("P2", "staff/S1"), "active");
  EXPECT_THAT(records(), IsEmpty());
  const auto advice = advise_on_disclosure(
      *ledger_, {"P2", "U1", {domain::DataCategory::enrolment}, "placement", {}, {}, "staff/S1"});
  EXPECT_THAT(advice->cautions, Contains("protected-person"));
}

TEST_F(Disclosing, KnowsNoProtectedPersonForOthers) {
  for (const char* asker : {"staff/S2", "staff/nobody", "system/S1", ""}) {
    EXPECT_EQ(advised("P2", asker), advised("P9", asker)) << asker;
    EXPECT_THAT(advised("P2", asker), testing::StartsWith("not-found")) << asker;
    EXPECT_EQ(receipt("P2", asker), receipt("P9", asker)) << asker;
  }
  EXPECT_EQ(receipt("P2", "staff/S2", std::uint64_t{5}),
            receipt("P9", "staff/S2", std::uint64_t{5}));
}

TEST_F(Disclosing, RecordsTheAttemptOfWhoeverIsNamed) {
  advised("P2", "staff/S2");
  receipt("P2", "staff/S2");
  receipt("P2", "");
  const auto kept = records();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].action, access::Action::disclose);
  EXPECT_EQ(kept[1].action, access::Action::read);
  for (const access::Record& each : kept) {
    EXPECT_EQ(each.who, "staff/S2");
    EXPECT_EQ(each.subject, "participant/P2");
    EXPECT_EQ(each.outcome, access::Outcome::denied);
    EXPECT_EQ(each.code, "protected");
  }
}

TEST_F(Disclosing, AnswersOfOthersToAnyone) {
  EXPECT_EQ(advised("P1", ""), "ok");
  EXPECT_EQ(receipt("P1", ""), "active");
  accept(event("lift", "protection.lifted", "participant/P2", ""));
  EXPECT_EQ(advised("P2", ""), "ok");
  EXPECT_EQ(receipt("P2", "staff/S2"), "active");
}

}  // namespace
}  // namespace liggare::ledger
