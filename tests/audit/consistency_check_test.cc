#include "audit/consistency_check.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/audit/outcome_expectation.h"
#include "tests/audit/sample_evidence.h"

namespace liggare::audit {
namespace {

class Consistency : public testing::Test {
 protected:
  Consistency() {
    for (int i = 0; i < 9; ++i) evidence.add("participant/P1");
  }

  Outcome check(const std::string& older, const std::string& newer,
                const std::string& proof) const {
    return check_consistency({older, newer, proof}, evidence.trust());
  }

  SampleEvidence evidence;
};

TEST_F(Consistency, IsVerifiedFromEverySize) {
  for (std::uint64_t size = 0; size <= 9; ++size) {
    const std::string proof = size == 0 ? "" : evidence.consistency(size);
    const Outcome outcome = check(evidence.checkpoint(size), evidence.checkpoint(), proof);
    EXPECT_EQ(summary(outcome), "verified") << size;
    EXPECT_TRUE(says(outcome.trust, Statement::append_only_since, {std::to_string(size), "OLD"}));
  }
}

TEST_F(Consistency, NamesUnknownSignaturesOfBothOnce) {
  const std::string note = evidence.cosigned_checkpoint();
  const Outcome outcome = check(note, note + "— other.org AAAAAAAAAAA=\n", "");
  EXPECT_EQ(summary(outcome), "verified");
  const Remark expected{Statement::other_signatures,
                        {"other.org+00000000", name_and_id(evidence.witness_key().verifier())}};
  EXPECT_EQ(outcome.not_checked.front(), expected);
  EXPECT_FALSE(says({outcome.not_checked.begin() + 1, outcome.not_checked.end()},
                    Statement::other_signatures));
}

TEST_F(Consistency, IsTamperedWhereHistoryWasRewritten) {
  SampleEvidence other(2);
  for (int i = 0; i < 5; ++i) other.add("participant/P1");
  EXPECT_EQ(summary(check(other.checkpoint(), evidence.checkpoint(), evidence.consistency(5))),
            "tampered rewritten proof");
}

TEST_F(Consistency, IsTamperedWhereTwoTreesHaveOneSize) {
  SampleEvidence other(2);
  for (int i = 0; i < 9; ++i) other.add("participant/P1");
  EXPECT_EQ(summary(check(other.checkpoint(), evidence.checkpoint(), "no proof can help")),
            "tampered forked NEW");
}

TEST_F(Consistency, CannotTellWhereTheNewerIsSmaller) {
  EXPECT_EQ(summary(check(evidence.checkpoint(), evidence.checkpoint(5), evidence.consistency(5))),
            "cannot-tell not-comparable NEW");
}

TEST_F(Consistency, CannotTellWithoutAWholeProof) {
  const std::string proof = evidence.consistency(5);
  for (const std::string& text :
       {std::string(), proof.substr(45), proof + proof, proof.substr(0, 44), "x" + proof}) {
    EXPECT_EQ(summary(check(evidence.checkpoint(5), evidence.checkpoint(), text)),
              "cannot-tell malformed proof");
  }
  EXPECT_EQ(summary(check(evidence.checkpoint(), evidence.checkpoint(), proof)),
            "cannot-tell malformed proof");
}

TEST_F(Consistency, NeedsBothSignatures) {
  const auto unsign = [](std::string note) {
    const auto signature = note.find("\n\n") + 2;
    return note.substr(0, signature) + "— other.org AAAAAAAAAAA=\n";
  };
  const std::string proof = evidence.consistency(5);
  EXPECT_EQ(summary(check(unsign(evidence.checkpoint(5)), evidence.checkpoint(), proof)),
            "cannot-tell not-signed OLD");
  EXPECT_EQ(summary(check(evidence.checkpoint(5), unsign(evidence.checkpoint()), proof)),
            "cannot-tell not-signed NEW");
}

TEST_F(Consistency, DemandsTheQuorumOfTheNewerAndSaysSo) {
  const auto under_policy = [&](const std::string& newer) {
    return check_consistency({evidence.checkpoint(5), newer, evidence.consistency(5)},
                             evidence.trust_with_policy("W1"));
  };
  EXPECT_EQ(summary(under_policy(evidence.checkpoint())), "cannot-tell not-cosigned NEW");
  const Outcome outcome = under_policy(evidence.cosigned_checkpoint());
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.not_checked, Statement::older_cosignatures));
}

TEST_F(Consistency, CannotTellBetweenTwoLogsOfOnePolicy) {
  Trust trust = evidence.trust();
  const merkle::SigningKey village("example.org/village", merkle::KeyType::ed25519,
                                   SecretKey(std::string(key_bytes, 'v')));
  trust.logs.push_back({village.verifier(), "a policy"});
  const merkle::Checkpoint older{"example.org/village", evidence.head(5)};
  merkle::SignedNote note{older.text(), {}};
  note.signatures.push_back(
      {village.verifier().name, village.verifier().id(), village.sign(note.text)});
  EXPECT_EQ(summary(check_consistency(
                {note.print(), evidence.checkpoint(), evidence.consistency(5)}, trust)),
            "cannot-tell not-comparable NEW");
}

}  // namespace
}  // namespace liggare::audit
