#include "audit/outcome.h"

#include <gtest/gtest.h>

#include <set>

namespace liggare::audit {
namespace {

TEST(Outcome, IsVerifiedUnlessSomethingWasRefused) {
  Outcome outcome;
  EXPECT_EQ(outcome.verdict(), Verdict::verified);
  outcome.refusal = Refusal{Reason::missing, "checkpoint", {}};
  EXPECT_EQ(outcome.verdict(), Verdict::cannot_tell);
  outcome.refusal = Refusal{Reason::forked, "checkpoint", {}};
  EXPECT_EQ(outcome.verdict(), Verdict::tampered);
}

TEST(Outcome, NamesEveryReasonAndStatementOnce) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < reason_count; ++i) {
    EXPECT_TRUE(names.insert(name_of(static_cast<Reason>(i))).second);
    EXPECT_NE(verdict_of(static_cast<Reason>(i)), Verdict::verified);
  }
  for (std::size_t i = 0; i < statement_count; ++i) {
    EXPECT_TRUE(names.insert(name_of(static_cast<Statement>(i))).second);
  }
  EXPECT_EQ(names.count(""), 0U);
}

TEST(Refusal, TellsFromAnErrorWhetherItIsTampering) {
  const auto reason = [](ErrorCode code) {
    return refuse(Error{code, "why"}, Reason::not_in_tree, "place").error.reason;
  };
  EXPECT_EQ(reason(ErrorCode::corrupt), Reason::not_in_tree);
  EXPECT_EQ(reason(ErrorCode::invalid_argument), Reason::malformed);
  EXPECT_EQ(reason(ErrorCode::not_found), Reason::missing);
  EXPECT_EQ(reason(ErrorCode::io), Reason::unreadable);
  EXPECT_EQ(reason(ErrorCode::unsupported), Reason::unsupported);
}

TEST(Outcome, SaysEachThingOnce) {
  Outcome outcome;
  for (int i = 0; i < 2; ++i) outcome.has_not_checked(Statement::other_files, {"3"});
  EXPECT_EQ(outcome.not_checked.size(), 1U);
  outcome.has_not_checked(Statement::other_files, {"4"});
  EXPECT_EQ(outcome.not_checked.size(), 2U);
}

TEST(Place, IsAFileALineOrTheCommandLine) {
  EXPECT_EQ(Place("leaves/7.leaf").text(), "leaves/7.leaf");
  EXPECT_EQ(Place("events.ndjson", 3).text(), "events.ndjson line 3");
  EXPECT_EQ(Place().text(), "the command line");
}

TEST(TimeText, IsForPeopleAndNeverFails) {
  EXPECT_EQ(time_text(1'760'000'000), "2025-10-09 08:53:20 UTC");
  EXPECT_EQ(minute_text(1'760'000'000), "2025-10-09 08:53 UTC");
  for (const auto text_of : {time_text, minute_text}) {
    EXPECT_EQ(text_of(18'446'744'073'709'551'615U), "18446744073709551615 s");
  }
}

}  // namespace
}  // namespace liggare::audit
