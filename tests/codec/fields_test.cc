#include <gtest/gtest.h>

#include "tests/codec/line.h"

namespace liggare::codec {
namespace {

using enum RejectionCode;

TEST(Field, IsNamedWhenUnknownMissingOrInvalid) {
  expect_refused(registration(R"({"age":7})"), unknown_field, "$.data.age");
  expect_refused(Line("shield.lifted", "{}"), missing_field, "$.data.shield");
  expect_refused(Line("shield.lifted", R"({"shield":"a b"})"), invalid_field, "$.data.shield");
}

TEST(Field, IsNamedInsideLists) {
  const auto signed_with = [](std::string_view line) {
    return Line("agreement.signed", R"({"title":"x","parties":["U1"],"validFrom":"2024-01-01",)"
                                    R"("lines":[{"line":"L1","programme":"osa","places":1},)" +
                                        std::string(line) + "]}")
        .about("agreement/A1");
  };
  expect_taken(signed_with(R"({"line":"L2","programme":"osa","places":1})"));
  expect_refused(signed_with(R"({"line":"L2","programme":"osa","places":1,"x":1})"), unknown_field,
                 "$.data.lines[1].x");
  expect_refused(signed_with(R"({"line":"L2","programme":"osa"})"), missing_field,
                 "$.data.lines[1].places");
  expect_refused(signed_with(R"({"line":"L2","programme":"o s","places":1})"), invalid_field,
                 "$.data.lines[1].programme");
  expect_refused(signed_with("7"), invalid_field, "$.data.lines[1]");
}

TEST(Field, IsNamedInsideListsOfLists) {
  expect_refused(
      Line("ladder.published", R"({"ladderVersion":1,"paths":[],"steps":[{"step":1,"criteria":[)"
                               R"({"criterion":"c1","text":"","mandatory":true}]}]})")
          .about("ladder/L1"),
      invalid_field, "$.data.steps[0].criteria[0].text");
}

TEST(Field, IsNamedInsideListsOfStrings) {
  expect_refused(Line("consent.refused", R"({"purpose":"p","recipients":["U1","a b"]})"),
                 invalid_field, "$.data.recipients[1]");
  expect_refused(Line("shield.set", R"({"shield":"s","against":"U1","categories":["x"]})"),
                 invalid_field, "$.data.categories[0]");
}

TEST(Field, IsNeverNull) {
  expect_refused(registration(R"({"birthYear":null})"), invalid_field, "$.data.birthYear");
  expect_refused(registration(R"({"sex":null})"), invalid_field, "$.data.sex");
  expect_refused(registration(R"({"language":null})"), invalid_field, "$.data.language");
  expect_refused(registration(R"({"personal":null})"), invalid_field, "$.data.personal");
  expect_refused(target("null"), invalid_field, "$.data.scope");
  expect_refused(Line("consent.refused", R"({"purpose":"p","recipients":null})"), invalid_field,
                 "$.data.recipients");
}

TEST(Integer, IsWrittenAsOne) {
  for (const char* json : {"1999.0", "1.999e3", "1e2", R"("1999")", "true", "[1999]", "1999.5"}) {
    expect_refused(registration(R"({"birthYear":)" + std::string(json) + "}"), invalid_field,
                   "$.data.birthYear");
  }
}

TEST(Integer, IsInItsRange) {
  const auto born = [](std::string_view year) {
    return registration(R"({"birthYear":)" + std::string(year) + "}");
  };
  expect_taken(born("1900"));
  expect_taken(born("2100"));
  for (const char* year : {"1899", "2101", "-1999", "0", "18446744073709551615"}) {
    expect_refused(born(year), invalid_field, "$.data.birthYear");
  }
}

TEST(Integer, IsOneEveryReaderKeepsExactly) {
  const auto amended = [](std::string_view places) {
    return Line("agreement.amended", R"({"line":"L1","places":)" + std::string(places) + "}")
        .about("agreement/A1");
  };
  expect_taken(amended("0"));
  expect_taken(amended("9007199254740991"));
  expect_refused(amended("9007199254740992"), invalid_field, "$.data.places");
  expect_refused(amended("-1"), invalid_field, "$.data.places");
}

TEST(Integer, StartsAtOneWhereThingsAreCounted) {
  expect_refused(Line("step.completed", R"({"ladder":"L","step":0})"), invalid_field,
                 "$.data.step");
  expect_refused(Line("plan.revised", R"({"plan":"K","revision":0,"by":"U1","agreed":true})"),
                 invalid_field, "$.data.revision");
  expect_refused(Line("place.offered", R"({"administration":"U1","category":"ias","seats":0})")
                     .about("place/X"),
                 invalid_field, "$.data.seats");
  expect_refused(
      Line("ladder.published", R"({"ladderVersion":0,"steps":[],"paths":[]})").about("ladder/L"),
      invalid_field, "$.data.ladderVersion");
}

TEST(Integer, MayBeZeroWhereThatIsAValue) {
  expect_taken(Line("policy.adopted", R"({"parameters":{"months":0,"smallCell":0}})")
                   .about("policy/ledger"));
  expect_refused(Line("policy.adopted", R"({"parameters":{"months":-1}})").about("policy/ledger"),
                 invalid_field, "$.data.parameters.months");
}

TEST(Score, IsJudgedWithItsInstrument) {
  const auto scored = [](std::string_view instrument, std::string_view score) {
    return Line("assessment.recorded", R"({"instrumentVersion":"2","respondent":"handler",)"
                                       R"("instrument":)" +
                                           in_quotes(instrument) +
                                           R"(,"scores":[{"indicator":"i","score":)" +
                                           std::string(score) + "}]}");
  };
  expect_taken(scored("BIP", "5"));
  expect_taken(scored("other", "-6"));
  expect_refused(scored("BIP", "6"), invalid_field, "$.data.scores[0].score");
  expect_refused(scored("BIP", "0"), invalid_field, "$.data.scores[0].score");
}

TEST(Word, IsOneOfTheList) {
  expect_taken(registration(R"({"sex":"male"})"));
  for (const char* json : {R"("Male")", R"("")", R"("unset")", "1", R"(["male"])"}) {
    expect_refused(registration(R"({"sex":)" + std::string(json) + "}"), invalid_field,
                   "$.data.sex");
  }
}

TEST(FollowUp, IsAString) {
  const auto follow_up = [](std::string_view json) {
    return Line("outcome.recorded",
                R"({"enrolment":"E","outcome":"moved","followUp":)" + std::string(json) + "}");
  };
  expect_taken(follow_up(R"("90")"));
  expect_refused(follow_up("90"), invalid_field, "$.data.followUp");
}

TEST(Truth, IsABoolean) {
  expect_refused(Line("plan.revised", R"({"plan":"K","revision":2,"by":"U1","agreed":"true"})"),
                 invalid_field, "$.data.agreed");
  expect_refused(Line("plan.revised", R"({"plan":"K","revision":2,"by":"U1","agreed":1})"),
                 invalid_field, "$.data.agreed");
}

TEST(DayField, IsADay) {
  for (const char* json : {R"("2023-02-29")", R"("20240101")", "20240101", R"("")"}) {
    expect_refused(Line("placement.extended", R"({"placement":"p","reason":"other","plannedEnd":)" +
                                                  std::string(json) + "}"),
                   invalid_field, "$.data.plannedEnd");
  }
}

TEST(Digest, IsInLowerCase) {
  const auto consent = [](char digit) {
    return Line("consent.given", R"({"consent":"C","nature":"gdpr","purpose":"p","categories":[],)"
                                 R"("recipients":[],"form":"oral","evidenceDigest":")" +
                                     std::string(64, digit) + R"("})");
  };
  expect_taken(consent('a'));
  expect_refused(consent('A'), invalid_field, "$.data.evidenceDigest");
}

