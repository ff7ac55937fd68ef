// Backups: made beside a writer, and checked where they lie (reliability, T13).
#include "ledger/backup.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/file.h"
#include "ledger/checkpoints.h"
#include "store/event_log.h"
#include "tests/ledger/backup_fixture.h"

namespace liggare::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(BackupTest, HoldsWhatTheLedgerHoldsAndNoKey) {
  add(0, 20);
  accept(note("n1", "P1", "canary"));
  look_at("staff/A");
  ASSERT_TRUE(newest_checkpoint(*ledger_));
  const MadeBackup made = backup();
  EXPECT_EQ(made.manifest.head, ledger_->head());
  EXPECT_EQ(made.checkpoint, 21U);
  ASSERT_EQ(made.manifest.access.size(), 1U);
  EXPECT_EQ(made.manifest.access[0].head.tree_size, 1U);
  EXPECT_EQ(made.manifest.signatures.size(), 1U);
  EXPECT_EQ(made.files_written, 2U);
  EXPECT_EQ(read_manifest(copy_)->text(), made.manifest.text());
  const std::string vault_key = test::read_bytes(folders_.keys / "vault.key");
  for (const fs::path& file : files_in(copy_)) {
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    const std::string bytes = test::read_bytes(file);
    EXPECT_EQ(bytes.find("canary"), std::string::npos) << file;
    EXPECT_EQ(bytes.find(vault_key), std::string::npos) << file;
    EXPECT_EQ(bytes.find("PRIVATE+KEY"), std::string::npos) << file;
  }
  EXPECT_THAT(findings(), IsEmpty());
}

// A last file goes when a backup is made on top; what was being checked is then no more.
TEST_F(BackupTest, IsCheckedAnewWhereAnotherIsMadeMeanwhile) {
  add(0, 3);
  look_at("staff/A");
  backup();
  int made = 0;
  BackupCheckRequest request;
  request.progress = [&](std::uint64_t, std::uint64_t) {
    if (made == 1) return;
    ++made;
    look_at("staff/B");
    backup();
  };
  const auto report = check_backup(copy_, request);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(report->findings, IsEmpty());
  EXPECT_EQ(report->manifest->access[0].head.tree_size, 2U);
  request.progress = [&](std::uint64_t, std::uint64_t) {
    look_at("staff/C");
    backup();
  };
  EXPECT_EQ(check_backup(copy_, request).error().code, ErrorCode::busy);
}

