#include <gtest/gtest.h>

#include "tests/codec/line.h"

namespace liggare::codec {
namespace {

using enum RejectionCode;

using domain::EventType;

domain::Rejection refusal(std::string_view data, EventType type) {
  const auto payload = parse_correction(data, type);
  if (payload) return {too_large, "taken"};
  return payload.error();
}

TEST(Correction, KeepsItsDataUntilTheTargetIsKnown) {
  const auto submission = parse_event(correction(R"("data":{"what":[1,"å",{}]})").text());
  ASSERT_TRUE(submission);
  EXPECT_EQ(submission->correction_data, R"({"what":[1,"å",{}]})");
}

TEST(Correction, HasATargetDataAndAReason) {
  expect_taken(correction(R"("data":{})"));
  expect_taken(correction(R"("data":{},"effective":"2024-01-01")"));
  expect_refused(Line("event.corrected", R"({"target":"ev-0","data":{}})"), missing_field,
                 "$.data.reason");
  expect_refused(correction(R"("effective":"2024-01-01")"), missing_field, "$.data.data");
  expect_refused(correction(R"("data":[])"), invalid_field, "$.data.data");
  expect_refused(correction(R"("data":{},"effective":"today")"), invalid_field, "$.data.effective");
  expect_refused(correction(R"("data":{},"colour":1)"), unknown_field, "$.data.colour");
}

TEST(Correction, IsReadAsTheTargetsData) {
  const auto payload = parse_correction(R"({"shield":"S1"})", EventType::shield_lifted);
  ASSERT_TRUE(payload);
  EXPECT_EQ(std::get<domain::ShieldLifted>(*payload).shield, "S1");
}

TEST(Correction, NamesThePathOfAFault) {
  EXPECT_EQ(refusal(R"({"colour":1})", EventType::shield_lifted),
            (domain::Rejection{unknown_field, "$.data.data.colour"}));
  EXPECT_EQ(refusal("{}", EventType::shield_lifted),
            (domain::Rejection{missing_field, "$.data.data.shield"}));
  EXPECT_EQ(refusal(R"({"shield":7})", EventType::shield_lifted),
            (domain::Rejection{invalid_field, "$.data.data.shield"}));
}

TEST(Correction, IsRefusedWhereItsDataAreNoObject) {
  EXPECT_EQ(refusal("[]", EventType::shield_lifted),
            (domain::Rejection{invalid_field, "$.data.data"}));
  EXPECT_EQ(refusal("{", EventType::shield_lifted), (domain::Rejection{invalid_field, "$"}));
}

TEST(Correction, LooksForPersonNumbersWhenItIsItsTurn) {
  expect_taken(correction(R"("data":{"shield":"850101-2382"})"));
  EXPECT_EQ(refusal(R"({"shield":"850101-2382"})", EventType::shield_lifted),
            (domain::Rejection{invalid_field, "$.data.data.shield"}));
}

TEST(Correction, HoldsPersonalDataBesideItsData) {
  expect_taken(correction(R"("data":{},"personal":{"ordinary":{"text":"Ny"}})"));
  EXPECT_EQ(refusal(R"({"personal":{}})", EventType::note_recorded),
            (domain::Rejection{unknown_field, "$.data.data.personal"}));
}

TEST(Correction, OfANoteMayLeaveOutItsPersonalData) {
  EXPECT_TRUE(parse_correction("{}", EventType::note_recorded));
}

TEST(Correction, KeepsTheFormOfItsNumbers) {
  for (const char* places : {"1.0", "1e2", "1e0", "-0.0"}) {
    const auto submission =
        parse_event(correction(R"("data":{"line":"L1","places":)" + std::string(places) + "}")
                        .about("agreement/A1")
                        .text());
    ASSERT_TRUE(submission) << places;
    EXPECT_EQ(refusal(submission->correction_data, EventType::agreement_amended),
              (domain::Rejection{invalid_field, "$.data.data.places"}))
        << places;
  }
}

}  // namespace
}  // namespace liggare::codec
