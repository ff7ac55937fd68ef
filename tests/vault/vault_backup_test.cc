// Backups, restoring, the change of the key-encryption key, and keys in memory.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/bytes.h"
#include "tests/vault/vault_fixture.h"

namespace liggare::vault {
namespace {

using test::read_bytes;
using test::write_bytes;

const std::string p1 = "participant/P1";
const std::string p2 = "participant/P2";
constexpr auto identity = PersonalClass::identity;
constexpr auto health = PersonalClass::health;
constexpr auto social = PersonalClass::social;
const Day made = *Day::from_date(2026, 3, 1);
const Day expires = *Day::from_date(2026, 9, 1);

class VaultBackup : public VaultFixture {
 protected:
  BackupOrder order(const std::string& name) const {
    return {folder_.path() / name, made, expires, "till " + name};
  }
  BackupState back_up(const std::string& name) {
    auto backup = vault_->back_up(order(name));
    EXPECT_TRUE(backup) << backup.error().message;
    return std::move(backup).value();
  }
  RestoreOrder restore_order(const std::string& name) const {
    return {.backup = folder_.path() / name,
            .into = folder_.path() / "restored",
            .today = made,
            .executed = {}};
  }
  RestoreReport restored(const RestoreOrder& order) {
    close();
    auto report = restore(order, key());
    EXPECT_TRUE(report) << report.error().message;
    auto opened = Vault::open(order.into, key());
    EXPECT_TRUE(opened) << opened.error().message;
    vault_ = std::move(opened).value();
    return std::move(report).value();
  }
  ErrorCode refusal(const RestoreOrder& order) {
    const auto report = restore(order, key());
    EXPECT_FALSE(std::filesystem::exists(order.into));
    return code_of(report);
  }
  std::vector<std::string> open_backups(Day today) {
    return vault_->erasures(today).value().at(0).backups;
  }
};

TEST_F(VaultBackup, IsAVaultOfItsTime) {
  const Sealed before = seal(p1, health);
  seal_number(p2, "199001012385");
  back_up("a");
  const Sealed after = seal(p1, social);
  EXPECT_EQ(restored(restore_order("a")).key_ids.size(), 0U);
  EXPECT_EQ(state(before), "open");
  EXPECT_EQ(state(after), "not-found");
  EXPECT_EQ(vault_->find_number("199001012385").value(), std::vector<std::string>{p2});
  expect_sound();
}

TEST_F(VaultBackup, IsRegistered) {
  const BackupState first = back_up("a");
  const BackupState second = back_up("b");
  EXPECT_EQ(first.id.size(), 32U);
  EXPECT_EQ(first.label, "till a");
  EXPECT_EQ(first.key_fingerprint, fingerprint_of(key()));
  reopen();
  EXPECT_EQ(vault_->backups(expires).value(), (std::vector<BackupState>{first, second}));
  EXPECT_EQ(vault_->backups(expires.plus_days(1)).value().at(1).state, BackupStanding::expired);
  EXPECT_EQ(identify_backup(folder_.path() / "b", key()).value(), second);
  EXPECT_EQ(code_of(identify_backup(folder_.path() / "c", key())), ErrorCode::not_found);
  // The copy knows of itself and of those before it.
  const RestoreReport report = restored(restore_order("b"));
  EXPECT_EQ(report.backup, second);
  EXPECT_EQ(vault_->backups(made).value(),
            (std::vector<BackupState>{first, second, report.unknown}));
}

// The registry is the backup's: what was made after it is not in there, and opens all the same.
TEST_F(VaultBackup, MadeAfterTheOneThatIsRestoredKeepsErasuresOpen) {
  seal(p1, health);
  const BackupState first = back_up("a");
  back_up("b");
  const RestoreReport report = restored(restore_order("a"));
  EXPECT_EQ(report.unknown.label, "made after " + first.id);
  ASSERT_TRUE(vault_->mark_backup(first.id, BackupMark::deleted));
  const Erasure erasure{"d-1", p1, {health}, {}};
  ASSERT_TRUE(vault_->begin_erasure(erasure));
  ASSERT_TRUE(vault_->destroy(erasure));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  EXPECT_EQ(open_backups(expires.plus_days(10'000)), std::vector<std::string>{report.unknown.id});
  EXPECT_EQ(code_of(vault_->mark_backup(report.unknown.id, BackupMark::rewritten)),
            ErrorCode::invalid_argument);
  ASSERT_TRUE(vault_->mark_backup(report.unknown.id, BackupMark::deleted));
  EXPECT_TRUE(open_backups(made).empty());
}

TEST_F(VaultBackup, DoesNotTellWhereItLies) {
  back_up("secret-place");
  close();
  auto bytes = read_bytes(path_ / "keys.sqlite");
  EXPECT_EQ(bytes.find((folder_.path() / "secret-place").string()), std::string::npos);
}

TEST_F(VaultBackup, IsClosedToOthers) {
  using std::filesystem::perms;
  back_up("a");
  const auto mode = [](const auto& path) { return std::filesystem::status(path).permissions(); };
  EXPECT_EQ(mode(folder_.path() / "a"), perms::owner_all);
  for (const char* file : {"keys.sqlite", "slots", "backup.txt"}) {
    EXPECT_EQ(mode(folder_.path() / "a" / file), perms::owner_read | perms::owner_write);
  }
}

TEST_F(VaultBackup, RefusesWhatMakesNoSense) {
  BackupOrder backwards = order("a");
  backwards.expires = made.plus_days(-1);
  EXPECT_EQ(code_of(vault_->back_up(backwards)), ErrorCode::invalid_argument);
  BackupOrder lines = order("a");
  lines.label = "two\nlines";
  EXPECT_EQ(code_of(vault_->back_up(lines)), ErrorCode::invalid_argument);
  back_up("a");
  EXPECT_EQ(code_of(vault_->back_up(order("a"))), ErrorCode::invalid_argument);
  ASSERT_TRUE(vault_->begin_erasure({"d-1", p1, {health}, {}}));
  EXPECT_EQ(code_of(vault_->back_up(order("b"))), ErrorCode::fenced);
  EXPECT_EQ(vault_->backups(made).value().size(), 1U);
}

TEST_F(VaultBackup, ErasureIsCompleteWhenEarlierBackupsAreGone) {
  seal(p1, health);
  const BackupState first = back_up("a");
  const BackupState second = back_up("b");
  const Erasure erasure{"d-1", p1, {health}, {}};
  ASSERT_TRUE(vault_->begin_erasure(erasure));
  EXPECT_EQ(open_backups(made), (std::vector<std::string>{first.id, second.id}));
  ASSERT_TRUE(vault_->destroy(erasure));
  ASSERT_TRUE(vault_->finish_erasure("d-1"));
  back_up("c");
  EXPECT_EQ(open_backups(made), (std::vector<std::string>{first.id, second.id}));
  EXPECT_EQ(vault_->erasures(made).value().at(0).step, ErasureStep::finished);
  ASSERT_TRUE(vault_->mark_backup(first.id, BackupMark::deleted));
  EXPECT_EQ(open_backups(made), std::vector<std::string>{second.id});
  EXPECT_TRUE(open_backups(expires.plus_days(1)).empty());
  EXPECT_EQ(vault_->backups(expires.plus_days(1)).value().at(0).state, BackupStanding::deleted);
}

TEST_F(VaultBackup, IsRewrittenOnlyUnderAnotherKey) {
  const BackupState backup = back_up("a");
  EXPECT_EQ(code_of(vault_->mark_backup("none", BackupMark::deleted)), ErrorCode::not_found);
  EXPECT_EQ(code_of(vault_->mark_backup(backup.id, BackupMark::rewritten)),
            ErrorCode::invalid_argument);
  ASSERT_TRUE(vault_->rotate({random_key()}));
  ASSERT_TRUE(vault_->mark_backup(backup.id, BackupMark::rewritten));
  EXPECT_EQ(vault_->backups(made).value().at(0).state, BackupStanding::rewritten);
}

TEST_F(VaultBackup, RestoringDestroysWhatWasErasedSince) {
  const Sealed gone = seal_number(p1, "199001012385");
  const Sealed punctured = seal(p1, health);
  const Sealed kept = seal(p1, health);
  const Sealed neighbour = seal(neighbour_of(p1), identity);
  back_up("a");
  RestoreOrder order = restore_order("a");
  order.executed = {{{"d-1", p1, {identity}, {}}, {gone.section.key_id}},
                    {{"d-2", p1, {}, {punctured.section_name()}}, {}}};
  const RestoreReport report = restored(order);
  EXPECT_EQ(report.key_ids, std::vector<std::string>{gone.section.key_id});
  EXPECT_EQ(report.punctured, 1U);
  EXPECT_EQ(state(gone), "not-found");
  EXPECT_EQ(state(punctured), "not-found");
  EXPECT_EQ(state(kept), "open");
  EXPECT_EQ(state(neighbour), "open");
  EXPECT_TRUE(vault_->find_number("199001012385").value().empty());
  EXPECT_TRUE(vault_->is_destroyed(gone.section.key_id, gone.section.index).value());
  expect_sound();
  // And the backup itself is known to hold it still.
  const auto erasures = vault_->erasures(made).value();
  ASSERT_EQ(erasures.size(), 2U);
  EXPECT_EQ(erasures[0].step, ErasureStep::finished);
  EXPECT_EQ(erasures[0].destroyed.key_ids, std::vector<std::string>{gone.section.key_id});
  EXPECT_EQ(erasures[1].backups, std::vector<std::string>{report.backup.id});
}

TEST_F(VaultBackup, RestoredKeysOpenUnderNoOldEpochKey) {
  const Sealed gone = seal(p1, health);
  back_up("a");
  RestoreOrder order = restore_order("a");
  order.executed = {{{"d-1", p1, {health}, {}}, {gone.section.key_id}}};
  restored(order);
  close();
  const auto old_slots = decode_slots(read_bytes(path_ / "slots"), key()).value();
  const auto slots = decode_slots(read_bytes(order.into / "slots"), key()).value();
  EXPECT_EQ(slots[bucket_of(p1)]->key.epoch, 2U);
  EXPECT_NE(slots[bucket_of(p1)]->key.key.view(), old_slots[bucket_of(p1)]->key.key.view());
  EXPECT_EQ(slots[bucket_of(p2)]->key.epoch, 1U);
}

TEST_F(VaultBackup, RestoringKnowsWhatWasErasedBefore) {
  const Sealed gone = seal(p1, health);
  erase({"d-1", p1, {health}, {}});
  back_up("a");
  RestoreOrder order = restore_order("a");
  order.executed = {{{"d-1", p1, {health}, {}}, {gone.section.key_id}}};
  EXPECT_TRUE(restored(order).key_ids.empty());
  EXPECT_EQ(state(gone), "not-found");
  EXPECT_TRUE(vault_->erasures(made).value().at(0).backups.empty());
  expect_sound();
}

TEST_F(VaultBackup, RestoringKeepsUnknownDestroyedIds) {
  back_up("a");
  const Sealed gone = seal(p1, health);
  RestoreOrder order = restore_order("a");
  order.executed = {{{"d-1", p1, {health}, {}}, {gone.section.key_id}}};
  EXPECT_TRUE(restored(order).key_ids.empty());
  EXPECT_TRUE(vault_->is_destroyed(gone.section.key_id, gone.section.index).value());
}

TEST_F(VaultBackup, RestoringRefusesExpiredOnes) {
  const Sealed sealed = seal(p1, health);
  back_up("a");
  RestoreOrder order = restore_order("a");
  order.today = expires.plus_days(1);
  EXPECT_EQ(refusal(order), ErrorCode::denied);
  order.expired = ExpiredBackups::accept;
  restored(order);
  EXPECT_EQ(state(sealed), "open");
}

TEST_F(VaultBackup, RestoringRefusesEveryChangedByte) {
  back_up("a");
  const auto folder = folder_.path() / "a";
  const std::size_t manifest_bytes = read_bytes(folder / "backup.txt").size();
  for (std::size_t byte = 0; byte < manifest_bytes; byte += 3) {
    const std::string before = read_bytes(folder / "backup.txt");
    test::flip_bit(folder / "backup.txt", byte);
    const ErrorCode code = refusal(restore_order("a"));
    EXPECT_TRUE(code == ErrorCode::corrupt || code == ErrorCode::vault_unavailable) << byte;
    write_bytes(folder / "backup.txt", before);
  }
  for (const char* file : {"keys.sqlite", "slots"}) {
    test::flip_bit(folder / file, 5000);
    EXPECT_EQ(refusal(restore_order("a")), ErrorCode::corrupt);
    test::flip_bit(folder / file, 5000);
  }
  std::filesystem::remove(folder / "backup.txt");
  EXPECT_EQ(refusal(restore_order("a")), ErrorCode::not_found);
}

TEST_F(VaultBackup, RestoringRefusesAnotherKeyAndNamesBoth) {
  back_up("a");
  const KeyEncryptionKey other{random_key()};
  const auto report = restore(restore_order("a"), copy_of(other));
  ASSERT_EQ(code_of(report), ErrorCode::vault_unavailable);
  EXPECT_NE(report.error().message.find(fingerprint_of(key())), std::string::npos);
  EXPECT_NE(report.error().message.find(fingerprint_of(other)), std::string::npos);
}

TEST_F(VaultBackup, RestoringGoesOverNothing) {
  back_up("a");
  RestoreOrder order = restore_order("a");
  order.into = path_;
  EXPECT_EQ(code_of(restore(order, key())), ErrorCode::invalid_argument);
}

// The change of the key-encryption key.

class VaultRotation : public VaultFixture {
 protected:
  Result<std::unique_ptr<Vault>> open_with(const KeyEncryptionKey& with) {
    return Vault::open(path_, copy_of(with));
  }
  // In another process, stopped at a step; nothing is open here meanwhile.
  void rotate_until(int step) {
    close();
    const pid_t child = ::fork();
    if (child == 0) {
      auto vault = Vault::open(path_, key()).value();
      int seen = 0;
      vault->watch_steps([&] {
        if (++seen == step) ::_exit(3);
      });
      ::_exit(vault->rotate(copy_of(next_)) ? 0 : 4);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    ASSERT_EQ(WEXITSTATUS(status), 3) << step;
  }
  const KeyEncryptionKey next_{random_key()};
};

TEST_F(VaultRotation, ChangesWhatOpensTheVault) {
  const Sealed sealed = seal(p1, health);
  ASSERT_TRUE(vault_->rotate(copy_of(next_)));
  EXPECT_EQ(vault_->key_fingerprint(), fingerprint_of(next_));
  EXPECT_EQ(state(sealed), "open");
  const Sealed later = seal(p2, health);
  close();
  const auto with_old = open_with(key());
  ASSERT_EQ(code_of(with_old), ErrorCode::vault_unavailable);
  EXPECT_NE(with_old.error().message.find("locked by key " + fingerprint_of(next_)),
            std::string::npos);
  vault_ = open_with(next_).value();
  EXPECT_EQ(state(sealed), "open");
  EXPECT_EQ(state(later), "open");
  expect_sound();
}

TEST_F(VaultRotation, LeavesNothingUnderTheOldKey) {
  ASSERT_TRUE(vault_->rotate(copy_of(next_)));
  const std::string slots = read_bytes(path_ / "slots");
  const auto old = decode_each_slot(slots, key()).value();
  EXPECT_EQ(std::count_if(old.begin(), old.end(), [](const auto& slot) { return bool(slot); }), 0);
}

TEST_F(VaultRotation, RefusesTheSameKeyAndPendingErasures) {
  EXPECT_EQ(code_of(vault_->rotate(key())), ErrorCode::invalid_argument);
  ASSERT_TRUE(vault_->begin_erasure({"d-1", p1, {health}, {}}));
  EXPECT_EQ(code_of(vault_->rotate(copy_of(next_))), ErrorCode::fenced);
}

TEST_F(VaultRotation, GoesOnWhereverItWasStopped) {
  const Sealed sealed = seal(p1, health);
  close();
  const auto model = folder_.path() / "model";
  std::filesystem::copy(path_, model);
  // 1: nothing; 2: announced; 3…258: that many slots and 2; 259: done.
  for (const int step : {1, 2, 3, 4, 104, 105, 106, 257, 258, 259}) {
    SCOPED_TRACE(step);
    std::filesystem::remove_all(path_);
    std::filesystem::copy(model, path_);
    rotate_until(step);
    const bool mixed = step > 2 && step < 258;
    const auto with_old = open_with(key());
    EXPECT_EQ(with_old.has_value(), step < 3);
    if (!with_old) {
      EXPECT_EQ(with_old.error().code, ErrorCode::vault_unavailable);
    }
    if (step < 3) continue;
    auto with_next = open_with(next_);
    EXPECT_EQ(with_next.has_value(), !mixed);
    if (mixed) {
      // The answer names both keys.
      for (const auto* error : {&with_old.error(), &with_next.error()}) {
        EXPECT_NE(error->message.find(fingerprint_of(key())), std::string::npos);
        EXPECT_NE(error->message.find(fingerprint_of(next_)), std::string::npos);
      }
      EXPECT_EQ(code_of(Vault::finish_rotation(path_, next_, key())), ErrorCode::vault_unavailable);
      with_next = Vault::finish_rotation(path_, key(), copy_of(next_));
    }
    ASSERT_TRUE(with_next);
    EXPECT_EQ(state_of(**with_next, sealed), "open");
    EXPECT_TRUE((*with_next)->check().value().findings.empty());
    with_next = fail(ErrorCode::busy, "closed");
    EXPECT_TRUE(open_with(next_));
  }
}

TEST_F(VaultRotation, NamesTheKeysWhereTheWrongOneIsGiven) {
  close();
  const auto opened = open_with(next_);
  ASSERT_EQ(code_of(opened), ErrorCode::vault_unavailable);
  EXPECT_NE(opened.error().message.find("locked by key " + fingerprint_of(key())),
            std::string::npos);
}

TEST_F(VaultRotation, KnowsTheKeyOfAVaultOfVersionOne) {
  alter("DELETE FROM vault_key");
  reopen();
  close();
  const auto opened = open_with(next_);
  EXPECT_NE(opened.error().message.find(fingerprint_of(key())), std::string::npos);
}

TEST_F(VaultRotation, AgreesWithErasures) {
  const Sealed gone = seal(p1, health);
  const Sealed kept = seal(p1, social);
  ASSERT_TRUE(vault_->rotate(copy_of(next_)));
  erase({"d-1", p1, {health}, {}});
  EXPECT_EQ(state(gone), "not-found");
  close();
  vault_ = open_with(next_).value();
  EXPECT_EQ(state(kept), "open");
  expect_sound();
}

// Keys in memory.

TEST_F(VaultRotation, ProcessIsNotDumpableWhileAVaultIsOpen) {
  EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 0);
  auto second = Vault::create(folder_.path() / "second", key()).value();
  close();
  EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 0);
  second.reset();
  EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 1);
}

}  // namespace
}  // namespace liggare::vault