TEST_F(BackupTest, AddsWhatIsNewAndKeepsFullFiles) {
  for (int i = 0; i < 9'000; i += 1'000) add(i, i + 1'000);
  EXPECT_EQ(backup().files_written, 2U);
  const auto full = copy_ / "log/000000000-8192";
  const auto before = fs::last_write_time(full);
  EXPECT_TRUE(fs::exists(copy_ / "log/000000001-808"));
  add(9'000, 9'001);
  const MadeBackup second = backup();
  EXPECT_EQ(second.files_written, 1U);
  EXPECT_EQ(second.files_kept, 1U);
  EXPECT_EQ(fs::last_write_time(full), before);
  EXPECT_FALSE(fs::exists(copy_ / "log/000000001-808"));
  EXPECT_TRUE(fs::exists(copy_ / "log/000000001-809"));
  EXPECT_EQ(backup().files_written, 0U);
  // A full file that was cut is written again.
  fs::resize_file(full, 100);
  EXPECT_EQ(backup().files_written, 1U);
  EXPECT_THAT(findings(), IsEmpty());
  close();
  restored(elsewhere_, request());
  expect_whole(elsewhere_, second.manifest.head);
}

// Appends one event after another, for as long as it is let.
class Writer {
 public:
  explicit Writer(Ledger& ledger)
      : thread_([this, &ledger](const std::stop_token& stop) {
          for (int i = 0; is_let(stop); ++i) {
            const auto verdicts = ledger.append({{registered(fmt::format("W{}", i)), {}}});
            if (verdicts && verdicts->front()) ++written_;
          }
        }) {}
  void let(bool write) {
    const std::lock_guard lock(mutex_);
    writes_ = write;
    changed_.notify_all();
  }
  int written() const { return written_; }

 private:
  bool is_let(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    return changed_.wait(lock, stop, [this] { return writes_; }) && !stop.stop_requested();
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool writes_ = false;
  std::atomic<int> written_ = 0;
  std::jthread thread_;  // The last: it uses the others.
};

TEST_F(BackupTest, IsMadeBesideAWriterAndRestoredToTheSameRoots) {
  open();
  Writer writer(*ledger_);
  for (int round = 0; round < 10; ++round) {
    const int enough = writer.written() + 5;
    writer.let(true);
    while (writer.written() < enough) std::this_thread::yield();
    const MadeBackup made = backup();
    writer.let(false);
    ASSERT_GE(made.manifest.head.tree_size, static_cast<std::uint64_t>(enough));
    ASSERT_THAT(findings(), IsEmpty());
    // The roots are compared as it is restored.
    const Folders into = Folders::of(folder_.path() / fmt::format("r{}", round));
    EXPECT_THAT(restored(into, request()).anchors, IsEmpty());
    if (round == 9) expect_whole(into, made.manifest.head);
    const auto read = [&](merkle::NodeId id) { return ledger_->log().node(id); };
    ASSERT_EQ(*merkle::root_at(made.manifest.head.tree_size, read), made.manifest.head.root_hash);
  }
}

TEST_F(BackupTest, EveryFlippedOrCutFileIsFound) {
  add(0, 30);
  look_at("staff/A");
  fs::create_directory(folders_.ledger / "erasures");
  test::write_bytes(folders_.ledger / "erasures/e1.certificate", "as if it were one");
  backup();
  const auto files = files_in(copy_);
  EXPECT_EQ(files.size(), 4U);
  int places = 0;
  for (const fs::path& file : files) {
    const std::string bytes = test::read_bytes(file);
    const std::size_t stride = std::max<std::size_t>(1, bytes.size() / 60);
    for (std::size_t at = 0; at < bytes.size(); at += stride) {
      test::flip_bit(file, at);
      ASSERT_FALSE(findings().empty()) << file << at;
      if (places++ % 40 == 0) {
        EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("corrupt"));
        EXPECT_FALSE(fs::exists(elsewhere_.ledger));
        EXPECT_FALSE(fs::exists(folder_.path() / "elsewhere.restoring"));
      }
      test::write_bytes(file, bytes.substr(0, at));
      ASSERT_FALSE(findings().empty()) << file << at;
      test::write_bytes(file, bytes);
    }
    fs::rename(file, folder_.path() / "apart");
    if (file.filename() != "manifest") {
      ASSERT_FALSE(findings().empty()) << file;
    }
    fs::rename(folder_.path() / "apart", file);
  }
  EXPECT_THAT(findings(), IsEmpty());
}

// A manifest that was made to fit changed leaves: its trees tell, and then its signature.
TEST_F(BackupTest, AForgedManifestIsFoundByItsRootAndItsSignature) {
  add(0, 5);
  ASSERT_TRUE(newest_checkpoint(*ledger_));
  const auto key = verifier_keys(*ledger_)->front();
  BackupManifest manifest = backup().manifest;
  BackupCheckRequest with_key;
  with_key.key = key;
  EXPECT_THAT(findings(with_key), IsEmpty());
  const auto file = copy_ / "log/000000000-5";
  const std::string bytes = test::read_bytes(file);
  std::string changed = bytes;
  const auto at = changed.find("reg-P3");
  changed.replace(at, 6, "reg-P9");
  test::write_bytes(file, changed);
  manifest.files[0].hash = sha256({changed});
  test::write_bytes(copy_ / "manifest", manifest.print());
  EXPECT_THAT(findings(), ElementsAre("checkpoint", "root"));
  EXPECT_THAT(findings(with_key), testing::Contains("signature"));
  EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("another root"));

  // The root fits, too.
  merkle::Frontier frontier;
  std::vector<merkle::Node> nodes;
  const auto leaves = leaves_in(changed, 5);
  for (const auto leaf : *leaves) frontier.append(merkle::leaf_hash(leaf), nodes);
  manifest.head = frontier.head();
  manifest.checkpoint.reset();
  test::write_bytes(copy_ / "manifest", manifest.print());
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(findings(with_key), ElementsAre("signature"));
  with_key.checkpoint = newest_checkpoint(*ledger_)->note;
  EXPECT_THAT(findings(with_key), ElementsAre("signature", "checkpoint"));
  close();
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("another history"));
  LedgerRestoreRequest anyway = request();
  anyway.accept_rollback = "no reason is enough";
  EXPECT_THAT(restore_error(folders_, anyway), HasSubstr("another history"));
}

