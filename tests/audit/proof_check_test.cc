#include "audit/proof_check.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "merkle/proof_file.h"
#include "tests/audit/outcome_expectation.h"
#include "tests/audit/sample_evidence.h"

namespace liggare::audit {
namespace {

class Proof : public testing::Test {
 protected:
  Proof() {
    for (int i = 0; i < 7; ++i) evidence.add("participant/P1");
  }

  Outcome check(const std::string& proof, const std::string& leaf) const {
    return check_proof({proof, leaf}, evidence.trust());
  }
  merkle::ProofFile parsed(std::uint64_t position) const {
    return merkle::ProofFile::parse(evidence.proof(position)).value();
  }

  SampleEvidence evidence;
};

TEST_F(Proof, OfEveryLeafIsVerified) {
  for (std::uint64_t position = 0; position < evidence.size(); ++position) {
    EXPECT_EQ(summary(check(evidence.proof(position), evidence.leaf(position))), "verified");
  }
}

TEST_F(Proof, SaysWhatItShowsAndUnderWhichTrust) {
  const Outcome outcome = check(evidence.proof(3), evidence.leaf(3));
  EXPECT_TRUE(says(outcome.trust, Statement::key_given, {sample_origin}));
  EXPECT_TRUE(says(outcome.checked, Statement::leaf_included, {"3"}));
  EXPECT_TRUE(says(outcome.not_checked, Statement::only_this_event));
  EXPECT_TRUE(says(outcome.not_checked, Statement::witnesses_not_asked));
  EXPECT_TRUE(
      says(outcome.shown, Statement::shows_event,
           {"consent.withdrawn", "participant/P1", "2025-10-09 08:53 UTC", "3", sample_origin}));
  EXPECT_EQ(*outcome.facts.find("position"), Json(3));
  EXPECT_EQ(*outcome.facts.find("event")->find("id"), Json("e-3"));
}

TEST_F(Proof, OfAnotherLeafIsTampered) {
  EXPECT_EQ(summary(check(evidence.proof(3), evidence.leaf(4))), "tampered not-in-tree leaf");
  EXPECT_EQ(summary(check(evidence.proof(3), "")), "tampered not-in-tree leaf");
}

TEST_F(Proof, AtAnotherIndexIsTampered) {
  merkle::ProofFile proof = parsed(3);
  proof.index = 2;
  EXPECT_EQ(summary(check(proof.print(), evidence.leaf(3))), "tampered not-in-tree leaf");
}

TEST_F(Proof, WithAPathOfTheWrongLengthIsNoProof) {
  merkle::ProofFile proof = parsed(3);
  proof.path.pop_back();
  EXPECT_EQ(summary(check(proof.print(), evidence.leaf(3))), "cannot-tell malformed leaf");
  proof = parsed(3);
  proof.index = 7;
  EXPECT_EQ(summary(check(proof.print(), evidence.leaf(3))), "cannot-tell malformed leaf");
}

TEST_F(Proof, ThatIsNoneCannotTell) {
  for (const std::string& text : {std::string(), std::string("index 3\n"), evidence.proof(3) + "x",
                                  evidence.proof(3).substr(1)}) {
    EXPECT_EQ(summary(check(text, evidence.leaf(3))), "cannot-tell malformed proof") << text;
  }
}

TEST_F(Proof, SignedByAnotherKeyCannotTell) {
  Trust trust = evidence.trust();
  trust.logs[0].key.public_key[0] ^= 1;
  EXPECT_EQ(summary(check_proof({evidence.proof(3), evidence.leaf(3)}, trust)),
            "cannot-tell not-signed proof");
}

TEST_F(Proof, OfAnotherLogUnderTheSameKeyCannotTell) {
  merkle::ProofFile proof = parsed(3);
  merkle::Checkpoint other = merkle::Checkpoint::parse(proof.checkpoint.text).value();
  other.origin = "example.org/village";
  proof.checkpoint.text = other.text();
  proof.checkpoint.signatures[0].bytes = evidence.log_key().sign(proof.checkpoint.text);
  EXPECT_EQ(summary(check(proof.print(), evidence.leaf(3))), "cannot-tell not-signed proof");
}

TEST_F(Proof, WithAFalseSignatureIsTampered) {
  merkle::ProofFile proof = parsed(3);
  proof.checkpoint.text.replace(proof.checkpoint.text.find("\n7\n"), 3, "\n6\n");
  EXPECT_EQ(summary(check(proof.print(), evidence.leaf(3))), "tampered bad-signature proof");
}

TEST_F(Proof, WithAFalseSignatureBesideAGoodOneIsTampered) {
  merkle::ProofFile proof = parsed(3);
  merkle::NoteSignature bad = proof.checkpoint.signatures[0];
  bad.bytes[9] = static_cast<char>(bad.bytes[9] ^ 1);
  proof.checkpoint.signatures.push_back(bad);
  EXPECT_EQ(summary(check(proof.print(), evidence.leaf(3))), "tampered bad-signature proof");
}

TEST_F(Proof, TellsItsExtraDataAndDoesNotUseThem) {
  merkle::ProofFile proof = parsed(3);
  proof.extra = "12345";
  const Outcome outcome = check(proof.print(), evidence.leaf(3));
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.not_checked, Statement::extra_unsigned, {"5"}));
}

