#include "audit/bundle_check.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "merkle/proof_file.h"
#include "tests/audit/outcome_expectation.h"
#include "tests/audit/sample_evidence.h"

namespace liggare::audit {
namespace {

// P1 has the positions 0, 2 and 4, and one after the seal at 6; P9 is nobody.
class Bundle : public testing::Test {
 protected:
  Bundle() {
    for (int i = 0; i < 3; ++i) {
      evidence.add("participant/P1");
      evidence.add("participant/P2");
    }
    evidence.seal();
    evidence.add("participant/P1");
    evidence.add("participant/P2");
    files = evidence.bundle("participant/P1");
  }

  Outcome outcome() const { return check_bundle(files, evidence.trust()); }
  std::string check() const { return summary(outcome()); }
  // With SHA256SUMS as an attacker would write it.
  std::string check_resummed() {
    write_sums(files);
    return check();
  }

  void leave_out(std::uint64_t position) {
    files.erase(leaf_path(position));
    files.erase(proof_path(position));
    std::string& events = files["events.ndjson"];
    const auto id = events.find("\"e-" + std::to_string(position) + "\"");
    const auto start = events.rfind('\n', id) + 1;  // npos + 1 is 0.
    events.erase(start, events.find('\n', id) + 1 - start);
  }
  // A bundle of P1 after `seal` has sealed what it likes.
  void seal_again(const DirectoryEntries& entries, std::uint64_t size) {
    evidence.seal_over(entries, size);
    files = evidence.bundle("participant/P1");
  }

