// Editions: published once, reproduced for ever, compared with today.
#include "base/bytes.h"
#include "base/sha256.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

std::string place(const std::string& id, const std::string& effective = "2020-02-01") {
  return event("offer-" + id, "place.offered", "place/" + id,
               R"("administration":"A","category":"ordinary")", effective);
}

std::string started(const std::string& participant, const std::string& place,
                    const std::string& effective) {
  return event("start-" + participant + place, "placement.started", "participant/" + participant,
               R"("placement":")" + place + R"(","place":")" + place + R"(","kind":"praktik")",
               effective);
}

class EditionTest : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    for (const std::string& line :
         {unit("A"), place("x"), place("y"), registered("P1"), started("P1", "x", "2020-03-01")}) {
      ASSERT_EQ(word(append(line)), "accepted") << line;
    }
  }

  static ReportRequest places(const char* as_of = "2020-12-31") {
    return {"places", {{"from", "2020"}, {"to", "2020"}}, Day::parse(as_of), {}};
  }
  Edition publish(const std::string& id, const ReportRequest& request) {
    const auto published = ledger_->publish(request, {id, "staff/s1", "Minutes"});
    EXPECT_TRUE(published) << published.error().message;
    EXPECT_TRUE(*published);
    return **published;
  }
  std::string code_of(const std::string& id, const ReportRequest& request) {
    const auto published = ledger_->publish(request, {id, "staff/s1", {}});
    EXPECT_TRUE(published);
    return *published ? "published"
                      : std::string(domain::name_of(published->error().rejection.code));
  }
};

TEST_F(EditionTest, RecordsTheDefinitionTheQuestionAndTheDigestOfTheAnswer) {
  const Edition edition = publish("board", places());
  EXPECT_EQ(edition.position, 5U);
  EXPECT_EQ(edition.published.report, "places");
  EXPECT_EQ(edition.published.definition_version, 1);
  EXPECT_EQ(edition.published.parameters, R"({"from":2020,"to":2020})");
  EXPECT_EQ(edition.published.at, 5);
  ReportRequest same = places();
  same.at = std::uint64_t{5};
  const std::string text = ledger_->report(same)->json().text() + "\n";
  EXPECT_EQ(edition.published.digest, to_hex(sha256({text}).view()));
}

TEST_F(EditionTest, ComesOutByteForByteAfterLaterEvents) {
  publish("board", places());
  const std::string before = ledger_->edition("board")->answer.json().text();
  ASSERT_EQ(word(append(started("P1", "y", "2020-04-01"))), "accepted");
  const auto again = ledger_->edition("board");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->answer.json().text(), before);
  EXPECT_EQ(digest_of(again->answer), again->edition.published.digest);
  EXPECT_EQ(*again->edition.published.document, "Minutes");
}

TEST_F(EditionTest, IsTakenByItsFirstAnswer) {
  ReportRequest request = places();
  request.at = std::uint64_t{5};
  EXPECT_FALSE(publish("board", request).is_duplicate);
  const auto again = ledger_->publish(request, {"board", "staff/s1", "Minutes"});
  ASSERT_TRUE(again && *again);
  EXPECT_TRUE((*again)->is_duplicate);
  EXPECT_EQ((*again)->position, 5U);
  EXPECT_EQ(code_of("board", places("2020-11-30")), "already-exists");
  EXPECT_EQ(size(), 6U);
}

TEST_F(EditionTest, TellsWhatHasChangedSinceAndWhichEventsCausedIt) {
  publish("board", places());
  const auto unchanged = ledger_->edition_difference("board");
  ASSERT_TRUE(unchanged);
  EXPECT_TRUE(unchanged->rows.empty());
  EXPECT_TRUE(unchanged->events.empty());
  ASSERT_EQ(word(append(unit("B"))), "accepted");                         // 6: beside it
  ASSERT_EQ(word(append(started("P1", "y", "2020-04-01"))), "accepted");  // 7: the cause
  ASSERT_EQ(word(append(registered("P2"))), "accepted");                  // 8
  ASSERT_EQ(word(append(started("P2", "x", "2021-05-01"))), "accepted");  // 9: after as-of
  const auto difference = ledger_->edition_difference("board");
  ASSERT_TRUE(difference) << difference.error().message;
  ASSERT_EQ(difference->rows.size(), 1U);
  EXPECT_EQ(difference->rows[0].key.text(),
            R"({"administration":"A","category":"ordinary","year":2020})");
  EXPECT_EQ(difference->rows[0].before.find("starts")->text(), "1");
  EXPECT_EQ(difference->rows[0].after.find("starts")->text(), "2");
  EXPECT_EQ(difference->events, std::vector<std::uint64_t>{7});
}

