// Where a ledger can't be restored, that is said before anything is made.
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

#include "ledger/checkpoints.h"
#include "ledger/doctor.h"
#include "store/writer_lock.h"
#include "tests/ledger/backup_fixture.h"

namespace liggare::ledger {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class RestorePlaceTest : public BackupTest {
 protected:
  RestorePlaceTest() {
    add(0, 3);
    backup();
    add(3, 5);
    close();
  }
  void TearDown() override {
    // Neither half a ledger nor one that was taken away lies beside it.
    for (const fs::path& each : siblings()) {
      const std::string name = each.filename().string();
      EXPECT_FALSE(name.starts_with("ledger.") && name != "ledger.keys") << name;
    }
  }

  // In a thread with mounts of its own, which end with it. False where that is not allowed.
  template <class Do>
  static bool with_own_mounts(const Do& work) {
    bool may = false;
    std::thread([&] {
      may = ::unshare(CLONE_NEWNS) == 0 &&
            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
      if (may) work();
    }).join();
    return may;
  }
  static void mount_on(const fs::path& folder) {
    ASSERT_EQ(::mount("tmpfs", folder.c_str(), "tmpfs", 0, "mode=700"), 0);
  }
};

TEST_F(RestorePlaceTest, IsNoMountPoint) {
  fs::create_directory(elsewhere_.ledger);
  const bool may = with_own_mounts([&] {
    mount_on(elsewhere_.ledger);
    EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("elsewhere is a mount point"));
    mount_on(folders_.ledger / "vault");
    EXPECT_THAT(restore_error(folders_, request()), HasSubstr("vault is a mount point"));
  });
  if (!may) GTEST_SKIP() << "SKIPPED: mounting needs root";
}

TEST_F(RestorePlaceTest, IsNoLinkThatLeadsNowhere) {
  fs::create_symlink("nowhere", elsewhere_.ledger);
  EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("is a link that leads nowhere"));
}

// Permissions are a thread's own, where the C library is not asked to change them for all.
TEST_F(RestorePlaceTest, IsNoLogOfWhichAFileMayNotBeRead) {
  constexpr uid_t nobody = 65'534;
  if (::geteuid() != 0) GTEST_SKIP() << "SKIPPED: to become somebody else needs root";
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
    ASSERT_EQ(::chown(entry.path().c_str(), nobody, nobody), 0);
  }
  ASSERT_EQ(::chown(folder_.path().c_str(), nobody, nobody), 0);
  fs::remove(folders_.ledger / "HEAD");
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folders_.ledger / "log")) {
    if (entry.path().extension() != ".log" && entry.path().extension() != ".sst") continue;
    ++files;
    const auto mode = fs::status(entry.path()).permissions();
    fs::permissions(entry.path(), fs::perms::none);
    std::thread([&] {
      ASSERT_EQ(::syscall(SYS_setresuid, nobody, nobody, nobody), 0);
      EXPECT_THAT(restore_error(folders_, request()), HasSubstr("permission denied; nothing was"));
    }).join();
    fs::permissions(entry.path(), mode);
  }
  EXPECT_GT(files, 0);
  fs::permissions(folders_.ledger, fs::perms::none);
  std::thread([&] {
    ASSERT_EQ(::syscall(SYS_setresuid, nobody, nobody, nobody), 0);
    const auto diagnosis = diagnose(folders_, {});
    ASSERT_FALSE(diagnosis);
    EXPECT_EQ(diagnosis.error().code, ErrorCode::io);
  }).join();
  fs::permissions(folders_.ledger, fs::perms::owner_all);
}

TEST_F(RestorePlaceTest, IsNoLedgerOfAWriterWhoseLockIsGone) {
  open();
  fs::remove(folders_.ledger / "lock");
  int status = 0;
  // From another process: RocksDB's lock is the process's own.
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_held = store::WriterLock::is_held(folders_.ledger / "log/LOCK");
    const auto done = restore_ledger(folders_, request());
    const bool is_refused = !done && done.error().code == ErrorCode::busy;
    ::_exit(is_held && is_refused ? 0 : 1);
  }
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  close();
}

// As somebody left it who made the folder anew while an exchange was open.
TEST_F(RestorePlaceTest, IsNoEmptyFolderBesideTheLedgerThatWasThere) {
  fs::rename(folders_.ledger, folder_.path() / "ledger.replaced");
  fs::create_directory(folders_.ledger);
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("has 3 entries, HEAD says 5"));
  EXPECT_TRUE(fs::exists(folders_.ledger / "vault/slots"));
}

// Evidence, section 4: a key signs no second history.
TEST_F(RestorePlaceTest, AndNoBackupIsSignedOfALedgerThatWasPutBack) {
  fs::copy(folders_.ledger, folder_.path() / "kept", fs::copy_options::recursive);
  add(5, 6);
  ASSERT_TRUE(newest_checkpoint(*ledger_));
  close();
  EXPECT_EQ(backup().manifest.signatures.size(), 1U);
  fs::remove_all(folders_.ledger);
  fs::rename(folder_.path() / "kept", folders_.ledger);
  fs::remove_all(copy_);
  EXPECT_THAT(backup().manifest.signatures, IsEmpty());
  add(6, 9);  // As long now, and another history.
  close();
  EXPECT_THAT(backup().manifest.signatures, IsEmpty());
}

}  // namespace
}  // namespace liggare::ledger
