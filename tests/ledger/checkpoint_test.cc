#include "ledger/checkpoints.h"

#include "base/file.h"
#include "ledger/key_rotation.h"
#include "merkle/key_rotation.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

class Checkpoints : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    accept(unit("A"));
    accept(registered("P1"));
  }

  NewestCheckpoint sign() {
    auto newest = newest_checkpoint(*ledger_);
    EXPECT_TRUE(newest) << newest.error().message;
    return newest ? *std::move(newest) : NewestCheckpoint();
  }
  std::string refusal(const CheckpointOptions& options = {}) {
    const auto newest = newest_checkpoint(*ledger_, options);
    return newest ? "signed" : name_of(newest.error().code);
  }
  merkle::VerifierKey vkey() { return verifier_keys(*ledger_)->front(); }
  std::filesystem::path key_file(const char* name) const { return folders_.keys / name; }

  // Another key of the ledger's name, put in place of its own.
  void put_strangers_key() {
    const auto folder = folder_.path() / "other.keys";
    std::filesystem::create_directory(folder);
    ASSERT_TRUE(KeyFolder(folder).make_signing_key("example.org/test"));
    std::filesystem::copy_file(folder / "signing.key", key_file("signing.key"),
                               std::filesystem::copy_options::overwrite_existing);
  }

  // The ledger as it is now, to be put back later.
  std::filesystem::path copied() {
    close();
    const auto copy = folder_.path() / "copy";
    std::filesystem::copy(folders_.ledger, copy, std::filesystem::copy_options::recursive);
    open();
    return copy;
  }
  void put_back(const std::filesystem::path& copy) {
    close();
    std::filesystem::remove_all(folders_.ledger);
    std::filesystem::rename(copy, folders_.ledger);
    open();
  }
};

TEST_F(Checkpoints, SignTheHeadUnderTheOrigin) {
  const NewestCheckpoint newest = sign();
  EXPECT_EQ(newest.checkpoint.origin, "example.org/test");
  EXPECT_EQ(newest.checkpoint.head, ledger_->head());
  EXPECT_EQ(merkle::open_checkpoint(newest.note, vkey()).value(), newest.checkpoint);
}

TEST_F(Checkpoints, AreTheSameUntilTheLedgerGrows) {
  const NewestCheckpoint first = sign();
  EXPECT_EQ(sign().note, first.note);
  accept(registered("P2"));
  EXPECT_EQ(sign().checkpoint.head.tree_size, first.checkpoint.head.tree_size + 1);
}

TEST_F(Checkpoints, AreRememberedBeforeTheyLeave) {
  const NewestCheckpoint newest = sign();
  const auto remembered = KeyFolder(folders_.keys).last_signed();
  ASSERT_TRUE(remembered);
  EXPECT_EQ(remembered->note, newest.note);
}

TEST_F(Checkpoints, AreNotSignedWhereTheyCanNotBeRemembered) {
  std::filesystem::create_directory(key_file("SIGNED.new"));
  EXPECT_EQ(refusal(), "io");
  std::filesystem::remove(key_file("SIGNED.new"));
  EXPECT_EQ(refusal(), "signed");
}

TEST_F(Checkpoints, AreRefusedOnceTheLedgerIsPutBack) {
  const auto copy = copied();
  accept(registered("P2"));
  sign();
  put_back(copy);
  EXPECT_EQ(refusal(), "diverged");
}

TEST_F(Checkpoints, AreRefusedForAForkOfTheSameSizeOrLonger) {
  const auto copy = copied();
  accept(registered("P2"));
  sign();
  put_back(copy);
  accept(registered("P3"));
  EXPECT_EQ(refusal(), "diverged");
  accept(registered("P4"));
  EXPECT_EQ(refusal(), "diverged");
}

TEST_F(Checkpoints, NeedSignedOrTheNewestThatLeft) {
  const NewestCheckpoint newest = sign();
  std::filesystem::remove(key_file("SIGNED"));
  EXPECT_EQ(refusal(), "not-found");
  EXPECT_EQ(refusal({newest.note}), "signed");
  EXPECT_EQ(KeyFolder(folders_.keys).last_signed()->note, newest.note);
}

TEST_F(Checkpoints, NeedTheKeyThatTheLedgerKnows) {
  sign();
  put_strangers_key();
  accept(registered("P2"));
  EXPECT_EQ(refusal(), "invalid-argument");
}

