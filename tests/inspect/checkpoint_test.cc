// What is kept outside the ledger, held against it: checkpoints, and what the signer wrote down.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/inspect/inspected_ledger.h"
#include "tests/inspect/scribe.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

using store::Family;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string origin = "ledger.example.org/town";
const Remark from_file{Statement::key_from_file, {"town.vkey"}};

class Outside : public InspectedLedger {
 protected:
  void SetUp() override { write(); }

  merkle::TreeHead head_at(std::uint64_t tree_size) const {
    const auto records = sample_records(tree_size, stream_count);
    merkle::Frontier frontier;
    std::vector<merkle::Node> nodes;
    for (const SampleRecord& record : records) {
      frontier.append(merkle::leaf_hash(record.bytes), nodes);
    }
    return frontier.head();
  }
  std::string note_at(std::uint64_t tree_size) const {
    return signed_head(head_at(tree_size), origin, key_);
  }
  std::string note_of_another_tree(std::uint64_t tree_size) const {
    return signed_head({tree_size, sha256({"other"})}, origin, key_);
  }

  VerifyOptions given(const std::string& note) const {
    VerifyOptions options;
    options.key = TrustedKey{key_.verifier(), from_file};
    options.checkpoints = {{"friday.checkpoint", note}};
    return options;
  }
  VerifyOptions since(const std::string& note) const {
    VerifyOptions options = given(note);
    options.since = options.checkpoints.front();
    options.checkpoints.clear();
    return options;
  }
  Error refusal(VerifyOptions options) const {
    options.ledger = folder();
    const auto report = verify(options);
    EXPECT_FALSE(report);
    return report ? Error{} : report.error();
  }

  // With a SIGNED of these bytes.
  VerifyOptions with_signer(const std::string& bytes) const {
    VerifyOptions options;
    options.keys = folder().parent_path() / "keys";
    fs::create_directories(options.keys);
    test::write_bytes(options.keys / "SIGNED", bytes);
    return options;
  }
  std::string vkey_line() const { return key_.verifier().text() + "\n"; }

  const merkle::SigningKey key_ = signing_key(origin);
};

TEST_F(Outside, CheckpointsThatHoldAreToldWithTheirTrust) {
  const auto report = this->report(given(note_at(200)));
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.checked,
              Contains(Remark{Statement::append_only_since, {"friday.checkpoint", "200"}}));
  EXPECT_THAT(report.trust, ElementsAre(from_file));
  EXPECT_EQ(report.covered, 200);
  EXPECT_THAT(report.not_checked, Contains(Remark{Statement::rewritten_after, {"200"}}));
}

TEST_F(Outside, CheckpointsOfTheWholeLedgerLeaveNothingExposed) {
  const auto report = this->report(given(note_at(size)));
  EXPECT_EQ(report.covered, size);
  EXPECT_THAT(report.not_checked, AllOf(Not(Contains(Says(Statement::rewritten))),
                                        Not(Contains(Says(Statement::rewritten_after)))));
}

TEST_F(Outside, CheckpointsOfNoEventsHold) {
  const auto report = this->report(given(note_at(0)));
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.covered, 0);
}

TEST_F(Outside, SeveralCheckpointsAreAllLookedAt) {
  auto options = given(note_at(200));
  options.checkpoints.push_back({"monday", note_at(250)});
  options.checkpoints.push_back({"sunday", note_of_another_tree(100)});
  const auto report = this->report(options);
  EXPECT_THAT(report.findings,
              ElementsAre(Located("checkpoint-differs", "checkpoint at 100 events")));
  EXPECT_EQ(report.covered, 250);
}

TEST_F(Outside, CheckpointsOfAnotherHistoryAreFound) {
  const auto report = this->report(given(note_of_another_tree(200)));
  ASSERT_THAT(report.findings,
              ElementsAre(Located("checkpoint-differs", "checkpoint at 200 events")));
  EXPECT_EQ(report.findings.front().expected, to_hex(sha256({"other"}).view()));
  EXPECT_EQ(report.findings.front().found, to_hex(head_at(200).root_hash.view()));
  EXPECT_EQ(report.covered, 0);
}

TEST_F(Outside, CheckpointsLongerThanTheLedgerAreFound) {
  EXPECT_THAT(report(given(note_at(301))).findings,
              ElementsAre(Located("tail-lost", "checkpoint at 301 events")));
}

TEST_F(Outside, CheckpointsThatAreNoneAreErrors) {
  for (const std::string& note :
       {std::string(), std::string("nothing\n"), note_at(200) + "x", note_at(200).substr(0, 100)}) {
    EXPECT_EQ(refusal(given(note)).code, ErrorCode::invalid_argument) << note;
    EXPECT_THAT(refusal(given(note)).message, HasSubstr("friday.checkpoint")) << note;
  }
}

