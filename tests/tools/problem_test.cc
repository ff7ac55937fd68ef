#include "tools/problem.h"

#include <gtest/gtest.h>

namespace liggare::tools {
namespace {

TEST(Problem, HasTheExitCodeOfTheContract) {
  EXPECT_EQ(static_cast<int>(exit_of(ErrorCode::corrupt)), 1);
  EXPECT_EQ(static_cast<int>(exit_of(ErrorCode::invalid_argument)), 2);
  for (const ErrorCode code : {ErrorCode::io, ErrorCode::busy, ErrorCode::vault_unavailable,
                               ErrorCode::unknown_outcome, ErrorCode::unsupported}) {
    EXPECT_EQ(static_cast<int>(exit_of(code)), 3) << name_of(code);
  }
  EXPECT_EQ(static_cast<int>(exit_of(ErrorCode::fenced)), 4);
  EXPECT_EQ(static_cast<int>(exit_of(ErrorCode::denied)), 5);
  EXPECT_EQ(static_cast<int>(exit_of(ErrorCode::not_found)), 6);
}

TEST(Problem, IsOneLineWithItsCode) {
  EXPECT_EQ(line_of(problem_of({ErrorCode::not_found, "no event \"x\ny\""})),
            "liggare: not-found: no event \"x\\u{a}y\"\n");
}

TEST(Problem, BeginsWithTheProgramThatHasIt) {
  EXPECT_EQ(line_of(problem_of({ErrorCode::not_found, "no DIR"}), "liggare-verify"),
            "liggare-verify: not-found: no DIR\n");
}

TEST(Problem, SaysWhatToDoNext) {
  EXPECT_EQ(line_of(problem_of({ErrorCode::unknown_outcome, "the disk failed"})),
            "liggare: unknown-outcome: the disk failed; send the same events again: known ids "
            "answer as duplicates\n");
}

TEST(Problem, SendsToTheDoctorUnlessItIsABackupThatIsDamaged) {
  EXPECT_EQ(line_of(problem_of({ErrorCode::corrupt, "/backup/SIGNED: no key"})),
            "liggare: corrupt: /backup/SIGNED: no key; run liggare doctor to see what is damaged "
            "and what "
            "to do\n");
  EXPECT_EQ(line_of(problem_of({ErrorCode::corrupt, "the backup is damaged: use another one"})),
            "liggare: corrupt: the backup is damaged: use another one\n");
}

// A refused restore signs nothing and is none of the ledger's: what to do stands in the message.
TEST(Problem, OfAnotherHistorySaysNoMoreThanItsMessage) {
  EXPECT_EQ(line_of(problem_of({ErrorCode::diverged, "the backup is older: find a newer one"})),
            "liggare: diverged: the backup is older: find a newer one\n");
}

TEST(Problem, IsAnObjectWithItsFurtherMembers) {
  Problem problem = refusal("unknown-reference", "unit/X does not exist");
  problem.more.add("event", "e1");
  EXPECT_EQ(json_of(problem).text(),
            R"({"type":"urn:liggare:problem:unknown-reference","title":"Refused",)"
            R"("detail":"unit/X does not exist","code":"unknown-reference","event":"e1"})");
}

}  // namespace
}  // namespace liggare::tools