TEST_F(Checkpoints, FromOutsideAreAcceptedOnlyAsPrefixes) {
  const auto copy = copied();
  accept(registered("P2"));
  const NewestCheckpoint newest = sign();
  accept(registered("P3"));
  EXPECT_TRUE(accept_checkpoint(*ledger_, newest.note));
  put_back(copy);
  EXPECT_EQ(accept_checkpoint(*ledger_, newest.note).error().code, ErrorCode::diverged);
  accept(registered("P9"));
  EXPECT_EQ(accept_checkpoint(*ledger_, newest.note).error().code, ErrorCode::diverged);
}

TEST_F(Checkpoints, AreNotPublishedOverNewerOnes) {
  const auto folder = folder_.path() / "public";
  const NewestCheckpoint old = sign();
  accept(registered("P2"));
  const NewestCheckpoint newest = sign();
  ASSERT_TRUE(publish_checkpoint(old.note, folder));
  ASSERT_TRUE(publish_checkpoint(newest.note, folder));
  EXPECT_EQ(publish_checkpoint(old.note, folder).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(*read_file(folder / "checkpoint"), newest.note.print());
  EXPECT_EQ(*read_file(folder / "2.checkpoint"), old.note.print());
}

TEST_F(Checkpoints, AreNotPublishedOverAnotherRoot) {
  const auto folder = folder_.path() / "public";
  const NewestCheckpoint newest = sign();
  std::vector<merkle::SigningKey> keys;
  keys.push_back(*KeyFolder(folders_.keys).signing_key());
  merkle::Checkpoint other = newest.checkpoint;
  other.head.root_hash = merkle::empty_root();
  ASSERT_TRUE(publish_checkpoint(merkle::sign_checkpoint(other, keys), folder));
  EXPECT_EQ(publish_checkpoint(newest.note, folder).error().code, ErrorCode::diverged);
}

TEST_F(Checkpoints, KeepTheirCosignatures) {
  const merkle::SigningKey witness("w.example/1", merkle::KeyType::cosignature_v1, SecretKey());
  const NewestCheckpoint newest = sign();
  const merkle::NoteSignature line{"w.example/1", witness.verifier().id(), std::string(72, 'x')};
  const auto cosigned = add_cosignatures(*ledger_, newest.note, std::vector{line});
  ASSERT_TRUE(cosigned);
  EXPECT_EQ(sign().note, *cosigned);
}

class Rotation : public Checkpoints {
 protected:
  KeyRotation rotate(const RotationRequest& request = {"staff/it1", {}, {}}) {
    auto rotated = rotate_key(*ledger_, request);
    EXPECT_TRUE(rotated && *rotated);
    return rotated && *rotated ? **rotated : KeyRotation();
  }
  std::size_t signatures() { return sign().note.signatures.size(); }
};

TEST_F(Rotation, IsSignedByBothKeys) {
  const merkle::VerifierKey before = vkey();
  const merkle::TreeHead head = ledger_->head();
  const auto rotation = rotate().data;
  const merkle::VerifierKey after = vkey();
  EXPECT_EQ(rotation.old_vkey, before.text());
  EXPECT_EQ(rotation.new_vkey, after.text());
  const std::string message = merkle::rotation_message(before, after, head);
  EXPECT_TRUE(before.holds(message, *from_base64(*rotation.old_signature)));
  EXPECT_TRUE(after.holds(message, *from_base64(rotation.new_signature)));
}

TEST_F(Rotation, LetsBothKeysSignForThirtyDays) {
  const merkle::VerifierKey before = vkey();
  rotate();
  const NewestCheckpoint newest = sign();
  EXPECT_TRUE(merkle::open_checkpoint(newest.note, before));
  EXPECT_TRUE(merkle::open_checkpoint(newest.note, vkey()));
  clock_.set(test::FixedClock(*Day::from_date(2026, 12, 23)).now());
  accept(registered("P2"));
  EXPECT_EQ(signatures(), 1U);
}

TEST_F(Rotation, IsRefusedOnceTheLedgerIsPutBack) {
  const auto copy = copied();
  accept(registered("P2"));
  sign();
  put_back(copy);
  const std::uint64_t before = size();
  EXPECT_EQ(rotate_key(*ledger_, {"staff/it1", {}, {}}).error().code, ErrorCode::diverged);
  EXPECT_EQ(size(), before);
}

TEST_F(Rotation, RemembersTheHeadThatItSigns) {
  sign();
  accept(registered("P2"));
  const std::uint64_t before = size();
  rotate();
  EXPECT_EQ(KeyFolder(folders_.keys).last_signed()->head()->tree_size, before);
}

TEST_F(Rotation, IsRefusedForAStrangersKey) {
  put_strangers_key();
  const std::uint64_t before = size();
  EXPECT_EQ(rotate_key(*ledger_, {"staff/it1", {}, {}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(rotate_key(*ledger_,
                       {"staff/it1", "lost", KeyFolder(folders_.keys).signing_key()->verifier()})
                .error()
                .code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(size(), before);
}

TEST_F(Rotation, IsNotHinderedByASuccessorThatWasNeverWritten) {
  ASSERT_TRUE(write_new_file(key_file("signing.key.next"), "", Readers::owner));
  EXPECT_EQ(refusal(), "signed");
  rotate();
}

TEST_F(Checkpoints, NeedKeysThatAreTheOwnersAlone) {
  std::filesystem::permissions(key_file("signing.key"), std::filesystem::perms(0644));
  EXPECT_EQ(refusal(), "io");
  std::filesystem::permissions(key_file("signing.key"), std::filesystem::perms(0600));
  std::filesystem::permissions(folders_.keys, std::filesystem::perms(0770));
  EXPECT_EQ(refusal(), "io");
  std::filesystem::permissions(folders_.keys, std::filesystem::perms(0700));
  EXPECT_EQ(refusal(), "signed");
}

TEST_F(Checkpoints, OfAReaderKnowOfAKeyThatWasChangedMeanwhile) {
  sign();
  const auto before = reader();
  ASSERT_TRUE(rotate_key(*ledger_, {"staff/it1", {}, {}}));
  const auto newest = newest_checkpoint(*before);
  ASSERT_TRUE(newest) << newest.error().message;
  EXPECT_EQ(newest->note.signatures.size(), 2U);
}

TEST_F(Rotation, NeedsSignedUnlessTheOldKeyIsLostToo) {
  const merkle::VerifierKey before = vkey();
  std::filesystem::remove(key_file("SIGNED"));
  EXPECT_EQ(rotate_key(*ledger_, {"staff/it1", {}, {}}).error().code, ErrorCode::not_found);
  std::filesystem::remove(key_file("signing.key"));
  EXPECT_EQ(rotate({"staff/it1", "lost", before}).data.old_vkey, before.text());
}

TEST_F(Rotation, MayFollowARotation) {
  rotate();
  sign();
  rotate();
  EXPECT_EQ(signatures(), 3U);
  EXPECT_EQ(key_rotations(*ledger_)->size(), 2U);
}

TEST_F(Rotation, WithoutTheOldKeyLeavesItsSignatureOut) {
  sign();
  const merkle::VerifierKey before = vkey();
  const auto rotation = rotate({"staff/it1", "compromised", {}}).data;
  EXPECT_EQ(rotation.old_vkey, before.text());
  EXPECT_EQ(rotation.old_signature, std::nullopt);
  EXPECT_EQ(rotation.reason, "compromised");
  EXPECT_EQ(signatures(), 1U);
}

TEST_F(Rotation, LeavesALostSignedRecoverableFromAnOlderCheckpoint) {
  const NewestCheckpoint before = sign();
  rotate();
  std::filesystem::remove(key_file("SIGNED"));
  EXPECT_EQ(refusal({before.note}), "signed");
  EXPECT_TRUE(merkle::open_checkpoint(sign().note, vkey()));
}

TEST_F(Rotation, ThatWasInterruptedIsFinished) {
  const merkle::VerifierKey before = vkey();
  rotate();
  const merkle::VerifierKey after = vkey();
  // As if the process had ended once the event was in the ledger.
  std::filesystem::rename(key_file("signing.key"), key_file("signing.key.next"));
  for (const auto& entry : std::filesystem::directory_iterator(folders_.keys)) {
    if (entry.path().filename().string().starts_with("signing.retired")) {
      std::filesystem::rename(entry.path(), key_file("signing.key"));
      break;
    }
  }
  ASSERT_EQ(KeyFolder(folders_.keys).signing_key()->verifier(), before);
  EXPECT_EQ(vkey(), after);
}

TEST_F(Rotation, ThatNeverReachedTheLedgerChangesNothing) {
  const merkle::VerifierKey before = vkey();
  ASSERT_TRUE(KeyFolder(folders_.keys).prepare_successor("example.org/test"));
  EXPECT_EQ(vkey(), before);
  sign();
  rotate();
  EXPECT_NE(vkey(), before);
}

}  // namespace
}  // namespace liggare::ledger
