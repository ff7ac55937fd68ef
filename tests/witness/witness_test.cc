#include "witness/witness.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "merkle/cosignature.h"
#include "tests/witness/sample_log.h"

namespace liggare::witness {
namespace {

const Reply holds_5{409, "text/x.tlog.size", "5\n"};

TEST(Witness, CosignsANewLogFromNothing) {
  WitnessScene scene;
  EXPECT_TRUE(is_cosigned(scene.when_sent(0, 5), scene.log().checkpoint(5)));
  EXPECT_EQ(scene.size_held(), 5u);
}

TEST(Witness, SaysWhen) {
  WitnessScene scene;
  scene.clock().set({1'795'335'300'999'999});
  const Reply reply = scene.when_sent(0, 5);
  const auto signature = merkle::NoteSignature::parse(reply.body);
  EXPECT_EQ(
      *merkle::cosigned_at({scene.log().checkpoint(5).text, {*signature}}, scene.witness().key()),
      1'795'335'300u);
}

TEST(Witness, CosignsALogThatHasGrown) {
  WitnessScene scene;
  scene.given(5);
  EXPECT_TRUE(is_cosigned(scene.when_sent(5, 13), scene.log().checkpoint(13)));
  EXPECT_EQ(scene.size_held(), 13u);
}

TEST(Witness, CosignsTheSameAnew) {
  WitnessScene scene;
  scene.given(5);
  scene.clock().set({1'795'335'300'000'000});
  EXPECT_TRUE(is_cosigned(scene.when_sent(5, 5), scene.log().checkpoint(5)));
}

TEST(Witness, CosignsALogOfNothing) {
  WitnessScene scene;
  EXPECT_TRUE(is_cosigned(scene.when_sent(0, 0), scene.log().checkpoint(0)));
}

TEST(Witness, TellsTheSizeThatItHolds) {
  WitnessScene scene;
  scene.given(5);
  EXPECT_EQ(scene.when_sent(0, 13), holds_5);
  EXPECT_EQ(scene.when_sent(4, 13), holds_5);
  EXPECT_EQ(scene.when_sent(6, 13), holds_5);
  EXPECT_EQ(scene.when_sent(4, 4), holds_5);
}

TEST(Witness, RefusesAnotherRootAtTheSameSize) {
  WitnessScene scene;
  scene.given(5);
  const SampleLog fork(log_key(), merkle::ReferenceTree::with_one_odd_leaf(4));
  EXPECT_EQ(scene.when_sent(fork.submission(5, 5)), holds_5);
}

TEST(Witness, RefusesAnOldSizeBeyondTheCheckpoint) {
  WitnessScene scene;
  scene.given(5);
  EXPECT_EQ(scene.when_sent(print_submission(5, {}, scene.log().checkpoint(4))).status, 400);
}

TEST(Witness, RefusesAWrongProof) {
  WitnessScene scene;
  scene.given(5);
  const auto status = [&](const std::vector<Hash>& path, std::uint64_t size) {
    return scene.when_sent(print_submission(5, path, scene.log().checkpoint(size))).status;
  };
  auto longer = scene.log().proof(5, 13);
  longer.push_back(longer.back());
  EXPECT_EQ(status({}, 13), 422);
  EXPECT_EQ(status(longer, 13), 422);
  EXPECT_EQ(status(scene.log().proof(5, 12), 13), 422);
  EXPECT_EQ(status(scene.log().proof(4, 13), 13), 422);
  // A proof of what needs none.
  EXPECT_EQ(status(scene.log().proof(5, 13), 5), 422);
  EXPECT_EQ(scene.size_held(), 5u);
}

TEST(Witness, RefusesAProofFromNothing) {
  WitnessScene scene;
  EXPECT_EQ(scene.when_sent(print_submission(0, {Hash{}}, scene.log().checkpoint(5))).status, 422);
}

TEST(Witness, DoesNotKnowOtherLogs) {
  WitnessScene scene;
  const SampleLog other(log_key("ledger.example.org/village"), {});
  EXPECT_EQ(scene.when_sent(other.submission(0, 5)).status, 404);
}

TEST(Witness, RefusesKeysThatItDoesNotKnow) {
  WitnessScene scene;
  const SampleLog thief(log_key(town, 'x'), {});
  EXPECT_EQ(scene.when_sent(thief.submission(0, 5)).status, 403);
  // A cosignature is no log's signature.
  merkle::SignedNote note = scene.log().checkpoint(5);
  note.signatures = {merkle::cosign(note.text, witness_key(), 1)};
  EXPECT_EQ(scene.when_sent(print_submission(0, {}, note)).status, 403);
}

TEST(Witness, RefusesABadSignature) {
  WitnessScene scene;
  merkle::SignedNote note = scene.log().checkpoint(5);
  note.signatures[0].bytes[63] ^= 1;
  EXPECT_EQ(scene.when_sent(print_submission(0, {}, note)).status, 403);
  // Also beside a good one.
  note.signatures.push_back(scene.log().checkpoint(5).signatures[0]);
  EXPECT_EQ(scene.when_sent(print_submission(0, {}, note)).status, 403);
}

TEST(Witness, IgnoresSignaturesOfStrangers) {
  WitnessScene scene;
  merkle::SignedNote note = scene.log().checkpoint(5);
  note.signatures.insert(note.signatures.begin(), {"stranger", 7, std::string(64, 's')});
  EXPECT_EQ(scene.when_sent(print_submission(0, {}, note)).status, 200);
}

TEST(Witness, TakesEitherKeyOfALogThatIsChangingIt) {
  WitnessScene scene;
  scene.stop();
  WitnessOptions options = scene.options();
  options.logs.push_back(log_key(town, 'n').verifier());
  const auto witness = Witness::open(std::move(options), scene.clock());
  const SampleLog renewed(log_key(town, 'n'), {});
  EXPECT_EQ((*witness)->add_checkpoint(scene.log().submission(0, 5)).status, 200);
  EXPECT_EQ((*witness)->add_checkpoint(renewed.submission(5, 9)).status, 200);
}

TEST(Witness, KeepsLogsApart) {
  WitnessScene scene;
  scene.stop();
  ASSERT_TRUE(Witness::begin(scene.folder(), {"ledger.example.org/village"}));
  WitnessOptions options = scene.options();
  options.logs.push_back(log_key("ledger.example.org/village", 'v').verifier());
  const auto witness = Witness::open(std::move(options), scene.clock());
  const SampleLog village(log_key("ledger.example.org/village", 'v'), {});
  EXPECT_EQ((*witness)->add_checkpoint(scene.log().submission(0, 5)).status, 200);
  EXPECT_EQ((*witness)->add_checkpoint(village.submission(0, 3)).status, 200);
  EXPECT_EQ((*witness)->add_checkpoint(scene.log().submission(5, 6)).status, 200);
}

TEST(Witness, CosignsOneOfTwoThatComeAtOnce) {
  WitnessScene scene;
  scene.given(5);
  std::vector<std::string> bodies;
  for (std::uint64_t size = 6; size < 14; ++size) bodies.push_back(scene.log().submission(5, size));
  std::atomic<int> cosigned = 0;
  std::vector<std::thread> senders;
  for (const std::string& body : bodies) {
    senders.emplace_back([&] { cosigned += scene.when_sent(body).status == 200; });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(cosigned, 1);
}

TEST(Witness, NeedsKeysOfTheRightKind) {
  WitnessScene scene;
  scene.stop();
  const auto code = [&](merkle::SigningKey key, std::vector<merkle::VerifierKey> logs) {
    return Witness::open({scene.folder(), std::move(key), std::move(logs)}, scene.clock())
        .error()
        .code;
  };
  EXPECT_EQ(code(log_key(), {}), ErrorCode::invalid_argument);
  EXPECT_EQ(code(witness_key(), {witness_key().verifier()}), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace liggare::witness