TEST_F(EditionTest, NamesAVoidAsTheCauseOfARowThatIsGone) {
  publish("board", places());
  ASSERT_EQ(word(append(event("v1", "event.voided", "participant/P1",
                              R"("target":"start-P1x","reason":"mistake")"))),
            "accepted");
  const auto difference = ledger_->edition_difference("board");
  ASSERT_TRUE(difference);
  ASSERT_EQ(difference->rows.size(), 1U);
  EXPECT_EQ(difference->rows[0].after.find("realised")->text(), "0");
  EXPECT_EQ(difference->events, std::vector<std::uint64_t>{6});
}

TEST_F(EditionTest, HasAPublicFormOfAnyDay) {
  publish("mid-month", places("2020-12-15"));
  ReportRequest request = places("2020-12-15");
  request.is_public = true;
  const auto free_choice = ledger_->report(request);
  ASSERT_FALSE(free_choice);
  EXPECT_EQ(free_choice.error().code, ErrorCode::invalid_argument);
  const auto answer = ledger_->public_edition("mid-month");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->parameters.text(), R"({"from":2020,"to":2020,"public":true})");
  EXPECT_EQ(
      answer->rows.text(),
      R"([{"administration":"A","category":"ordinary","year":2020,)"
      R"("realised":{"suppressed":true},"starts":{"suppressed":true},)"
      R"("persons":{"suppressed":true},"stock":{"suppressed":true},"offeredNotRealised":1}])");
}

TEST_F(EditionTest, MayBePublishedInItsPublicForm) {
  ReportRequest request = places();
  request.is_public = true;
  const Edition edition = publish("open-data", request);
  EXPECT_EQ(edition.published.parameters, R"({"from":2020,"to":2020,"public":true})");
  const auto again = ledger_->edition("open-data");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_NE(again->answer.rows.text().find("suppressed"), std::string::npos);
}

TEST_F(EditionTest, HasNoPublicFormWhereRowsAreParticipants) {
  for (const char* name : {"stalled", "duration", "consents", "disclosures", "late"}) {
    ReportRequest request{name, {}, Day::parse("2020-12-31"), {}};
    request.is_public = true;
    const auto answer = ledger_->report(request);
    ASSERT_FALSE(answer) << name;
    EXPECT_EQ(answer.error().code, ErrorCode::invalid_argument);
  }
}

TEST_F(EditionTest, IsNotFoundUnderANameThatNobodyPublished) {
  EXPECT_EQ(ledger_->edition("nobody").error().code, ErrorCode::not_found);
  EXPECT_EQ(ledger_->edition_difference("nobody").error().code, ErrorCode::not_found);
}

TEST_F(EditionTest, CantBeSentByAClient) {
  const auto verdict = append(event("e1", "report.published", "edition/board",
                                    R"("report":"places","definitionVersion":1,"parameters":"{}",)"
                                    R"("asOf":"2020-12-31","at":1,"digest":")" +
                                        std::string(64, '0') + "\""));
  ASSERT_FALSE(verdict);
  EXPECT_EQ(domain::name_of(verdict.error().rejection.code), "invalid-field");
}

TEST_F(EditionTest, WhyNamesTheEventsOfARowAndNoOthers) {
  ASSERT_EQ(word(append(registered("P2"))), "accepted");
  ASSERT_EQ(word(append(started("P2", "x", "2020-05-01"))), "accepted");
  ASSERT_EQ(word(append(unit("B"))), "accepted");
  const auto why = ledger_->why(places(), {Selector::Of::row, {{"administration", "A"}}});
  ASSERT_TRUE(why) << why.error().message;
  const auto ids = [](const Json& events) {
    std::string text;
    for (const Json& each : *events.as_array()) text += *each.find("id")->as_text() + " ";
    return text;
  };
  EXPECT_EQ(ids(why->rests_on), "offer-x offer-y start-P1x start-P2x ");
  EXPECT_EQ(ids(why->refers_to), "unit-A reg-P1 reg-P2 ");
}

TEST_F(EditionTest, WhyAsksForOneRow) {
  const auto none = ledger_->why(places(), {Selector::Of::row, {{"administration", "Z"}}});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
  ASSERT_EQ(word(append(unit("B"))), "accepted");
  ASSERT_EQ(word(append(event("offer-z", "place.offered", "place/z",
                              R"("administration":"B","category":"ordinary")", "2020-02-01"))),
            "accepted");
  const auto several = ledger_->why(places(), {Selector::Of::row, {{"year", "2020"}}});
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(several.error().message.find("administration, category, year"), std::string::npos);
}

}  // namespace
}  // namespace liggare::ledger
