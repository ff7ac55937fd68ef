// Backups: made beside a writer, checked where they lie, and restored without going back unasked
// (reliability, T13).
#include "ledger/backup.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/bytes.h"
#include "inspect/verify.h"
#include "ledger/access_log.h"
#include "ledger/access_years.h"
#include "ledger/backup_check.h"
#include "ledger/checkpoints.h"
#include "ledger/erasure.h"
#include "ledger/restore.h"
#include "ledger/vault_care.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class BackupTest : public LedgerTest {
 protected:
  void add(int from, int to) {
    if (ledger_ == nullptr) open();
    std::vector<Proposal> many;
    for (int i = from; i < to; ++i) many.push_back({registered(fmt::format("P{}", i)), {}});
    for (const Verdict& verdict : append(many)) EXPECT_EQ(word(verdict), "accepted");
  }
  void look_at(const std::string& who) {
    const auto log = AccessLog::open_for_writing(folders_.ledger, "example.org/test", clock_);
    ASSERT_TRUE(log);
    access::Record record;
    record.who = who;
    record.submitted_by = "local/1";
    record.outcome = access::Outcome::allowed;
    const auto places = (*log)->record({&record, 1});
    ASSERT_TRUE(places) << places.error().message;
  }

  MadeBackup backup() {
    auto made = back_up(folders_, copy_, {&clock_, {}, {}});
    EXPECT_TRUE(made) << made.error().message;
    return made ? *std::move(made) : MadeBackup{};
  }
  std::string backup_error() {
    const auto made = back_up(folders_, copy_);
    return made ? "" : std::string(name_of(made.error().code)) + ": " + made.error().message;
  }
  // The codes of what is found.
  std::vector<std::string> findings(const BackupCheckRequest& request = {}) {
    const auto report = check_backup(copy_, request);
    EXPECT_TRUE(report) << report.error().message;
    std::vector<std::string> codes;
    if (!report) return codes;
    for (const BackupFinding& finding : report->findings) codes.push_back(finding.code);
    return codes;
  }

  LedgerRestoreRequest request() {
    LedgerRestoreRequest request;
    request.backup = copy_;
    request.clock = &clock_;
    return request;
  }
  RestoredLedger restored(const Folders& folders, const LedgerRestoreRequest& request) {
    auto done = restore_ledger(folders, request);
    EXPECT_TRUE(done) << done.error().message;
    if (!done) return {};
    EXPECT_TRUE(*done) << done->error().rejection.detail;
    return *done ? **std::move(done) : RestoredLedger{};
  }
  std::string restore_error(const Folders& folders, const LedgerRestoreRequest& request) {
    const auto done = restore_ledger(folders, request);
    if (!done) return std::string(name_of(done.error().code)) + ": " + done.error().message;
    return *done ? "" : "refused";
  }

  static void expect_whole(const Folders& folders, const merkle::TreeHead& head) {
    const auto ledger = Ledger::open({folders, Mode::read});
    ASSERT_TRUE(ledger) << ledger.error().message;
    EXPECT_EQ((*ledger)->head(), head);
    inspect::VerifyOptions options;
    options.ledger = folders.ledger;
    const auto verified = inspect::verify(options);
    ASSERT_TRUE(verified) << verified.error().message;
    for (const auto& finding : verified->findings) ADD_FAILURE() << finding.code << finding.place;
    const auto access = verify_access_log(**ledger);
    ASSERT_TRUE(access) << access.error().message;
    for (const auto& finding : access->findings) ADD_FAILURE() << finding.place << finding.found;
  }
  std::vector<fs::path> siblings() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder_.path())) found.push_back(entry.path());
    return found;
  }

  const fs::path copy_ = folder_.path() / "copy";
  // Another machine: no keys, no vault, nothing known.
  const Folders elsewhere_ = Folders::of(folder_.path() / "elsewhere");
};

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

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