TEST_F(Outside, CheckpointsOfAnotherKeyOrABadSignatureAreErrors) {
  const auto other = signing_key(origin, 'o');
  EXPECT_EQ(refusal(given(signed_head(head_at(200), origin, other))).code,
            ErrorCode::invalid_argument);
  merkle::SignedNote note{merkle::Checkpoint{origin, head_at(200)}.text(),
                          {{origin, key_.verifier().id(), key_.sign("something else\n")}}};
  EXPECT_EQ(refusal(given(note.print())).code, ErrorCode::invalid_argument);
}

TEST_F(Outside, CheckpointsOfAnotherLedgerAreErrors) {
  const auto other = signing_key("elsewhere.example.org/town");
  auto options = given(signed_head(head_at(200), other.verifier().name, other));
  options.key = TrustedKey{other.verifier(), from_file};
  EXPECT_EQ(refusal(options).code, ErrorCode::invalid_argument);
}

TEST_F(Outside, CheckpointsWithoutAKeyAreErrors) {
  auto options = given(note_at(200));
  options.key.reset();
  EXPECT_THAT(refusal(options).message, HasSubstr("--vkey"));
}

TEST_F(Outside, CheckpointsAreCheckedWithTheLedgersOwnKeyWhereNoneIsGiven) {
  auto options = given(note_at(200));
  options.key.reset();
  options.keys = with_signer(vkey_line()).keys;
  EXPECT_THAT(report(options).trust, ElementsAre(Says(Statement::ledgers_own_key)));
}

TEST_F(Outside, CheckpointsOfAnotherKeyAreRefusedWithBothKeysIds) {
  const auto other = signing_key(origin, 'o');
  const std::string note = signed_head(head_at(200), origin, other);
  const auto id_of = [](const merkle::SigningKey& key) {
    return fmt::format("{}+{:08x}", origin, key.verifier().id());
  };
  EXPECT_EQ(refusal(given(note)).message,
            fmt::format("friday.checkpoint: signed by {}, not by the key given, {}", id_of(other),
                        id_of(key_)));
  auto options = given(note);
  options.key.reset();
  options.keys = with_signer(vkey_line()).keys;
  EXPECT_EQ(refusal(options).message,
            fmt::format("friday.checkpoint: signed by {}, not by a key of the ledger's own, {}: "
                        "give its key with --vkey",
                        id_of(other), id_of(key_)));
}

// A bad signature under the key's own id is told as that.
TEST_F(Outside, CheckpointsOfTheKeyWithABadSignatureAreCalledThat) {
  std::string flipped = note_at(200);
  flipped[origin.size() + 1] = '3';
  EXPECT_THAT(refusal(given(flipped)).message, HasSubstr("is not over this text"));
}

TEST_F(Outside, TheSignersNewestCheckpointIsChecked) {
  const auto report = this->report(with_signer(vkey_line() + note_at(300)));
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.checked, Contains(Remark{Statement::newest_checkpoint, {"300"}}));
  EXPECT_FALSE(report.covered);
}

TEST_F(Outside, TheSignerThatHasSignedNothingIsToldOf) {
  EXPECT_THAT(report(with_signer(vkey_line())).not_checked,
              Contains(Says(Statement::nothing_signed)));
  auto options = with_signer(vkey_line());
  fs::remove(options.keys / "SIGNED");
  EXPECT_THAT(report(options).not_checked, Contains(Says(Statement::no_signer_file)));
}

TEST_F(Outside, TheSignersCheckpointOfAnotherHistoryIsFound) {
  EXPECT_THAT(report(with_signer(vkey_line() + note_of_another_tree(300))).findings,
              ElementsAre(Located("checkpoint-differs", "SIGNED at 300 events")));
  EXPECT_THAT(report(with_signer(vkey_line() + note_at(310))).findings,
              ElementsAre(Located("tail-lost", "SIGNED at 310 events")));
}

TEST_F(Outside, TheSignersFileThatIsDamagedIsFound) {
  const std::string whole = vkey_line() + note_at(300);
  const std::string other = signing_key(origin, 'o').verifier().text() + "\n" + note_at(300);
  std::string flipped = whole;
  flipped[vkey_line().size() + origin.size() + 1] = '2';  // 200 events instead of 300.
  for (const std::string& bytes :
       {std::string(), key_.verifier().text(), whole + "x", other, flipped, whole.substr(1)}) {
    EXPECT_THAT(report(with_signer(bytes)).findings,
                ElementsAre(Located("signer-damaged", "SIGNED")))
        << bytes;
  }
}

TEST_F(Outside, TheSignersFileOfAnotherLedgerIsFound) {
  const auto other = signing_key("elsewhere.example.org/town");
  EXPECT_THAT(report(with_signer(other.verifier().text() + "\n")).findings,
              ElementsAre(Located("signer-damaged", "SIGNED")));
}

