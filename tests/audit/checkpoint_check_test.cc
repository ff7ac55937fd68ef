#include "audit/checkpoint_check.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/audit/outcome_expectation.h"
#include "tests/audit/sample_evidence.h"

namespace liggare::audit {
namespace {

class CheckpointAlone : public testing::Test {
 protected:
  CheckpointAlone() {
    for (int i = 0; i < 5; ++i) evidence.add("participant/P1");
  }
  Outcome check(const std::string& note) const { return check_checkpoint(note, evidence.trust()); }
  Outcome check_under(const std::string& quorum, const std::string& note) const {
    return check_checkpoint(note, evidence.trust_with_policy(quorum));
  }

  SampleEvidence evidence;
};

TEST_F(CheckpointAlone, IsVerifiedWhereTheKeySignedIt) {
  const Outcome outcome = check(evidence.checkpoint());
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_EQ(*outcome.facts.find("origin"), Json(sample_origin));
  EXPECT_EQ(*outcome.facts.find("size"), Json(5));
  EXPECT_EQ(*outcome.facts.find("rootHash"), Json(to_hex(evidence.head(5).root_hash.view())));
  EXPECT_TRUE(says(outcome.shown, Statement::shows_checkpoint, {sample_origin, "5"}));
  EXPECT_TRUE(says(outcome.trust, Statement::key_given, {sample_origin}));
  EXPECT_TRUE(says(outcome.not_checked, Statement::witnesses_not_asked));
  EXPECT_TRUE(says(outcome.not_checked, Statement::events_not_shown));
}

TEST_F(CheckpointAlone, SaysWhoCosignedItAndWhen) {
  const Outcome outcome = check_under("W1", evidence.cosigned_checkpoint());
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.trust, Statement::cosigned_by, {"W1", "2025-10-09 08:53:20 UTC"}));
  EXPECT_EQ(outcome.facts.find("cosignatures")->text(),
            R"([{"witness":"W1","time":"2025-10-09 08:53:20 UTC"}])");
}

TEST_F(CheckpointAlone, CannotTellWithoutTheQuorum) {
  const Outcome outcome = check_under("W1", evidence.checkpoint());
  EXPECT_EQ(summary(outcome), "cannot-tell not-cosigned checkpoint");
  EXPECT_EQ(outcome.refusal->detail, (Detail{Circumstance::cosigned_by_none, {"W1"}}));
}

TEST_F(CheckpointAlone, IsTamperedWhereItSaysAnotherSize) {
  std::string note = evidence.checkpoint();
  note.replace(note.find("\n5\n"), 3, "\n4\n");
  EXPECT_EQ(summary(check(note)), "tampered bad-signature checkpoint");
}

TEST_F(CheckpointAlone, CannotTellWhereItIsNone) {
  for (const std::string& note : {std::string(), evidence.checkpoint() + "x", evidence.proof(3),
                                  evidence.checkpoint().substr(1 + sample_origin.size())}) {
    EXPECT_EQ(summary(check(note)), "cannot-tell malformed checkpoint") << note;
  }
}

TEST_F(CheckpointAlone, NamesTheKeysThatSignedItWhereTheGivenOneDidNot) {
  Trust trust = evidence.trust();
  trust.logs[0].key.public_key[0] ^= 1;
  const Outcome outcome = check_checkpoint(evidence.checkpoint(), trust);
  EXPECT_EQ(summary(outcome), "cannot-tell not-signed checkpoint");
  EXPECT_EQ(outcome.refusal->detail,
            (Detail{Circumstance::signed_with, {name_and_id(evidence.log_key().verifier())}}));
}

TEST_F(CheckpointAlone, NamesItsLogWhereTheKeyIsAnothers) {
  Trust trust = evidence.trust();
  trust.logs[0].key.name = "example.org/village";
  const Outcome outcome = check_checkpoint(evidence.checkpoint(), trust);
  EXPECT_EQ(summary(outcome), "cannot-tell not-signed checkpoint");
  EXPECT_EQ(outcome.refusal->detail,
            (Detail{Circumstance::of_other_log, {sample_origin, "example.org/village"}}));
}

}  // namespace
}  // namespace liggare::audit