TEST_F(BackupTest, IsMadeBesideAWriterAndRestoredToTheSameRoots) {
  open();
  std::atomic<int> written = 0;
  std::jthread writer([&](const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i) {
      const auto verdicts = ledger_->append({{registered(fmt::format("W{}", i)), {}}});
      if (verdicts && verdicts->front()) ++written;
    }
  });
  for (int round = 0; round < 10; ++round) {
    const int enough = written + 20;
    while (written < enough) std::this_thread::yield();
    const MadeBackup made = backup();
    ASSERT_GE(made.manifest.head.tree_size, static_cast<std::uint64_t>(enough));
    ASSERT_THAT(findings(), IsEmpty());
    const Folders into = Folders::of(folder_.path() / fmt::format("r{}", round));
    EXPECT_THAT(restored(into, request()).anchors, IsEmpty());
    expect_whole(into, made.manifest.head);
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

TEST_F(BackupTest, ReplacesALostLedgerAndKeepsItsVault) {
  add(0, 10);
  accept(note("n1", "P1", "kept"));
  ASSERT_TRUE(newest_checkpoint(*ledger_));
  const MadeBackup made = backup();
  close();
  fs::remove(folders_.ledger / "log/CURRENT");
  ASSERT_EQ(Ledger::open({folders_, Mode::read}).error().code, ErrorCode::corrupt);
  const RestoredLedger done = restored(folders_, request());
  EXPECT_THAT(done.anchors, ElementsAre("head", "signed"));
  EXPECT_EQ(done.head, made.manifest.head);
  EXPECT_FALSE(done.rolled_back_from);
  EXPECT_TRUE(done.has_vault);
  ASSERT_TRUE(done.aside);
  EXPECT_TRUE(fs::exists(*done.aside / "HEAD"));
  EXPECT_FALSE(fs::exists(*done.aside / "vault"));
  expect_whole(folders_, made.manifest.head);
  open();
  const auto opened = verify_vault(*ledger_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->opened, 1U);
  accept(note("n2", "P1", "goes on"));
  EXPECT_TRUE(newest_checkpoint(*ledger_));
}

TEST_F(BackupTest, AStaleRestoreIsARollbackThatIsRecorded) {
  add(0, 10);
  const MadeBackup made = backup();
  add(10, 15);
  const merkle::TreeHead lost = ledger_->head();
  close();
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("rollback: the backup has 10"));
  expect_whole(folders_, lost);
  fs::remove(folders_.ledger / "log/CURRENT");  // Now HEAD alone knows.
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("rollback"));
  EXPECT_FALSE(fs::exists(folder_.path() / "ledger.restoring"));

  LedgerRestoreRequest refused = request();
  refused.accept_rollback = "person 19850101-2382";
  EXPECT_EQ(restore_error(folders_, refused), "refused");
  EXPECT_TRUE(fs::exists(folders_.ledger / "vault"));

  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "the disk failed";
  accepted.actor = "staff/it1";
  const RestoredLedger done = restored(folders_, accepted);
  EXPECT_EQ(done.rolled_back_from, lost);
  EXPECT_EQ(done.head.tree_size, 11U);
  expect_whole(folders_, done.head);
  const auto ledger = reader();
  const std::string said = ledger->history_entry(10)->text();
  EXPECT_THAT(said, HasSubstr(R"("type":"ledger.rolled-back")"));
  EXPECT_THAT(said, HasSubstr(R"("fromSize":15)"));
  EXPECT_THAT(said, HasSubstr(to_hex(lost.root_hash.view())));
  EXPECT_THAT(said, HasSubstr("the disk failed"));
  EXPECT_THAT(said, HasSubstr("staff/it1"));
  EXPECT_EQ(*merkle::root_at(10, [&](merkle::NodeId id) { return ledger->log().node(id); }),
            made.manifest.head.root_hash);
}

TEST_F(BackupTest, ACheckpointElsewhereForbidsGoingBackToo) {
  add(0, 10);
  backup();
  add(10, 12);
  LedgerRestoreRequest given = request();
  given.checkpoint = newest_checkpoint(*ledger_)->note;
  EXPECT_THAT(restore_error(elsewhere_, given), HasSubstr("without the ledger's key"));
  given.key = verifier_keys(*ledger_)->front();
  EXPECT_THAT(restore_error(elsewhere_, given), HasSubstr("rollback"));
  // SIGNED says it as well, where the keys are at hand.
  const Folders with_keys = Folders::of(elsewhere_.ledger, folders_.keys);
  EXPECT_THAT(restore_error(with_keys, request()), HasSubstr("signed says 12"));
  backup();
  EXPECT_THAT(restored(elsewhere_, given).anchors, ElementsAre("checkpoint"));
}

TEST_F(BackupTest, KeepsReadsThatAreYoungerThanTheBackup) {
  add(0, 3);
  look_at("staff/A");
  const MadeBackup made = backup();
  look_at("staff/B");
  close();
  const RestoredLedger done = restored(folders_, request());
  EXPECT_EQ(done.access_records_kept, 1U);
  expect_whole(folders_, made.manifest.head);
  EXPECT_EQ(access_head(folders_.ledger)->head.tree_size, 2U);
  // Where they can't be read, they are lost, and that is a rollback.
  look_at("staff/C");
  fs::remove(folders_.ledger / "access/2026/log/CURRENT");
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("access log of 2026 says 3"));
  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "the disk failed";
  EXPECT_EQ(restored(folders_, accepted).head.tree_size, 4U);
  EXPECT_EQ(access_head(folders_.ledger)->head.tree_size, 1U);
}

TEST_F(BackupTest, ARestoreThatIsKilledLosesNothing) {
  add(0, 10);
  accept(note("n1", "P1", "kept"));
  look_at("staff/A");
  const merkle::TreeHead head = backup().manifest.head;
  close();
  int step = 0;
  for (bool was_killed = true; was_killed; ++step) {
    ASSERT_LT(step, 30);
    const pid_t child = ::fork();
    if (child == 0) {
      int left = step;
      LedgerRestoreRequest dying = request();
      dying.at_step = [&left] {
        if (left-- == 0) ::_exit(9);
      };
      const auto done = restore_ledger(folders_, dying);
      ::_exit(done && *done ? 0 : 7);
    }
    int ended = 0;
    ::waitpid(child, &ended, 0);
    was_killed = WEXITSTATUS(ended) == 9;
    ASSERT_TRUE(was_killed || WEXITSTATUS(ended) == 0) << step;
    // At every moment there is a whole ledger under its name.
    const auto seen = Ledger::open({folders_, Mode::read});
    ASSERT_TRUE(seen) << step << seen.error().message;
    ASSERT_EQ((*seen)->head(), head) << step;
  }
  EXPECT_GE(step, 7);
  expect_whole(folders_, head);
  open();
  EXPECT_EQ(verify_vault(*ledger_)->opened, 1U);
  for (const fs::path& each : siblings()) EXPECT_NE(each.filename(), "ledger.restoring");
}

TEST_F(BackupTest, IsNotRestoredOverAWriter) {
  add(0, 3);
  backup();
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("busy"));
  fs::create_directory(elsewhere_.ledger);
  test::write_bytes(elsewhere_.ledger / "letter", "mine");
  EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("no ledger"));
  EXPECT_TRUE(fs::exists(elsewhere_.ledger / "letter"));
}

}  // namespace
}  // namespace liggare::ledger