TEST_F(BackupTest, AnOlderBackupIsTold) {
  add(0, 3);
  backup();
  add(3, 6);
  BackupCheckRequest given;
  given.key = verifier_keys(*ledger_)->front();
  given.checkpoint = newest_checkpoint(*ledger_)->note;
  EXPECT_THAT(findings(given), ElementsAre("older-than-checkpoint"));
  backup();
  EXPECT_EQ(check_backup(copy_, given)->covered, 6U);
  given.key.reset();
  EXPECT_EQ(check_backup(copy_, given).error().code, ErrorCode::invalid_argument);
}

TEST_F(BackupTest, KeepsApartFromOthers) {
  add(0, 3);
  EXPECT_FALSE(back_up(folders_, folders_.ledger / "copy"));
  EXPECT_FALSE(back_up(folders_, folders_.keys / "copy"));
  fs::create_directory(copy_);
  test::write_bytes(copy_ / "letter", "x");
  EXPECT_THAT(backup_error(), HasSubstr("no backup"));
  fs::remove(copy_ / "letter");
  backup();
  const Folders other = Folders::of(folder_.path() / "other");
  ASSERT_TRUE(Ledger::create({other, "example.org/other", HeadPolicy::floor}));
  EXPECT_THAT(back_up(other, copy_).error().message, HasSubstr("is a backup of example.org/test"));
  EXPECT_THAT(restore_error(other, request()), HasSubstr("nothing was changed"));
  test::write_bytes(folder_.path() / "elsewhere", "a file");
  EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("no folder"));
}

TEST_F(BackupTest, OfAnOlderOrAnotherHistoryReplacesNothing) {
  add(0, 3);
  backup();
  close();
  // A ledger of the same name in its place, and then one as long.
  fs::remove_all(folders_.ledger);
  ASSERT_TRUE(Ledger::create({Folders::of(folders_.ledger, folder_.path() / "other.keys"),
                              "example.org/test", HeadPolicy::floor}));
  EXPECT_THAT(backup_error(), HasSubstr("older than its backup"));
  open();
  for (int i = 10; i < 16; ++i) accept(registered(fmt::format("F{}", i)));
  EXPECT_THAT(backup_error(), HasSubstr("two histories"));
  EXPECT_THAT(findings(), IsEmpty());
  close();
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("another history"));
  expect_whole(folders_, reader()->head());
}

TEST_F(BackupTest, AKilledBackupLeavesTheOneBefore) {
  add(0, 10);
  look_at("staff/A");
  fs::create_directory(folders_.ledger / "erasures");
  test::write_bytes(folders_.ledger / "erasures/e1.certificate", "first");
  const merkle::TreeHead first = backup().manifest.head;
  add(10, 25);
  look_at("staff/B");
  test::write_bytes(folders_.ledger / "erasures/e1.certificate", "written again");
  close();
  int step = 0;
  for (bool was_killed = true; was_killed; ++step) {
    ASSERT_LT(step, 30);
    const pid_t child = ::fork();
    if (child == 0) {
      int left = step;
      const auto die = [&left] {
        if (left-- == 0) ::_exit(9);
      };
      ::_exit(back_up(folders_, copy_, {&clock_, {}, die}) ? 0 : 7);
    }
    int ended = 0;
    ::waitpid(child, &ended, 0);
    was_killed = WEXITSTATUS(ended) == 9;
    ASSERT_TRUE(was_killed || WEXITSTATUS(ended) == 0);
    ASSERT_THAT(findings(), IsEmpty()) << step;
    const merkle::TreeHead now = read_manifest(copy_)->head;
    ASSERT_TRUE(now == first || now.tree_size == 25) << step;
    if (step == 0) {
      EXPECT_EQ(now, first);
    }
  }
  EXPECT_GE(step, 5);
  EXPECT_EQ(files_in(copy_).size(), 4U);
}