  SampleEvidence evidence;
  BundleFiles files;
};

TEST_F(Bundle, IsVerified) { EXPECT_EQ(check(), "verified"); }

TEST_F(Bundle, SaysWhereOnlyTheSealCameAfter) {
  evidence.seal();
  files = evidence.bundle("participant/P1");
  const Outcome said = outcome();
  EXPECT_EQ(summary(said), "verified");
  EXPECT_TRUE(says(said.checked, Statement::only_seal_after));
  EXPECT_FALSE(says(said.not_checked, Statement::after_seal));
}

TEST_F(Bundle, SaysWhatWasCheckedWhatNotAndUnderWhichTrust) {
  const Outcome said = outcome();
  EXPECT_TRUE(says(said.trust, Statement::key_given, {sample_origin}));
  EXPECT_TRUE(says(said.trust, Statement::complete_by_seal, {"6", "6", "2025-10-09 08:53:20 UTC"}));
  EXPECT_TRUE(says(said.checked, Statement::leaves_included, {"4"}));
  EXPECT_TRUE(says(said.checked, Statement::directory_proven, {"participant/P1", "3"}));
  EXPECT_TRUE(says(said.checked, Statement::text_as_leaves, {"4"}));
  EXPECT_TRUE(
      says(said.shown, Statement::shows_stream, {"participant/P1", "3", "2025-10-09 08:53 UTC"}));
  EXPECT_TRUE(says(said.shown, Statement::shows_later, {"1"}));
  EXPECT_TRUE(says(said.not_checked, Statement::after_seal, {"6", "8"}));
  EXPECT_TRUE(says(said.not_checked, Statement::shown_after_seal, {"1"}));
  EXPECT_TRUE(says(said.not_checked, Statement::seal_is_claim));
  EXPECT_TRUE(says(said.not_checked, Statement::informative_files));
  EXPECT_TRUE(says(said.not_checked, Statement::sections_sealed));
}

TEST_F(Bundle, OfNobodyIsVerifiedToBeSo) {
  files = evidence.bundle("participant/P9");
  EXPECT_EQ(check(), "verified");
  EXPECT_TRUE(says(outcome().trust, Statement::absent_by_seal,
                   {"participant/P9", "6", "6", "2025-10-09 08:53:20 UTC"}));
}

TEST_F(Bundle, WithoutOneEventIsIncomplete) {
  leave_out(2);
  EXPECT_EQ(check(), "tampered file-differs events.ndjson");
  EXPECT_EQ(check_resummed(), "tampered incomplete leaves/4.leaf");
}

TEST_F(Bundle, WithoutItsFirstEventIsIncomplete) {
  leave_out(0);
  EXPECT_EQ(check_resummed(), "tampered incomplete leaves/2.leaf");
}

TEST_F(Bundle, WithoutItsLastSealedEventIsIncomplete) {
  leave_out(7);
  leave_out(4);
  EXPECT_EQ(check_resummed(), "tampered incomplete leaves");
}

TEST_F(Bundle, WithoutAnyEventIsIncomplete) {
  for (const std::uint64_t position : {0U, 2U, 4U, 7U}) leave_out(position);
  EXPECT_EQ(check_resummed(), "tampered incomplete leaves");
}

TEST_F(Bundle, WithoutWhatCameAfterTheSealIsAsCompleteAsBefore) {
  leave_out(7);
  EXPECT_EQ(check_resummed(), "verified");
}

TEST_F(Bundle, WithAnotherStreamsEventIsTampered) {
  files[leaf_path(1)] = evidence.leaf(1);
  files[proof_path(1)] = evidence.proof(1);
  EXPECT_EQ(check_resummed(), "tampered other-stream leaves/1.leaf");
}

TEST_F(Bundle, OfAnotherSubjectThanItsSealShowsIsTampered) {
  files["completeness.json"] = evidence.completeness("participant/P2").print();
  EXPECT_EQ(check_resummed(), "tampered other-stream leaves/0.leaf");
  files["completeness.json"] = evidence.completeness("participant/P9").print();
  EXPECT_EQ(check_resummed(), "tampered other-stream leaves/0.leaf");
}

TEST_F(Bundle, ThatMovesALeafIsTampered) {
  files[leaf_path(1)] = files[leaf_path(2)];
  files[proof_path(1)] = files[proof_path(2)];
  leave_out(2);
  EXPECT_EQ(check_resummed(), "tampered other-position proofs/1.tlog-proof");
}

TEST_F(Bundle, WithAChangedLeafIsTampered) {
  files[leaf_path(2)].back() ^= 1;
  EXPECT_EQ(check(), "tampered file-differs leaves/2.leaf");
  EXPECT_EQ(check_resummed(), "tampered not-in-tree leaves/2.leaf");
}

TEST_F(Bundle, WithAProofUnderAnotherCheckpointIsTampered) {
  auto proof = merkle::ProofFile::parse(files[proof_path(2)]).value();
  proof.checkpoint = merkle::SignedNote::parse(evidence.cosigned_checkpoint()).value();
  files[proof_path(2)] = proof.print();
  EXPECT_EQ(check_resummed(), "tampered other-checkpoint proofs/2.tlog-proof");
}

TEST_F(Bundle, WithExtraDataInAProofCannotTell) {
  auto proof = merkle::ProofFile::parse(files[proof_path(2)]).value();
  proof.extra = "x";
  files[proof_path(2)] = proof.print();
  EXPECT_EQ(check_resummed(), "cannot-tell malformed proofs/2.tlog-proof");
}

TEST_F(Bundle, WhoseTextSaysSomethingElseIsTampered) {
  std::string& events = files["events.ndjson"];
  const std::string good = events;
  events.replace(events.find("C2"), 2, "C3");
  EXPECT_EQ(check_resummed(), "tampered text-differs events.ndjson line 2");
  events = good + "{}\n";
  EXPECT_EQ(check_resummed(), "tampered text-differs events.ndjson line 5");
  events = good.substr(0, good.size() - 1);
  EXPECT_EQ(check_resummed(), "tampered text-differs events.ndjson line 4");
}

TEST_F(Bundle, WithAFileThatNobodyListsIsTampered) {
  files["leaves/note.txt"] = "x";
  EXPECT_EQ(check(), "tampered file-unlisted leaves/note.txt");
  EXPECT_EQ(check_resummed(), "cannot-tell unknown-file leaves/note.txt");
}

TEST_F(Bundle, WithoutAListedFileIsTampered) {
  files.erase("README.txt");
  EXPECT_EQ(check(), "tampered file-gone README.txt");
  EXPECT_EQ(check_resummed(), "verified");
}

TEST_F(Bundle, WithoutAFileThatItNeedsCannotTell) {
  const BundleFiles whole = files;
  for (const char* path : {"checkpoint", "completeness.json", "seal.leaf", "seal.tlog-proof",
                           "events.ndjson", "proofs/2.tlog-proof", "leaves/2.leaf"}) {
    files = whole;
    files.erase(path);
    EXPECT_EQ(check(), std::string("tampered file-gone ") + path);
    EXPECT_EQ(check_resummed(), std::string("cannot-tell missing ") + path);
  }
  files = whole;
  files.erase("SHA256SUMS");
  EXPECT_EQ(check(), "cannot-tell missing SHA256SUMS");
}

TEST_F(Bundle, WithAMalformedFileCannotTell) {
  const BundleFiles whole = files;
  for (const char* path :
       {"checkpoint", "completeness.json", "seal.tlog-proof", "proofs/2.tlog-proof"}) {
    files = whole;
    files[path] += "x";
    EXPECT_EQ(check_resummed(), std::string("cannot-tell malformed ") + path);
  }
  files = whole;
  files["SHA256SUMS"] += "x";
  EXPECT_EQ(check(), "cannot-tell malformed SHA256SUMS");
}

TEST_F(Bundle, OfALedgerThatSignsItselfCannotTell) {
  Trust trust = evidence.trust();
  trust.logs[0].key.public_key[0] ^= 1;
  EXPECT_EQ(summary(check_bundle(files, trust)), "cannot-tell not-signed checkpoint");
}

TEST_F(Bundle, DemandsTheQuorum) {
  EXPECT_EQ(summary(check_bundle(files, evidence.trust_with_policy("W1"))),
            "cannot-tell not-cosigned checkpoint");
}

TEST_F(Bundle, OfARecordOfANewerReleaseCannotTell) {
  files[leaf_path(9)] = "a record of the future";
  evidence.append_bytes(files[leaf_path(9)]);
  BundleFiles newer = evidence.bundle("participant/P1");
  newer[leaf_path(9)] = files[leaf_path(9)];
  newer[proof_path(9)] = evidence.proof(9);
  files = newer;
  EXPECT_EQ(check_resummed(), "cannot-tell malformed leaves/9.leaf");
}

TEST_F(Bundle, WhoseSealIsNoneIsTampered) {
  files["seal.leaf"] = evidence.leaf(5);
  files["seal.tlog-proof"] = evidence.proof(5);
  std::string& completeness = files["completeness.json"];
  completeness.replace(completeness.find("\"seal\":6"), 8, "\"seal\":5");
  EXPECT_EQ(check_resummed(), "tampered bad-seal seal.leaf");
}

TEST_F(Bundle, WhoseSealHasNoDirectoryIsTampered) {
  domain::LedgerSealed sealed;
  sealed.size = 6;
  sealed.access_root = std::string(64, '0');
  for (const char* root : {"x", "aa", ""}) {
    sealed.directory_root = root;
    const std::uint64_t position = evidence.append("ledger/main", sealed);
    files = evidence.bundle("participant/P1");
    files["seal.leaf"] = evidence.leaf(position);
    files["seal.tlog-proof"] = evidence.proof(position);
    std::string& completeness = files["completeness.json"];
    completeness.replace(completeness.find("\"seal\":6"), 8,
                         "\"seal\":" + std::to_string(position));
    EXPECT_EQ(check_resummed(), "tampered bad-seal seal.leaf");
  }
}

TEST_F(Bundle, WhoseSealIsNotWhereItSaysIsTampered) {
  std::string& completeness = files["completeness.json"];
  completeness.replace(completeness.find("\"seal\":6"), 8, "\"seal\":5");
  EXPECT_EQ(check_resummed(), "tampered other-position seal.tlog-proof");
}

TEST_F(Bundle, WhoseSealCoversAnotherSizeIsTampered) {
  std::string& completeness = files["completeness.json"];
  completeness.replace(completeness.find("\"size\":6"), 8, "\"size\":5");
  EXPECT_EQ(check_resummed(), "tampered bad-seal completeness.json");
}

TEST_F(Bundle, WhoseSealCoversWhatCameAfterItIsTampered) {
  seal_again(evidence.entries(), evidence.size() + 1);
  EXPECT_EQ(check(), "tampered bad-seal seal.leaf");
}

TEST_F(Bundle, WhoseDirectoryWasForgedIsTampered) {
  std::string& completeness = files["completeness.json"];
  completeness.replace(completeness.find("\"version\":3"), 11, "\"version\":2");
  EXPECT_EQ(check_resummed(), "tampered not-as-sealed completeness.json");
}

TEST_F(Bundle, IsHeldAgainstASealThatCountsLess) {
  DirectoryEntries entries = evidence.entries();
  for (auto& entry : entries) {
    if (entry.subject == "participant/P1") entry.version = 3;
  }
  seal_again(entries, evidence.size());
  EXPECT_EQ(check(), "tampered not-as-sealed leaves");
}

TEST_F(Bundle, IsHeldAgainstASealThatCountsMore) {
  DirectoryEntries entries = evidence.entries();
  for (auto& entry : entries) entry.version += 1;
  seal_again(entries, evidence.size());
  EXPECT_EQ(check(), "tampered incomplete leaves");
}

TEST_F(Bundle, IsHeldAgainstASealThatLeavesTheStreamOut) {
  DirectoryEntries entries = evidence.entries();
  std::erase_if(entries, [](const auto& entry) { return entry.subject == "participant/P1"; });
  seal_again(entries, evidence.size());
  EXPECT_EQ(check(), "tampered not-as-sealed leaves");
}

TEST_F(Bundle, IsHeldAgainstASealWithAnotherLastEvent) {
  for (const bool other_place : {true, false}) {
    DirectoryEntries entries = evidence.entries();
    for (auto& entry : entries) {
      if (other_place) entry.last_position -= 1;
      if (!other_place) entry.last_leaf_hash = sha256({"other"});
    }
    seal_again(entries, evidence.size());
    EXPECT_EQ(check(), "tampered not-as-sealed leaves/7.leaf");
  }
}

TEST_F(Bundle, WithTwoEventsOfOneVersionIsIncomplete) {
  evidence.append_as("participant/P1", 4);
  seal_again(evidence.entries(), evidence.size());
  EXPECT_EQ(check(), "tampered incomplete leaves/9.leaf");
}

// --- what was disclosed --------------------------------------------------------------------

class DisclosingBundle : public Bundle {
 protected:
  DisclosingBundle() { disclose(files, sections); }