TEST(AgreementLine, NeedsItsAgreement) {
  expect_refused(
      Line("placement.started", R"({"placement":"p","place":"PL","kind":"osa","line":"L1"})"),
      missing_field, "$.data.agreement");
  expect_refused(
      Line("enrolment.started", R"({"enrolment":"n","programme":"osa","unit":"U1","line":"L1"})"),
      missing_field, "$.data.agreement");
  expect_taken(
      Line("placement.started", R"({"placement":"p","place":"PL","kind":"osa","agreement":"A1"})"));
}

TEST(Scope, HasExactlyOneKey) {
  expect_taken(target(R"({"all":true})"));
  expect_taken(target(R"({"category":"ias"})"));
  expect_taken(target(R"({"administration":"U1"})"));
  expect_refused(target("{}"), invalid_field, "$.data.scope");
  expect_refused(target(R"({"all":true,"category":"ias"})"), invalid_field, "$.data.scope");
  expect_refused(target(R"({"town":"x"})"), unknown_field, "$.data.scope.town");
}

TEST(Scope, OfEverythingIsTrue) {
  expect_refused(target(R"({"all":false})"), invalid_field, "$.data.scope.all");
  expect_refused(target(R"({"all":1})"), invalid_field, "$.data.scope.all");
}

TEST(Basis, HasExactlyOneKey) {
  const auto disclosed = [](std::string_view basis) {
    return Line("disclosure.made", R"({"disclosure":"D","recipient":"U1","categories":[],)"
                                   R"("purpose":"p","form":"oral","basis":)" +
                                       std::string(basis) + "}");
  };
  expect_taken(disclosed(R"({"consent":"C1"})"));
  expect_taken(disclosed(R"({"provision":"B1"})"));
  expect_refused(disclosed("{}"), invalid_field, "$.data.basis");
  expect_refused(disclosed(R"({"consent":"C1","provision":"B1"})"), invalid_field, "$.data.basis");
}

TEST(LadderStep, StandsInItsOrder) {
  expect_refused(Line("ladder.published", R"({"ladderVersion":1,"paths":[],"steps":[)"
                                          R"({"step":1,"criteria":[]},{"step":3,"criteria":[]}]})")
                     .about("ladder/L"),
                 invalid_field, "$.data.steps[1].step");
}

TEST(Code, IsNoFreeText) {
  expect_refused(registration(R"({"language":"lätt svenska"})"), invalid_field, "$.data.language");
  expect_refused(Line("referral.declined", R"({"referral":"R","reason":"för långt"})"),
                 invalid_field, "$.data.reason");
  expect_refused(Line("event.voided", R"({"target":"ev-0","reason":"skrev fel"})"), invalid_field,
                 "$.data.reason");
  expect_taken(Line("place.withdrawn", R"({"reason":"Stängt för ombyggnad"})").about("place/PL1"));
  expect_refused(Line("place.withdrawn", R"({"reason":""})").about("place/PL1"), invalid_field,
                 "$.data.reason");
}

}  // namespace
}  // namespace liggare::codec