TEST_F(BackupTest, IsHeldByOneProcessAtATime) {
  add(0, 3);
  int steps = 0;
  const auto is_held = [&] {
    const auto folder = FileDescriptor::open(copy_, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_TRUE(folder);
    EXPECT_NE(::flock(folder->number(), LOCK_EX | LOCK_NB), 0);
    ++steps;
  };
  ASSERT_TRUE(back_up(folders_, copy_, {&clock_, {}, is_held}));
  EXPECT_GE(steps, 2);
}

TEST_F(BackupTest, TellsHowFarItHasCome) {
  add(0, 3);
  look_at("staff/A");
  std::vector<std::uint64_t> done;
  const auto progress = [&](std::uint64_t now, std::uint64_t total) {
    EXPECT_EQ(total, 4U);
    done.push_back(now);
  };
  ASSERT_TRUE(back_up(folders_, copy_, {&clock_, progress, {}}));
  EXPECT_THAT(done, ElementsAre(3, 4));
  done.clear();
  BackupCheckRequest check;
  check.progress = progress;
  EXPECT_THAT(findings(check), IsEmpty());
  EXPECT_THAT(done, ElementsAre(3, 4));
  done.clear();
  LedgerRestoreRequest into = request();
  into.progress = progress;
  restored(elsewhere_, into);
  EXPECT_THAT(done, ElementsAre(3, 4));
}

TEST_F(BackupTest, GoesOnWhereAFirstRunWasKilled) {
  add(0, 3);
  fs::create_directories(copy_ / "log");
  test::write_bytes(copy_ / "log/000000000-3.new", "half of");
  test::write_bytes(copy_ / "manifest.new", "half of");
  backup();
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_FALSE(fs::exists(copy_ / "log/000000000-3.new"));
}

TEST_F(BackupTest, WithADamagedManifestIsLeftAsItIs) {
  add(0, 3);
  backup();
  test::flip_bit(copy_ / "manifest", 30);
  EXPECT_THAT(backup_error(), HasSubstr("corrupt"));
  EXPECT_THAT(backup_error(), HasSubstr("make a new one elsewhere"));
  EXPECT_THAT(findings(), ElementsAre("manifest"));
}

TEST_F(BackupTest, OfALedgerThatIsShorterByOneReplacesNothing) {
  add(0, 3);
  close();
  fs::copy(folders_.ledger, folder_.path() / "older", fs::copy_options::recursive);
  add(3, 4);
  newest_checkpoint(*ledger_).has_value();
  backup();
  close();
  fs::remove_all(folders_.ledger);
  fs::rename(folder_.path() / "older", folders_.ledger);
  EXPECT_THAT(backup_error(), HasSubstr("it is older than its backup"));
  EXPECT_EQ(read_manifest(copy_)->head.tree_size, 4U);
  // To a new folder, without the checkpoint that speaks of more, or of other events.
  fs::remove_all(copy_);
  EXPECT_EQ(backup().checkpoint, std::nullopt);
  EXPECT_THAT(findings(), IsEmpty());
  fs::remove_all(copy_);
  add(7, 9);
  EXPECT_EQ(backup().checkpoint, std::nullopt);
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(BackupTest, OfAnotherAccessLogReplacesNothing) {
  add(0, 3);
  look_at("staff/A");
  look_at("staff/B");
  backup();
  fs::rename(folders_.ledger / "access", folder_.path() / "apart");
  look_at("staff/A");
  EXPECT_THAT(backup_error(), HasSubstr("the access log of 2026 has 1 entries, the backup 2"));
  look_at("staff/B");
  EXPECT_THAT(backup_error(), HasSubstr("the access log of 2026 does not begin as the backup"));
  // A year that is gone leaves the backup, with its folder.
  fs::remove_all(folders_.ledger / "access");
  backup();
  EXPECT_FALSE(fs::exists(copy_ / "access/2026"));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(BackupTest, MakesNoFolderWhereThereIsNoLedger) {
  EXPECT_EQ(back_up(elsewhere_, copy_).error().code, ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(copy_));
  add(0, 1);
  test::write_bytes(copy_, "a file");
  EXPECT_THAT(backup_error(), HasSubstr("invalid-argument: " + copy_.string() + " is no folder"));
  EXPECT_EQ(check_backup(copy_, {}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(test::read_bytes(copy_), "a file");
}

TEST_F(BackupTest, TakesCertificatesAndNothingElse) {
  add(0, 3);
  const fs::path erasures = folders_.ledger / "erasures";
  fs::create_directories(erasures / "e0.certificate");
  test::write_bytes(erasures / "e1.certificate", "one");
  test::write_bytes(erasures / "e2.certificate.new", "half of");
  test::write_bytes(erasures / "e 3.certificate", "no name of ours");
  EXPECT_EQ(backup().files_written, 2U);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(backup().files_kept, 2U);
}

// Whose keys they are is said by their name.
TEST_F(BackupTest, IsSignedByTheLedgersOwnKeyAlone) {
  add(0, 3);
  const Folders other = Folders::of(folder_.path() / "other");
  ASSERT_TRUE(Ledger::create({other, "example.org/other", HeadPolicy::floor}));
  const auto empty = Ledger::open({other, Mode::write, &clock_});
  ASSERT_TRUE(newest_checkpoint(**empty));
  const auto made = back_up({folders_.ledger, other.keys}, copy_);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->checkpoint, std::nullopt);
  EXPECT_THAT(made->manifest.signatures, IsEmpty());
  BackupCheckRequest check;
  EXPECT_FALSE(check_backup(copy_, check)->is_signature_checked);
  check.key = verifier_keys(*ledger_)->front();
  EXPECT_THAT(findings(check), ElementsAre("signature"));
  EXPECT_TRUE(check_backup(copy_, check)->is_signature_checked);
  backup();
  EXPECT_THAT(findings(check), IsEmpty());
}

TEST_F(BackupTest, MayBeNamedWithASlashAndNotThroughALink) {
  add(0, 3);
  ASSERT_TRUE(back_up(folders_, copy_ / ""));
  EXPECT_THAT(findings(), IsEmpty());
  fs::create_directory_symlink(folders_.ledger, folder_.path() / "link");
  EXPECT_THAT(back_up(folders_, folder_.path() / "link" / "copy").error().message,
              HasSubstr("keep a backup apart"));
}

TEST_F(BackupTest, WithLeavesThatCanNotBeReadIsFound) {
  add(0, 3);
  look_at("staff/A");
  backup();
  const auto forge_file = [&](const std::string& name, const std::string& bytes) {
    test::write_bytes(copy_ / name, bytes);
    forge([&](BackupManifest& manifest) {
      for (BackupFile& file : manifest.files) {
        if (file.name == name) file = {name, bytes.size(), sha256({bytes})};
      }
    });
  };
  for (const char* name : {"log/000000000-3", "access/2026/000000000-1"}) {
    const std::string bytes = test::read_bytes(copy_ / name);
    forge_file(name, bytes + "x");
    EXPECT_THAT(findings(), ElementsAre("leaf")) << name;
    EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("corrupt"));
    std::string broken = bytes;
    std::fill(broken.begin() + 2, broken.begin() + 12, '\xff');
    forge_file(name, broken);
    EXPECT_THAT(findings(), ElementsAre("leaf", "root")) << name;
    EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("corrupt"));
    forge_file(name, bytes);
  }
  EXPECT_THAT(findings(), IsEmpty());
}

// Signed by the ledger's own key, and of other events: a fork.
TEST_F(BackupTest, AndACheckpointThatContradictsItAreTold) {
  add(0, 3);
  backup();
  const auto key = *KeyFolder(folders_.keys).signing_key();
  const auto signed_of = [&](const std::string& origin, std::uint64_t size, const Hash& root) {
    const merkle::SigningKey keys[] = {key.named(origin)};
    return merkle::sign_checkpoint({origin, {size, root}}, keys);
  };
  const std::string origin = "example.org/test";
  const Hash other = sha256({"other"});
  BackupCheckRequest given;
  given.key = key.verifier();
  for (const std::uint64_t size : {0U, 2U, 3U}) {
    given.checkpoint = signed_of(origin, size, other);
    EXPECT_THAT(findings(given), ElementsAre("checkpoint")) << size;
    EXPECT_EQ(check_backup(copy_, given)->covered, std::nullopt);
  }
  given.checkpoint = signed_of(origin, 3, ledger_->head().root_hash);
  EXPECT_THAT(findings(given), IsEmpty());
  EXPECT_EQ(check_backup(copy_, given)->covered, 3U);
  given.checkpoint = signed_of("example.org/other", 3, ledger_->head().root_hash);
  EXPECT_EQ(check_backup(copy_, given).error().code, ErrorCode::invalid_argument);
  for (const auto& inside : {signed_of(origin, 4, other),
                             signed_of("example.org/other", 3, ledger_->head().root_hash)}) {
    forge([&](BackupManifest& manifest) { manifest.checkpoint = inside; });
    EXPECT_THAT(findings(), ElementsAre("checkpoint"));
  }
}

TEST_F(BackupTest, KeepsHowHeadIsKept) {
  const Folders strict = Folders::of(folder_.path() / "strict");
  ASSERT_TRUE(Ledger::create({strict, "example.org/strict", HeadPolicy::strict}));
  const auto made = back_up(strict, copy_);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->manifest.head.tree_size, 0U);
  EXPECT_THAT(findings(), IsEmpty());
  restored(elsewhere_, request());
  const auto log = store::EventLog::open({elsewhere_.ledger, store::Access::read_only, nullptr});
  ASSERT_TRUE(log);
  EXPECT_EQ((*log)->identity().head_mode, store::HeadMode::strict);
}

}  // namespace
}  // namespace liggare::ledger