TEST_F(Outside, AWholeHistoryRewrittenIsFoundOnlyByACheckpoint) {
  const std::string before = note_at(200);
  fs::remove_all(folder());
  auto records = sample_records(size, stream_count);
  records[45].record.salt[0] ^= 1;
  records[45].encode();
  write(records);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(report(given(before)).findings,
              ElementsAre(Located("checkpoint-differs", "checkpoint at 200 events")));
  EXPECT_THAT(report(since(before)).findings,
              ElementsAre(Located("checkpoint-differs", "checkpoint at 200 events")));
}

// Nine thousand events, a checkpoint in the middle of the second range.
class Since : public Outside {
 protected:
  static constexpr std::uint64_t believed = 5000;
  void SetUp() override { write(sample_records(9000, stream_count)); }
  std::vector<Finding> findings_since() { return report(since(note_at(believed))).findings; }
};

TEST_F(Since, ACheckpointOnlyWhatCameAfterItIsRead) {
  const auto report = this->report(since(note_at(believed)));
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.covered, believed);
  EXPECT_THAT(report.checked, Contains(Remark{Statement::leaf_hashes, {"4904"}}));
  EXPECT_THAT(report.checked, Contains(Remark{Statement::index_entries, {"4904"}}));
  EXPECT_THAT(report.not_checked, Contains(Remark{Statement::believed_events, {"4095"}}));
  EXPECT_THAT(report.not_checked, Contains(Says(Statement::entries_without_event)));
}

TEST_F(Since, ACheckpointNothingBeforeItIsFound) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::events, store::position_bytes(45), SampleRecord(46, 20).bytes);
  });
  EXPECT_THAT(findings_since(), IsEmpty());
  EXPECT_THAT(findings(), Not(IsEmpty()));
}

TEST_F(Since, ACheckpointEverythingAfterItIsFound) {
  SampleRecord edited(8000, stream_count);
  edited.record.salt[0] ^= 1;
  edited.encode();
  intrude([&](Intruder& intruder) {
    intruder.put(Family::events, store::position_bytes(8000), edited.bytes);
    intruder.put(Family::tree, store::node_key({5, 218}), std::string(32, 'x'));
    intruder.put(Family::tree, store::node_key({13, 0}), std::string(32, 'x'));
    intruder.remove(Family::ids, SampleRecord(8100, 20).record.event.event.id);
    intruder.remove(Family::streams, store::stream_key("participant/P5", 420));
  });
  const auto found = findings_since();
  EXPECT_THAT(found, Contains(Located("leaf-differs", "event 8000 of unit/U1")));
  EXPECT_THAT(found, Contains(Located("node-differs", "node (5, 218)")));
  EXPECT_THAT(found, Contains(Located("node-differs", "node (13, 0)")));
  EXPECT_THAT(found, Contains(Located("id-index", "event 8100 of unit/U1")));
  EXPECT_THAT(found, Contains(Located("stream-gap", "version 420 of participant/P5")));
}

TEST_F(Since, ACheckpointExchangedPositionsAfterItAreFound) {
  const auto id_of = [](std::uint64_t position) {
    return SampleRecord(position, stream_count).record.event.event.id;
  };
  intrude([&](Intruder& intruder) {
    intruder.put(Family::ids, id_of(8100), store::position_bytes(8101));
    intruder.put(Family::ids, id_of(8101), store::position_bytes(8100));
  });
  EXPECT_THAT(findings_since(), ElementsAre(Located("id-index", "event 8100 of unit/U1"),
                                            Located("id-index", "event 8101 of participant/P1")));
}

TEST_F(Since, ACheckpointThatDoesNotHoldEverythingIsRead) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::events, store::position_bytes(45), SampleRecord(46, 20).bytes);
  });
  const auto found = report(since(note_of_another_tree(believed))).findings;
  EXPECT_THAT(found, Contains(Located("checkpoint-differs", "checkpoint at 5000 events")));
  EXPECT_THAT(found, Contains(Located("leaf-differs", "event 45 of participant/P6")));
}

// What it was built on is what its root was compared over.
TEST_F(Since, ACheckpointItsTreeIsCarriedOver) {
  intrude([](Intruder& intruder) {
    intruder.put(Family::tree, store::node_key({12, 0}), std::string(32, 'x'));
  });
  EXPECT_THAT(findings_since(),
              Contains(Located("checkpoint-differs", "checkpoint at 5000 events")));
}

TEST_F(Since, ACheckpointAndInFullDoNotGoTogether) {
  auto options = since(note_at(believed));
  options.is_full = true;
  EXPECT_EQ(refusal(options).code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace liggare::inspect
