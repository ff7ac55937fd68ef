#include <gtest/gtest.h>

#include "tests/codec/line.h"

namespace liggare::codec {
namespace {

using enum RejectionCode;

TEST(Attributes, AreRead) {
  const auto submission = parse_event(note()
                                          .with("time", R"("2024-03-01T08:15:00+01:00")")
                                          .with("purpose", R"("handlaggning")")
                                          .with("correlationid", R"("corr:1")")
                                          .with("causationid", R"("ev-0")")
                                          .text());
  ASSERT_TRUE(submission);
  const domain::Event& event = submission->event;
  EXPECT_EQ(event.id, "ev-1");
  EXPECT_EQ(event.source, "/amc/journal");
  EXPECT_EQ(event.type(), domain::EventType::note_recorded);
  EXPECT_EQ(event.subject.text(), "participant/P1");
  EXPECT_EQ(event.effective, *Day::parse("2024-03-01"));
  EXPECT_EQ(event.actor, "staff/S1");
  EXPECT_EQ(event.time, "2024-03-01T08:15:00+01:00");
  EXPECT_EQ(event.purpose, "handlaggning");
  EXPECT_EQ(event.correlation_id, "corr:1");
  EXPECT_EQ(event.causation_id, "ev-0");
}

TEST(Attributes, AreNeeded) {
  for (const char* name :
       {"specversion", "id", "source", "type", "subject", "effective", "actor", "data"}) {
    expect_refused(note().without(name), missing_field, "$." + std::string(name));
  }
}

TEST(Attributes, AreTheseOnly) {
  for (const char* name : {"comment", "Id", "dataschema", "data_base64"}) {
    expect_refused(note().with(name, R"("x")"), unknown_field, "$." + std::string(name));
  }
}

TEST(Attributes, SetByTheLedgerAreUnknownFromAClient) {
  for (const char* name : {"sequence", "recorded", "streamversion", "submittedby"}) {
    expect_refused(note().with(name, "1"), unknown_field, "$." + std::string(name));
  }
}

TEST(Attributes, AreStrings) {
  for (const char* name : {"specversion", "id", "source", "type", "subject", "effective", "actor",
                           "time", "datacontenttype", "purpose", "correlationid", "causationid"}) {
    for (const char* json : {"null", "1", "true", "[]", "{}", R"("")"}) {
      expect_refused(note().with(name, json), invalid_field, "$." + std::string(name));
    }
  }
}

TEST(Attributes, HaveTheirFormats) {
  const auto refused = [](std::string_view name, std::string_view value) {
    expect_refused(note().with(name, in_quotes(value)), invalid_field, "$." + std::string(name));
  };
  refused("specversion", "1");
  refused("specversion", "1.1");
  refused("id", "a/b");
  refused("id", std::string(65, 'x'));
  refused("source", "a b");
  refused("effective", "2024-02-30");
  refused("effective", "2024-2-3");
  refused("effective", "2024-03-01T00:00:00Z");
  refused("actor", "S1");
  refused("actor", "person/S1");
  refused("time", "2024-03-01");
  refused("time", "2024-03-01T08:15:00");
  refused("datacontenttype", "text/json");
  refused("datacontenttype", "application/json; charset=utf-8");
  refused("purpose", "a b");
  refused("correlationid", "a b");
  refused("causationid", "a/b");
}

TEST(Attributes, TakeTheLongestId) {
  expect_taken(note().with("id", in_quotes(std::string(64, ':'))));
  expect_taken(note().about("participant/" + std::string(64, 'x')));
}

TEST(Attributes, MayNameTheContentType) {
  expect_taken(note().with("datacontenttype", R"("application/json")"));
}

TEST(Attributes, StandOnceHoweverManyKeysAnObjectHas) {
  const auto answer_to = [](int last) {
    std::string data = "{";
    for (int i = 0; i < 40; ++i) data += "\"k" + std::to_string(i) + "\":1,";
    data += "\"k" + std::to_string(last) + "\":1}";
    return parse_event(Line("note.recorded", data).text()).error();
  };
  EXPECT_EQ(answer_to(39).code, domain::RejectionCode::invalid_field);
  EXPECT_EQ(answer_to(39).detail, "$");
  EXPECT_EQ(answer_to(40).code, domain::RejectionCode::unknown_field);
}

TEST(Type, IsKnown) {
  expect_refused(note().with("type", R"("placement.paused")"), invalid_field, "$.type");
}

TEST(Type, OfAnOwnCommandIsRefusedFromAClient) {
  const Line hold = Line("hold.released", R"({"hold":"H1"})");
  expect_refused(hold, invalid_field, "$.type");
  EXPECT_TRUE(parse_event(hold.text(), Sender::own_command));
}

TEST(Subject, IsAKindAndAnId) {
  for (const char* subject :
       {"P1", "participant", "participant/", "/P1", "person/P1", "participant/a/b",
        "participant/a:b", "Participant/P1", "participant/å"}) {
    expect_refused(note().about(subject), invalid_field, "$.subject");
  }
  expect_refused(note().about("participant/" + std::string(65, 'x')), invalid_field, "$.subject");
}

TEST(Subject, IsOfTheTypesKind) {
  expect_refused(note().about("unit/U1"), invalid_field, "$.subject");
  expect_refused(Line("unit.renamed", R"({"name":"x"})"), invalid_field, "$.subject");
}

TEST(Subject, OfPoliciesIsTheLedger) {
  const Line policy("policy.adopted", R"({"parameters":{"months":12}})");
  expect_taken(policy.about("policy/ledger"));
  expect_refused(policy.about("policy/other"), invalid_field, "$.subject");
}

TEST(Subject, OfAmendmentsIsAnyStream) {
  const Line voiding("event.voided", R"({"target":"ev-0","reason":"fel"})");
  for (const char* subject : {"unit/U1", "participant/P1", "policy/ledger", "target/T1"}) {
    expect_taken(voiding.about(subject));
  }
  expect_refused(voiding.about("policy/other"), invalid_field, "$.subject");
}

TEST(Data, IsAnObject) {
  for (const char* json : {"null", "[]", "1", R"("x")", "true"}) {
    expect_refused(note().with("data", json), invalid_field, "$.data");
  }
}

// Contract P1: attributes before data; each unknown, missing, invalid.
TEST(OrderOfAnswers, GoesFromUnknownToMissingToInvalid) {
  const Line invalid = note().with("actor", "1");
  const Line missing = invalid.without("data");
  expect_refused(invalid, invalid_field, "$.actor");
  expect_refused(missing, missing_field, "$.data");
  expect_refused(missing.with("comment", "1"), unknown_field, "$.comment");
}

TEST(OrderOfAnswers, GoesFromAttributesToData) {
  const Line line = registration(R"({"colour":1})");
  expect_refused(line, unknown_field, "$.data.colour");
  expect_refused(line.with("actor", "1"), invalid_field, "$.actor");
  expect_refused(line.without("actor"), missing_field, "$.actor");
}

TEST(OrderOfAnswers, IsTheSameInsideData) {
  const auto shield = [](std::string_view data) { return Line("shield.set", data); };
  expect_refused(shield(R"({"shield":1,"against":"U1","categories":[]})"), invalid_field,
                 "$.data.shield");
  expect_refused(shield(R"({"shield":1,"categories":[]})"), missing_field, "$.data.against");
  expect_refused(shield(R"({"shield":1,"colour":1})"), unknown_field, "$.data.colour");
}

TEST(OrderOfAnswers, PutsAnUnknownFieldDeepInsideBeforeAMissingOne) {
  expect_refused(Line("shield.set", R"({"personal":{"colour":{}}})"), unknown_field,
                 "$.data.personal.colour");
}

TEST(EventId, IsFoundInALineThatIsRefused) {
  EXPECT_EQ(event_id_in(R"({"id":"ev-1","colour":1})"), "ev-1");
  for (const char* line : {"", "{", "[]", "{}", R"({"id":1})", R"({"id":"ev 1"})",
                           R"({"id":"ev-1","id":"ev-1"})", R"({"id":"850101-2382"})"}) {
    EXPECT_EQ(event_id_in(line), "") << line;
  }
}

}  // namespace
}  // namespace liggare::codec
