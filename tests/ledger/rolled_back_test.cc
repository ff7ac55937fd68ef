// A ledger that was put back on purpose, behind what its key had signed.
#include <gmock/gmock.h>

#include "inspect/verify.h"
#include "ledger/accepted_rollback.h"
#include "ledger/checkpoints.h"
#include "ledger/doctor.h"
#include "ledger/key_rotation.h"
#include "tests/ledger/backup_fixture.h"

namespace liggare::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class RolledBack : public BackupTest {
 protected:
  // A backup of 3 events; signed were 6; restored, so that the fourth tells of it.
  RolledBack() {
    add(0, 3);
    before_ = newest_checkpoint(*ledger_)->note;
    backup();
    add(3, 6);
    gone_ = *newest_checkpoint(*ledger_);
    old_key_ = verifier_keys(*ledger_)->front();
    close();
    LedgerRestoreRequest accepted = request();
    accepted.accept_rollback = "the disk failed";
    done_ = restored(folders_, accepted);
    open();
  }
  std::string signing() {
    const auto newest = newest_checkpoint(*ledger_);
    return newest ? std::to_string(newest->checkpoint.head.tree_size)
                  : std::string(name_of(newest.error().code)) + ": " + newest.error().message;
  }
  std::string rotating(const std::optional<std::string>& why) {
    const auto rotated = rotate_key(*ledger_, {"staff/it1", why, std::nullopt});
    return rotated ? "rotated"
                   : std::string(name_of(rotated.error().code)) + ": " + rotated.error().message;
  }
  std::vector<std::string> symptoms() {
    DoctorOptions options;
    options.clock = &clock_;
    options.free_bytes_low = 0;
    const auto seen = diagnose(folders_, options);
    std::vector<std::string> codes;
    for (const Symptom& each : seen->symptoms) codes.push_back(each.code);
    return codes;
  }
  std::vector<std::string> findings_against(const merkle::SignedNote& note) {
    inspect::VerifyOptions options;
    options.ledger = folders_.ledger;
    options.keys = folders_.keys;
    options.key = inspect::TrustedKey{old_key_, {inspect::Statement::ledgers_own_key}};
    options.checkpoints = {{"kept", note.print()}};
    const auto report = inspect::verify(options);
    EXPECT_TRUE(report) << report.error().message;
    std::vector<std::string> found;
    for (const auto& each : report->findings) found.push_back(each.code + ", " + each.place);
    return found;
  }

  merkle::SignedNote before_;
  NewestCheckpoint gone_;
  merkle::VerifierKey old_key_;
  RestoredLedger done_;
};

TEST_F(RolledBack, KeySignsNothingMoreAndSaysWhatToDo) {
  EXPECT_TRUE(done_.must_change_key);
  for (const std::string& told : {signing(), rotating(std::nullopt)}) {
    EXPECT_THAT(told, HasSubstr("diverged: the ledger was rolled back, as event 3 says"));
    EXPECT_THAT(told, HasSubstr("keys rotate --old-key-lost rolled-back"));
  }
  EXPECT_EQ(size(), 4U);
  // Also where there are as many events again.
  add(10, 14);
  EXPECT_THAT(signing(), HasSubstr("as event 3 says"));
  close();
  EXPECT_THAT(symptoms(), ElementsAre("key-to-change", "ledger-aside"));
}

TEST_F(RolledBack, NewKeySignsAtOnce) {
  EXPECT_EQ(rotating("rolled-back"), "rotated");
  const auto last = KeyFolder(folders_.keys).last_signed();
  ASSERT_TRUE(last);
  EXPECT_EQ(last->head()->tree_size, 5U);
  EXPECT_EQ(last->key, verifier_keys(*ledger_)->front());
  EXPECT_NE(last->key, old_key_);
  EXPECT_EQ(signing(), "5");
  add(10, 11);
  EXPECT_EQ(signing(), "6");
  EXPECT_EQ(rotating(std::nullopt), "rotated");
  close();
  EXPECT_THAT(symptoms(), ElementsAre("ledger-aside"));
}

// Two keys, one size: what the given-up key signed is never taken for the newest.
TEST_F(RolledBack, HeadOfTheSameSizeIsSignedAnew) {
  add(10, 11);
  EXPECT_EQ(rotating("rolled-back"), "rotated");
  EXPECT_EQ(size(), gone_.checkpoint.head.tree_size);
  const auto newest = newest_checkpoint(*ledger_);
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->checkpoint.head, ledger_->head());
  EXPECT_NE(newest->checkpoint.head.root_hash, gone_.checkpoint.head.root_hash);
}

TEST_F(RolledBack, WhatWasSignedOfItIsToldAsFromBefore) {
  EXPECT_EQ(rotating("rolled-back"), "rotated");
  EXPECT_THAT(findings_against(before_), testing::IsEmpty());
  EXPECT_THAT(findings_against(gone_.note),
              ElementsAre("tail-lost, checkpoint at 6 events, before the rollback of event 3"));
  add(10, 13);
  EXPECT_THAT(
      findings_against(gone_.note),
      ElementsAre("checkpoint-differs, checkpoint at 6 events, before the rollback of event 3"));
}

TEST_F(RolledBack, KeyIsGivenUpByAChangeThatItDidNotSign) {
  EXPECT_EQ(rotating("rolled-back"), "rotated");
  const auto second = verifier_keys(*ledger_)->front();
  EXPECT_TRUE(*is_given_up(*ledger_, old_key_));
  EXPECT_FALSE(*is_given_up(*ledger_, second));
  EXPECT_EQ(rotating(std::nullopt), "rotated");
  EXPECT_FALSE(*is_given_up(*ledger_, second));
}

// The event explains the events that it took, and nothing else.
TEST_F(RolledBack, ExplainsOnlyWhatItTook) {
  const auto explains = [&](std::uint64_t size, const Hash& root) {
    return rolled_back_behind(*ledger_, {size, root})->has_value();
  };
  const Hash other = sha256({"another"});
  EXPECT_TRUE(explains(6, gone_.checkpoint.head.root_hash));
  EXPECT_FALSE(explains(6, other));
  EXPECT_FALSE(explains(7, other));
  EXPECT_TRUE(explains(5, other));
  EXPECT_TRUE(explains(4, other));
  EXPECT_FALSE(explains(3, other));
  EXPECT_FALSE(explains(4, ledger_->head().root_hash));
}

// A ledger that was put back by hand is no accepted rollback, whoever is told to sign.
TEST_F(RolledBack, ByHandIsNotExplained) {
  EXPECT_EQ(rotating("rolled-back"), "rotated");
  close();
  fs::copy(folders_.ledger, folder_.path() / "older", fs::copy_options::recursive);
  add(20, 22);
  EXPECT_EQ(signing(), "7");
  close();
  fs::remove_all(folders_.ledger);
  fs::rename(folder_.path() / "older", folders_.ledger);
  open();
  for (const std::string& told : {signing(), rotating(std::nullopt), rotating("rolled-back")}) {
    EXPECT_THAT(told, HasSubstr("put back to an older state"));
    EXPECT_THAT(told, HasSubstr("nothing was signed"));
  }
  close();
  EXPECT_THAT(symptoms(), ElementsAre("rolled-back", "ledger-aside"));
}

}  // namespace
}  // namespace liggare::ledger