TEST_F(Proof, OfALeafThatThisReleaseCannotReadHolds) {
  const std::uint64_t position = evidence.append_bytes("a record of the future");
  const Outcome outcome = check(evidence.proof(position), evidence.leaf(position));
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.not_checked, Statement::leaf_not_decoded));
  EXPECT_TRUE(outcome.facts.find("event")->is_null());
}

TEST_F(Proof, OfALeafWithImpossibleNumbersIsNotDecoded) {
  for (const bool far_version : {true, false}) {
    auto record = codec::decode_record(evidence.leaf(0), 0).value();
    if (far_version) record.event.version = 1ULL << 63U;
    if (!far_version) record.event.recorded.microseconds = -1;
    const std::uint64_t position = evidence.append_bytes(codec::encode_record(record));
    const Outcome outcome = check(evidence.proof(position), evidence.leaf(position));
    EXPECT_EQ(summary(outcome), "verified");
    EXPECT_TRUE(says(outcome.not_checked, Statement::leaf_not_decoded));
  }
}

TEST_F(Proof, OfMoreBytesThanALeafHasCannotTell) {
  EXPECT_EQ(summary(check(evidence.proof(3), std::string(65'536, 'x'))),
            "cannot-tell malformed leaf");
}

class CosignedProof : public Proof {
 protected:
  Outcome check_under(const std::string& quorum, const std::string& checkpoint) const {
    merkle::ProofFile proof = parsed(3);
    proof.checkpoint = merkle::SignedNote::parse(checkpoint).value();
    return check_proof({proof.print(), evidence.leaf(3)}, evidence.trust_with_policy(quorum));
  }
};

TEST_F(CosignedProof, IsVerifiedWhereTheQuorumIsMet) {
  const Outcome outcome = check_under("W1", evidence.cosigned_checkpoint());
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.trust, Statement::cosigned_by, {"W1", "2025-10-09 08:53:20 UTC"}));
  EXPECT_TRUE(says(outcome.checked, Statement::quorum_met, {"W1"}));
  EXPECT_FALSE(says(outcome.not_checked, Statement::witnesses_not_asked));
}

TEST_F(CosignedProof, CannotTellWhereTheQuorumIsNotMet) {
  EXPECT_EQ(summary(check_under("W1", evidence.checkpoint())), "cannot-tell not-cosigned proof");
  EXPECT_EQ(summary(check_under("none", evidence.checkpoint())), "verified");
}

TEST_F(CosignedProof, IsTamperedWhereACosignatureIsFalse) {
  auto note = merkle::SignedNote::parse(evidence.cosigned_checkpoint()).value();
  note.signatures[1].bytes[20] = static_cast<char>(note.signatures[1].bytes[20] ^ 1);
  for (const char* quorum : {"W1", "none"}) {
    EXPECT_EQ(summary(check_under(quorum, note.print())), "tampered bad-signature proof");
  }
}

TEST_F(CosignedProof, SaysWhoseSignaturesNobodyAskedFor) {
  merkle::ProofFile proof = parsed(3);
  proof.checkpoint = merkle::SignedNote::parse(evidence.cosigned_checkpoint()).value();
  const Outcome outcome = check(proof.print(), evidence.leaf(3));
  EXPECT_EQ(summary(outcome), "verified");
  EXPECT_TRUE(says(outcome.not_checked, Statement::other_signatures,
                   {name_and_id(evidence.witness_key().verifier())}));
}

}  // namespace
}  // namespace liggare::audit