  std::string check_disclosing(const std::vector<DisclosedSection>& shown) {
    disclose(files, shown);
    return check();
  }
  // With the text of disclosed.ndjson as it is given.
  std::string check_text(const std::string& text) {
    files["disclosed.ndjson"] = text;
    return check_resummed();
  }

  std::vector<DisclosedSection> sections = evidence.sections("participant/P1");
};

TEST_F(DisclosingBundle, IsVerifiedAndSaysWhatWasOpened) {
  const Outcome said = outcome();
  ASSERT_EQ(summary(said), "verified");
  EXPECT_TRUE(says(said.shown, Statement::shows_disclosed, {"2"}));
  EXPECT_TRUE(says(said.checked, Statement::sections_opened, {"2"}));
  EXPECT_TRUE(says(said.not_checked, Statement::right_to_disclose));
  EXPECT_FALSE(says(said.not_checked, Statement::sections_sealed));
  EXPECT_FALSE(says(said.not_checked, Statement::others_sealed));
  EXPECT_EQ(*said.facts.find("sectionsOpened"), Json(std::uint64_t{2}));
}

TEST_F(DisclosingBundle, SaysWhatStaysSealed) {
  for (const std::size_t one : {std::size_t{0}, std::size_t{1}}) {
    ASSERT_EQ(check_disclosing({sections[one]}), "verified");
    EXPECT_TRUE(says(outcome().checked, Statement::sections_opened, {"1"}));
    EXPECT_TRUE(says(outcome().not_checked, Statement::others_sealed, {"1"}));
    EXPECT_EQ(*outcome().facts.find("sectionsSealed"), Json(std::uint64_t{1}));
  }
}

TEST_F(DisclosingBundle, WhoseKeyDoesNotOpenIsTampered) {
  auto wrong = sections;
  wrong[1].key[31] ^= 1;
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 2");
  std::swap(wrong[0].key, wrong[1].key);
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 1");
}

TEST_F(DisclosingBundle, ThatSaysSomethingElseThanItsKeyOpensIsTampered) {
  auto wrong = sections;
  wrong[0].clear.insert(1, " ");
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 1");
  wrong[0].clear = "{}";
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 1");
}

TEST_F(DisclosingBundle, WithAKeyForNoSectionIsTampered) {
  auto wrong = sections;
  wrong[1].personal_class = PersonalClass::offence;
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 2");
  EXPECT_EQ(outcome().refusal->detail.circumstance, Circumstance::no_such_section);
  wrong = sections;
  wrong[0].personal_class = PersonalClass::identity;  // Whatever the key opens.
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 1");
  wrong = sections;
  wrong[1].position = 4;  // Without sections.
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 2");
  // Of another stream: true, and not of this bundle.
  wrong = {evidence.sections("participant/P2").front()};
  EXPECT_EQ(check_disclosing(wrong), "tampered disclosed-differs disclosed.ndjson line 1");
  EXPECT_EQ(outcome().refusal->detail.circumstance, Circumstance::no_such_section);
}

TEST_F(DisclosingBundle, ThatNamesASectionTwiceIsTampered) {
  const std::string first = print_disclosed(std::span(sections).first(1));
  EXPECT_EQ(check_text(first + first), "tampered disclosed-differs disclosed.ndjson line 2");
  const std::string second = print_disclosed(std::span(sections).last(1));
  EXPECT_EQ(check_text(second + first), "tampered disclosed-differs disclosed.ndjson line 2");
}

TEST_F(DisclosingBundle, WithAnotherFormIsTampered) {
  const std::string good = files["disclosed.ndjson"];
  const std::string line_2 = "tampered disclosed-differs disclosed.ndjson line 2";
  EXPECT_EQ(check_text(good.substr(0, good.size() - 2) + ",\"more\":1}\n"), line_2);
  EXPECT_EQ(check_text(good.substr(0, good.size() - 1)), line_2);
  EXPECT_EQ(check_text(good + "\n"), "tampered disclosed-differs disclosed.ndjson line 3");
  EXPECT_EQ(check_text(""), "tampered disclosed-differs disclosed.ndjson line 1");
}

TEST_F(DisclosingBundle, WhoseFileIsGoneIsTampered) {
  files.erase("disclosed.ndjson");
  EXPECT_EQ(check(), "tampered file-gone disclosed.ndjson");
}

class EditionBundle : public testing::Test {
 protected:
  EditionBundle() {
    evidence.publish("edition/E1", answer);
    evidence.seal();
    files = evidence.bundle("edition/E1");
  }
  Outcome outcome() {
    write_sums(files);
    return check_bundle(files, evidence.trust());
  }

  const std::string answer = "{\"rows\":[]}\n";
  SampleEvidence evidence;
  BundleFiles files;
};

TEST_F(EditionBundle, ShowsTheAnswerThatWasPublished) {
  files["answer.json"] = answer;
  EXPECT_EQ(summary(outcome()), "verified");
  EXPECT_TRUE(says(outcome().checked, Statement::answer_as_published, {"0"}));
}

TEST_F(EditionBundle, SaysWhenItShowsNoAnswer) {
  EXPECT_EQ(summary(outcome()), "verified");
  EXPECT_TRUE(says(outcome().not_checked, Statement::answer_not_shown));
}

TEST_F(EditionBundle, WithAnotherAnswerIsTampered) {
  files["answer.json"] = "{\"rows\":[1]}\n";
  EXPECT_EQ(summary(outcome()), "tampered answer-differs answer.json");
}

TEST_F(EditionBundle, HasAnAnswerOnlyWhereOneWasPublished) {
  evidence.add("participant/P1");
  evidence.seal();
  files = evidence.bundle("participant/P1");
  files["answer.json"] = answer;
  EXPECT_EQ(summary(outcome()), "tampered answer-differs answer.json");
}

}  // namespace
}  // namespace liggare::audit
