#include "sql/question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sql/table_writer.h"

namespace liggare::sql {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Question : public testing::Test {
 protected:
  Question() {
    EXPECT_TRUE(make_tables(database_));
    auto out = TableWriter::open(database_, {"steps"});
    EXPECT_TRUE(out);
    out->put("steps", {"P1", "L", std::int64_t{1}, "2024-01-01", true, true, "e1"});
    out->put("steps", {"P2", "L", std::int64_t{2}, "2024-01-02", true, false, "e2"});
    EXPECT_TRUE(out->outcome());
  }

  std::string rows(const std::string& question) {
    const auto reply = ask(database_, question, {});
    return reply ? reply->rows.text() : reply.error().message;
  }
  std::string refused(const std::string& question) {
    const auto reply = ask(database_, question, {});
    EXPECT_FALSE(reply) << question;
    if (reply) return "answered";
    EXPECT_EQ(reply.error().code, ErrorCode::invalid_argument) << question;
    return reply.error().message;
  }

  Database database_ = *Database::in_memory();
};

TEST_F(Question, IsAnsweredWithNamedColumnsAndTypedValues) {
  const auto reply = ask(database_,
                         "SELECT participant AS who, step, step / 2.0, NULL AS none FROM steps "
                         "ORDER BY who",
                         {});
  ASSERT_TRUE(reply);
  EXPECT_THAT(reply->columns, ElementsAre("who", "step", "step / 2.0", "none"));
  EXPECT_EQ(reply->rows.text(), R"([["P1",1,0.5,null],["P2",2,1,null]])");
}

TEST_F(Question, MayUseWhatSqliteOffersForReading) {
  EXPECT_EQ(rows("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 3) "
                 "SELECT max(i) FROM n"),
            "[[3]]");
  EXPECT_EQ(rows("SELECT value FROM json_each('[1,2]')"), "[[1],[2]]");
  EXPECT_EQ(rows("SELECT julianday('2024-03-01') - julianday('2024-02-01')"), "[[29]]");
  EXPECT_EQ(rows("SELECT sum(step) OVER (ORDER BY day) FROM steps"), "[[1],[3]]");
  EXPECT_EQ(rows("PRAGMA table_info(about)").substr(0, 12), R"([[0,"origin")");
  EXPECT_EQ(rows(" -- a comment\n SELECT 1; /* another */ ; \n"), "[[1]]");
  EXPECT_EQ(rows("SELECT name FROM sqlite_schema WHERE name = 'events'"), R"([["events"]])");
}

TEST_F(Question, WritesNothing) {
  for (const char* statement : {"DELETE FROM steps",
                                "INSERT INTO steps (step) VALUES (3)",
                                "UPDATE steps SET step = 9",
                                "DROP TABLE steps",
                                "CREATE TABLE t (a)",
                                "CREATE TEMP TABLE t (a)",
                                "CREATE VIEW v AS SELECT 1",
                                "ATTACH 'other.db' AS other",
                                "DETACH main",
                                "VACUUM INTO 'copy.db'",
                                "VACUUM",
                                "ANALYZE",
                                "REINDEX",
                                "BEGIN",
                                "SAVEPOINT s",
                                "PRAGMA query_only = 0",
                                "PRAGMA writable_schema = 1",
                                "PRAGMA journal_mode = WAL",
                                "PRAGMA user_version",
                                "SELECT load_extension('x')",
                                "EXPLAIN DELETE FROM steps",
                                "WITH d AS (SELECT 1) DELETE FROM steps",
                                "SELECT fts3_tokenizer('simple')",
                                "DELETE FROM steps RETURNING step"}) {
    EXPECT_THAT(refused(statement), testing::StartsWith("SQL: ")) << statement;
    EXPECT_EQ(rows("SELECT count(*), sum(step) FROM steps"), "[[2,3]]") << statement;
  }
  EXPECT_THAT(refused("DELETE FROM steps"), HasSubstr("a question only reads"));
  EXPECT_FALSE(database_.run("DELETE FROM steps"));  // Not even past the guard.
}

TEST_F(Question, IsOneStatement) {
  EXPECT_EQ(refused("SELECT 1; SELECT 2"), "SQL: one statement at a time");
  EXPECT_EQ(refused("SELECT 1; nonsense"), "SQL: one statement at a time");
  EXPECT_EQ(refused("SELECT 1; DELETE FROM steps"), "SQL: one statement at a time");
  EXPECT_EQ(refused(" -- nothing\n;"), "SQL: there is no statement");
  EXPECT_EQ(refused(""), "SQL: there is no statement");
  EXPECT_EQ(refused("SELECT ?1"), "SQL: a parameter has no value here: write it out");
  EXPECT_EQ(refused(std::string("SELECT 1\0; DELETE", 17)), "SQL: a NUL byte in the statement");
  EXPECT_EQ(refused("SELECT 1 AS \"\xff\""), "SQL: the statement is no UTF-8");
}

TEST_F(Question, GetsSqlitesOwnWordsForItsMistakes) {
  EXPECT_EQ(refused("SELECT FORM steps"), "SQL: no such column: FORM");
  EXPECT_EQ(refused("SELEKT 1"), "SQL: near \"SELEKT\": syntax error");
  EXPECT_EQ(refused("SELECT * FROM people"), "SQL: no such table: people");
  EXPECT_EQ(refused("SELECT json('{')"), "SQL: malformed JSON");
}

TEST_F(Question, IsAnsweredInValuesThatJsonHas) {
  EXPECT_EQ(refused("SELECT 1 AS a, x'ff' AS b"),
            "SQL: column b: bytes that are no text: ask for hex()");
  EXPECT_EQ(refused("SELECT CAST(x'c328' AS TEXT) AS b"),
            "SQL: column b: bytes that are no text: ask for hex()");
  EXPECT_EQ(refused("SELECT CAST(x'eda080' AS TEXT) AS b"),
            "SQL: column b: bytes that are no text: ask for hex()");
  EXPECT_EQ(refused("SELECT 9e999 AS c"), "SQL: column c: an infinite number");
  EXPECT_EQ(rows("SELECT 'å€😀'"), R"([["å€😀"]])");
  EXPECT_EQ(rows("SELECT ''"), R"([[""]])");
}

TEST_F(Question, StopsWhenItIsToldTo) {
  int asked = 0;
  const auto reply = ask(database_,
                         "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n) "
                         "SELECT count(*) FROM n",
                         [&] { return ++asked == 3; });
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::io);
  EXPECT_EQ(asked, 3);
}

TEST_F(Question, IsCheckedBeforeAnythingIsFilled) {
  EXPECT_TRUE(check(database_, "SELECT count(*) FROM steps"));
  EXPECT_EQ(check(database_, "SELECT x FROM steps").error().message, "SQL: no such column: x");
  EXPECT_FALSE(check(database_, "DELETE FROM steps"));
  EXPECT_TRUE(database_.run("DELETE FROM steps"));  // Filling goes on after a check.
}

TEST(TablesNamedIn, AreAllThatAQuestionCanRead) {
  EXPECT_THAT(tables_named_in("SELECT 1"), IsEmpty());
  EXPECT_THAT(tables_named_in("SELECT * FROM Steps s JOIN \"PLANS\" USING (participant)"),
              ElementsAre("plans", "steps"));
}

}  // namespace
}  // namespace liggare::sql
