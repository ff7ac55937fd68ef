#include <gtest/gtest.h>

#include "tests/codec/line.h"

namespace liggare::codec {
namespace {

using enum RejectionCode;

Line with_personal(std::string_view personal) {
  return registration(R"({"personal":)" + std::string(personal) + "}");
}

TEST(PersonalData, AreKeptAsCanonicalJsonInTheOrderOfTheClasses) {
  const auto submission = parse_event(
      with_personal(R"({"health":{"b":"2","a":"1"},"identity":{"name":"Å"},"social":{}})").text());
  ASSERT_TRUE(submission);
  using enum PersonalClass;
  EXPECT_EQ(submission->personal,
            (std::vector<PersonalText>{
                {identity, R"({"name":"Å"})"}, {social, "{}"}, {health, R"({"a":"1","b":"2"})"}}));
  EXPECT_EQ(submission->event.personal, (std::vector{identity, social, health}));
}

TEST(PersonalData, AbsentAndEmptyDiffer) {
  EXPECT_EQ(parse_event(registration("{}").text())->event.personal, std::nullopt);
  const auto empty = parse_event(with_personal("{}").text());
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->event.personal, std::vector<PersonalClass>{});
}

TEST(PersonalData, MayStandOnAnyEventOfAParticipant) {
  expect_taken(Line("placement.ended",
                    R"({"placement":"p","cause":"other","personal":{"ordinary":{"text":"x"}}})"));
}

TEST(PersonalData, StandOnNoOtherStream) {
  expect_refused(Line("unit.renamed", R"({"name":"x","personal":{}})").about("unit/U1"),
                 unknown_field, "$.data.personal");
  expect_refused(
      Line("event.voided", R"({"target":"e","reason":"r","personal":{}})").about("unit/U1"),
      unknown_field, "$.data.personal");
}

TEST(PersonalData, StandNowhereElse) {
  expect_refused(note().with("personal", "{}"), unknown_field, "$.personal");
  expect_refused(
      Line("disclosure.made", R"({"disclosure":"D","recipient":"U","categories":[],"purpose":"p",)"
                              R"("form":"oral","basis":{"consent":"C","personal":{}}})"),
      unknown_field, "$.data.basis.personal");
}

TEST(PersonalData, HaveTheClassesOfTheContract) {
  expect_refused(with_personal(R"({"secret":{}})"), unknown_field, "$.data.personal.secret");
  expect_refused(with_personal(R"({"Identity":{}})"), unknown_field, "$.data.personal.Identity");
}

TEST(PersonalData, AreObjectsOfStrings) {
  expect_refused(with_personal("[]"), invalid_field, "$.data.personal");
  expect_refused(with_personal(R"({"health":null})"), invalid_field, "$.data.personal.health");
  expect_refused(with_personal(R"({"health":"x"})"), invalid_field, "$.data.personal.health");
  for (const char* json : {"null", "1", "true", "[]", "{}"}) {
    expect_refused(with_personal(R"({"health":{"note":)" + std::string(json) + "}}"), invalid_field,
                   "$.data.personal.health.note");
  }
}

TEST(Note, NeedsPersonalData) {
  expect_refused(Line("note.recorded", "{}"), missing_field, "$.data.personal");
  expect_taken(Line("note.recorded", R"({"personal":{}})"));
}

TEST(PersonalNumber, IsValidUnderItsName) {
  const auto identity = [](std::string_view key, std::string_view value) {
    return with_personal(R"({"identity":{)" + in_quotes(key) + ":" + in_quotes(value) + "}}");
  };
  expect_taken(identity("personnummer", "198501012382"));
  expect_taken(identity("samordningsnummer", "198501612389"));
  for (const char* number : {"8501012382", "19850101-2382", "198501012381", "198501322385",
                             "198501612389", "", "1985010123820"}) {
    expect_refused(identity("personnummer", number), invalid_field,
                   "$.data.personal.identity.personnummer");
  }
  for (const char* number : {"198501012382", "198501602380", "8501612389"}) {
    expect_refused(identity("samordningsnummer", number), invalid_field,
                   "$.data.personal.identity.samordningsnummer");
  }
}

TEST(PersonalNumber, IsFreeTextElsewhereInPersonalData) {
  expect_taken(with_personal(R"({"ordinary":{"text":"son 850101-2382","personnummer":"?"}})"));
}

// A key that might be personal data in the wrong place is not repeated in a message.
TEST(Path, DoesNotEchoWhatMightBePersonal) {
  for (const char* key :
       {"Anna Svensson", "850101-2382", "198501012382", "a@b.se", "Åsa", "x-198501612389"}) {
    expect_refused(note().with(key, "1"), unknown_field, "$[…]");
    expect_refused(registration("{" + in_quotes(key) + ":1}"), unknown_field, "$.data[…]");
    expect_refused(with_personal("{" + in_quotes(key) + ":{}}"), unknown_field,
                   "$.data.personal[…]");
    expect_refused(with_personal(R"({"health":{)" + in_quotes(key) + ":1}}"), invalid_field,
                   "$.data.personal.health[…]");
  }
  expect_refused(note().with(std::string(33, 'x'), "1"), unknown_field, "$[…]");
  expect_refused(note().with("", "1"), unknown_field, "$[…]");
}

}  // namespace
}  // namespace liggare::codec
