// Ledgers made of backups, and never of an older one unasked (reliability, T13).
#include "ledger/restore.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "ledger/access_checkpoint.h"
#include "ledger/checkpoints.h"
#include "ledger/doctor.h"
#include "ledger/erasure.h"
#include "ledger/key_rotation.h"
#include "ledger/seal.h"
#include "ledger/vault_care.h"
#include "store/writer_lock.h"
#include "tests/ledger/backup_fixture.h"

namespace liggare::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using RestoreTest = BackupTest;

TEST_F(RestoreTest, ReplacesALostLedgerAndKeepsItsVault) {
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
  EXPECT_FALSE(done.must_change_key);
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

TEST_F(RestoreTest, AStaleRestoreIsARollbackThatIsRecorded) {
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

TEST_F(RestoreTest, ACheckpointElsewhereForbidsGoingBackToo) {
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
  EXPECT_THAT(restore_error(with_keys, request()), HasSubstr("SIGNED, beside the keys, says 12"));
  backup();
  EXPECT_THAT(restored(elsewhere_, given).anchors, ElementsAre("checkpoint"));
}

TEST_F(RestoreTest, KeepsReadsThatAreYoungerThanTheBackup) {
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

TEST_F(RestoreTest, WithoutHeadTheLogTellsHowFarItHadCome) {
  add(0, 3);
  backup();
  add(3, 4);
  const merkle::TreeHead lost = ledger_->head();
  close();
  const fs::path head = folders_.ledger / "HEAD";
  const std::string bytes = test::read_bytes(head);
  for (const std::string& instead : {std::string(), std::string(bytes.size(), 'x')}) {
    test::write_bytes(head, instead);
    EXPECT_THAT(restore_error(folders_, request()), HasSubstr("the log that is there says 4"));
  }
  fs::remove(head);
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("the log that is there says 4"));
  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "the disk failed";
  EXPECT_EQ(restored(folders_, accepted).rolled_back_from, lost);
}

TEST_F(RestoreTest, WithoutHeadAnotherHistoryIsRefusedToo) {
  add(0, 3);
  close();
  fs::copy(folders_.ledger, folder_.path() / "fork", fs::copy_options::recursive);
  add(3, 4);
  backup();
  close();
  fs::remove_all(folders_.ledger);
  fs::rename(folder_.path() / "fork", folders_.ledger);
  add(5, 8);
  close();
  fs::remove(folders_.ledger / "HEAD");
  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "whatever it takes";
  EXPECT_THAT(restore_error(folders_, accepted), HasSubstr("another history than the log"));
}

TEST_F(RestoreTest, SaysWhoSignedTheBackup) {
  add(0, 3);
  backup();
  close();
  const Folders with_keys = Folders::of(elsewhere_.ledger, folders_.keys);
  EXPECT_EQ(restored(with_keys, request()).is_signed, true);
  fs::remove_all(elsewhere_.ledger);
  EXPECT_EQ(restored(elsewhere_, request()).is_signed, std::nullopt);
  fs::remove_all(elsewhere_.ledger);
  LedgerRestoreRequest given = request();
  given.key = KeyFolder(folders_.keys).signing_key()->verifier();
  EXPECT_EQ(restored(elsewhere_, given).is_signed, true);
  fs::remove_all(elsewhere_.ledger);
  forge([](BackupManifest& manifest) { manifest.signatures.clear(); });
  EXPECT_EQ(restored(with_keys, request()).is_signed, false);
  fs::remove_all(elsewhere_.ledger);
  EXPECT_THAT(restore_error(elsewhere_, given), HasSubstr("is not signed by the key given"));
  EXPECT_FALSE(fs::exists(elsewhere_.ledger));
}

TEST_F(RestoreTest, OfABackupWhoseCheckpointIsAnothersIsRefused) {
  add(0, 3);
  ASSERT_TRUE(newest_checkpoint(*ledger_));
  backup();
  close();
  forge([](BackupManifest& manifest) { manifest.identity.origin = "example.org/forged"; });
  EXPECT_THAT(restore_error(elsewhere_, request()),
              HasSubstr("the checkpoint in the backup is not of its events"));
  EXPECT_FALSE(fs::exists(elsewhere_.ledger));
}

TEST_F(RestoreTest, BehindWhatWasSignedOfTheAccessLogIsARollback) {
  add(0, 3);
  look_at("staff/A");
  backup();
  look_at("staff/B");
  ASSERT_TRUE(newest_access_checkpoint(*ledger_));
  close();
  fs::remove_all(folders_.ledger / "access");
  EXPECT_THAT(restore_error(folders_, request()),
              HasSubstr("the backup has 1 entries, SIGNED.access, beside the keys, says 2"));
  EXPECT_FALSE(fs::exists(folders_.ledger / "access"));
  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "the disk failed";
  EXPECT_EQ(restored(folders_, accepted).head.tree_size, 4U);
  // Another one than was signed.
  fs::remove_all(folders_.ledger / "access");
  look_at("staff/C");
  look_at("staff/D");
  fs::remove_all(copy_);
  backup();
  EXPECT_THAT(restore_error(folders_, request()),
              HasSubstr("SIGNED.access, beside the keys, knows"));
}

// At whatever step: the other one finishes.
TEST_F(RestoreTest, TwoAtOnceDoNotMeet) {
  add(0, 3);
  const merkle::TreeHead head = backup().manifest.head;
  close();
  for (const Folders& folders : {folders_, elsewhere_}) {
    int busy = 0;
    LedgerRestoreRequest first = request();
    first.at_step = [&] {
      if (restore_error(folders, request()).starts_with("busy: another process is restoring")) {
        ++busy;
      } else {
        ADD_FAILURE() << "at step " << busy;
      }
    };
    restored(folders, first);
    EXPECT_GE(busy, 4);
    expect_whole(folders, head);
  }
  for (const fs::path& each : siblings()) {
    const std::string name = each.filename().string();
    EXPECT_TRUE(name.find("restor") == std::string::npos ||
                name.starts_with("ledger.before-restore-"))
        << name;
  }
}

// Restores in a child that dies at the step given; whether it died.
bool is_killed(const Folders& folders, LedgerRestoreRequest request, int step) {
  const pid_t child = ::fork();
  if (child == 0) {
    int left = step;
    request.at_step = [&left] {
      if (left-- == 0) ::_exit(9);
    };
    const auto done = restore_ledger(folders, request);
    ::_exit(done && *done ? 0 : 7);
  }
  int ended = 0;
  ::waitpid(child, &ended, 0);
  EXPECT_TRUE(WEXITSTATUS(ended) == 9 || WEXITSTATUS(ended) == 0) << step;
  return WEXITSTATUS(ended) == 9;
}

TEST_F(RestoreTest, ARestoreThatIsKilledLosesNothing) {
  add(0, 10);
  accept(note("n1", "P1", "kept"));
  look_at("staff/A");
  const merkle::TreeHead head = backup().manifest.head;
  close();
  int step = 0;
  for (; is_killed(folders_, request(), step); ++step) {
    ASSERT_LT(step, 30);
    // At every moment there is a whole ledger under its name.
    const auto seen = Ledger::open({folders_, Mode::read});
    ASSERT_TRUE(seen) << step << seen.error().message;
    ASSERT_EQ((*seen)->head(), head) << step;
  }
  EXPECT_GE(step, 6);
  expect_whole(folders_, head);
  open();
  EXPECT_EQ(verify_vault(*ledger_)->opened, 1U);
  for (const fs::path& each : siblings()) EXPECT_NE(each.filename(), "ledger.restoring");
}

TEST_F(RestoreTest, ANewOneThatIsKilledIsNotTakenForAFormerLedger) {
  add(0, 3);
  const merkle::TreeHead head = backup().manifest.head;
  close();
  int step = 0;
  bool goes_on = true;
  for (; goes_on; ++step) {
    ASSERT_LT(step, 30);
    goes_on = is_killed(elsewhere_, request(), step);
    const bool was_in_place = fs::exists(elsewhere_.ledger);
    const RestoredLedger done = restored(elsewhere_, request());
    EXPECT_EQ(done.aside.has_value(), was_in_place) << step;
    expect_whole(elsewhere_, head);
    for (const fs::path& each : siblings()) {
      const std::string name = each.filename().string();
      if (name.starts_with("elsewhere")) fs::remove_all(each);
    }
  }
  EXPECT_GE(step, 5);
}

// Where folders can't change places in one step, the name may be empty for a moment; the same call
// again finds what was there, held against it, and its vault.
TEST_F(RestoreTest, IsKilledSafelyWithoutAnExchangeToo) {
  add(0, 3);
  accept(note("n1", "P1", "kept"));
  const merkle::TreeHead head = backup().manifest.head;
  close();
  LedgerRestoreRequest in_three = request();
  in_three.exchange = [](const fs::path&, const fs::path&) { return ENOSYS; };
  int step = 0;
  int nameless = 0;
  for (; is_killed(folders_, in_three, step); ++step) {
    ASSERT_LT(step, 30);
    if (!fs::exists(folders_.ledger)) {
      ++nameless;
      const auto seen = diagnose(folders_);
      ASSERT_TRUE(seen) << seen.error().message;
      EXPECT_THAT(seen->symptoms,
                  testing::Contains(testing::Field(&Symptom::code, "restore-unfinished")));
      // What had been made is made again, and is not kept beside it as if it were a ledger.
      const int before = asides();
      EXPECT_EQ(restore_error(folders_, request()), "");
      EXPECT_EQ(asides(), before + 1);
    }
    EXPECT_EQ(Ledger::open({folders_, Mode::read}).value()->head(), head) << step;
  }
  EXPECT_EQ(nameless, 1);
  const RestoredLedger done = restored(folders_, in_three);
  EXPECT_THAT(done.anchors, ElementsAre("head", "log"));
  EXPECT_TRUE(done.has_vault);
  expect_whole(folders_, head);
  open();
  EXPECT_EQ(verify_vault(*ledger_)->opened, 1U);
  for (const fs::path& each : siblings()) {
    EXPECT_NE(each.filename(), "ledger.restoring");
    EXPECT_NE(each.filename(), "ledger.replaced");
  }
}

TEST_F(RestoreTest, TakesNoBackupForALedger) {
  add(0, 3);
  backup();
  const auto files = files_in(copy_);
  ASSERT_TRUE(back_up(folders_, folder_.path() / "second"));
  for (const fs::path& place : {copy_, copy_ / "inner", folder_.path()}) {
    EXPECT_THAT(restore_error(Folders::of(place), request()), HasSubstr("lie in each other"))
        << place;
  }
  EXPECT_THAT(restore_error(Folders::of(folder_.path() / "second"), request()),
              HasSubstr("holds something that is no ledger"));
  EXPECT_THAT(restore_error(Folders::of(folder_.path() / "no/where"), request()),
              HasSubstr("make it first"));
  EXPECT_EQ(files_in(copy_), files);
}

TEST_F(RestoreTest, IsNotRestoredOverAWriter) {
  add(0, 3);
  backup();
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("busy"));
  fs::create_directory(elsewhere_.ledger);
  test::write_bytes(elsewhere_.ledger / "letter", "mine");
  EXPECT_THAT(restore_error(elsewhere_, request()), HasSubstr("no ledger"));
  EXPECT_TRUE(fs::exists(elsewhere_.ledger / "letter"));
}

TEST_F(RestoreTest, AnEarlierOneThatWasStoppedIsEnded) {
  add(0, 3);
  backup();
  close();
  const fs::path taken_away = folder_.path() / "ledger.restoring";
  // Stopped after the exchange: the vault goes where a vault is lacking, and nowhere else.
  for (const char* vault : {"vault", "none"}) {
    fs::create_directories(taken_away / "vault");
    test::write_bytes(taken_away / "vault/left", "");
    if (std::string_view(vault) == "none") fs::remove_all(folders_.ledger / "vault");
    const RestoredLedger done = restored(folders_, request());
    EXPECT_TRUE(done.has_vault);
    EXPECT_EQ(fs::exists(folders_.ledger / "vault/left"), std::string_view(vault) == "none");
    EXPECT_FALSE(fs::exists(taken_away));
  }
  // Whoever moved the ledger away meanwhile loses nothing of what was taken away.
  fs::remove_all(folders_.ledger);
  fs::create_directories(taken_away / "vault");
  EXPECT_FALSE(restored(folders_, request()).has_vault);
  EXPECT_EQ(asides(), 5);  // All by one clock: none takes another one's name.
  // What no restore leaves is nobody's guess, and stays.
  fs::create_directory(taken_away);
  fs::create_directory(folder_.path() / "ledger.replaced");
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("look at them"));
  EXPECT_TRUE(fs::is_empty(taken_away));
}

TEST_F(RestoreTest, HoldsTheLedgerAndItsAccessLogMeanwhile) {
  add(0, 3);
  look_at("staff/A");
  backup();
  close();
  int steps = 0;
  LedgerRestoreRequest watched = request();
  watched.at_step = [&] {
    ++steps;
    EXPECT_TRUE(store::WriterLock::is_held(folders_.ledger / "lock")) << steps;
    if (fs::exists(folder_.path() / "ledger.restoring-unfinished")) {
      EXPECT_TRUE(store::WriterLock::is_held(folders_.ledger / "access/2026/lock"));
    }
  };
  restored(folders_, watched);
  EXPECT_GE(steps, 6);
}

TEST_F(RestoreTest, HeadAloneForbidsGoingBackByOne) {
  add(0, 3);
  backup();
  add(3, 4);
  close();
  fs::remove_all(folders_.ledger / "log");
  EXPECT_THAT(restore_error(folders_, request()), HasSubstr("has 3 entries, HEAD says 4"));
  fs::resize_file(folders_.ledger / "HEAD", 1);  // Now nothing knows.
  EXPECT_THAT(restored(folders_, request()).anchors, IsEmpty());
}

TEST_F(RestoreTest, IsAsOpenToOthersAsTheLedgerWas) {
  add(0, 3);
  backup();
  close();
  fs::create_directory(elsewhere_.ledger);  // An empty folder gives way.
  restored(elsewhere_, request());
  EXPECT_EQ(fs::status(elsewhere_.ledger).permissions(), fs::perms::owner_all);
  const fs::perms shared = fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec;
  fs::permissions(folders_.ledger, shared);
  restored(folders_, request());
  EXPECT_EQ(fs::status(folders_.ledger).permissions(), shared);
}

TEST_F(RestoreTest, OfAnotherHistoryThanWasSignedIsRefused) {
  add(0, 3);
  backup();
  const KeyFolder keys(folders_.keys);
  const merkle::SigningKey signers[] = {*keys.signing_key()};
  const merkle::Checkpoint fork{"example.org/test", {2, sha256({"fork"})}};
  const auto kept = merkle::sign_checkpoint(fork, signers);
  ASSERT_TRUE(keys.remember({signers[0].verifier(), kept}));
  const Folders with_keys = Folders::of(elsewhere_.ledger, folders_.keys);
  EXPECT_THAT(restore_error(with_keys, request()), HasSubstr("SIGNED, beside the keys, knows"));
  EXPECT_FALSE(fs::exists(elsewhere_.ledger));
  LedgerRestoreRequest given = request();
  given.checkpoint = kept;
  given.key = signers[0].verifier();
  EXPECT_THAT(restore_error(elsewhere_, given), HasSubstr("the checkpoint given knows"));
  test::write_bytes(folders_.keys / "SIGNED", "no key");
  EXPECT_THAT(restore_error(with_keys, request()), HasSubstr("corrupt"));
}

TEST_F(RestoreTest, WithTheKeysOrTheNameOfAnotherLedgerIsRefused) {
  add(0, 3);
  backup();
  close();
  const Folders other = Folders::of(folder_.path() / "other");
  ASSERT_TRUE(Ledger::create({other, "example.org/other", HeadPolicy::floor}));
  EXPECT_THAT(restore_error({elsewhere_.ledger, other.keys}, request()),
              HasSubstr("SIGNED, beside the keys, is of example.org/other"));
  EXPECT_THAT(restore_error({other.ledger, elsewhere_.keys}, request()),
              HasSubstr("the ledger that is there is of example.org/other"));
  LedgerRestoreRequest given = request();
  const merkle::SigningKey signers[] = {*KeyFolder(other.keys).signing_key()};
  given.checkpoint = merkle::sign_checkpoint({"example.org/other", {}}, signers);
  given.key = signers[0].verifier();
  EXPECT_THAT(restore_error(elsewhere_, given),
              HasSubstr("the checkpoint given is of example.org/other"));
  given.key = KeyFolder(folders_.keys).signing_key()->verifier();
  EXPECT_THAT(restore_error(elsewhere_, given), HasSubstr("is not signed by a key of this ledger"));
  for (const fs::path& each : siblings()) EXPECT_NE(each.filename(), "elsewhere");
}

// Without --vkey, whatever is left of the ledger's keys tells who signed.
TEST_F(RestoreTest, TakesACheckpointOfAnyKeyOfTheLedger) {
  add(0, 3);
  const auto before = newest_checkpoint(*ledger_)->note;
  const auto rotated = rotate_key(*ledger_, {"staff/it1", std::nullopt, std::nullopt});
  ASSERT_TRUE(rotated && *rotated);
  const auto newest = newest_checkpoint(*ledger_)->note;
  backup();
  close();
  const auto anchors_with = [&](const merkle::SignedNote& note) {
    LedgerRestoreRequest given = request();
    given.checkpoint = note;
    const auto done = restore_ledger(Folders::of(elsewhere_.ledger, folders_.keys), given);
    fs::remove_all(elsewhere_.ledger);
    return done ? (*done)->anchors : std::vector<std::string>{done.error().message};
  };
  // The overlap's second signature would do, too: leave the one line.
  merkle::SignedNote by_new = newest;
  std::erase_if(by_new.signatures, [&](const merkle::NoteSignature& line) {
    return !line.is_of(KeyFolder(folders_.keys).signing_key()->verifier());
  });
  ASSERT_EQ(by_new.signatures.size(), 1U);
  EXPECT_THAT(anchors_with(before), ElementsAre("signed", "checkpoint"));
  EXPECT_THAT(anchors_with(by_new), ElementsAre("signed", "checkpoint"));
  const std::string kept = test::read_bytes(folders_.keys / "SIGNED");
  fs::remove(folders_.keys / "SIGNED");
  EXPECT_THAT(anchors_with(by_new), ElementsAre("checkpoint"));
  test::write_bytes(folders_.keys / "SIGNED", kept);
  fs::remove(folders_.keys / "signing.key");
  EXPECT_THAT(anchors_with(by_new), ElementsAre("signed", "checkpoint"));
}

TEST_F(RestoreTest, ARollbackThatIsAcceptedInVainIsNotRecorded) {
  add(0, 3);
  look_at("staff/A");
  backup();
  close();
  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "to be on the safe side";
  const RestoredLedger done = restored(folders_, accepted);
  EXPECT_EQ(done.rolled_back_from, std::nullopt);
  EXPECT_EQ(done.head.tree_size, 3U);
  EXPECT_FALSE(done.must_change_key);
  EXPECT_THAT(done.anchors, ElementsAre("head", "log"));  // Nothing was ever signed.
}

TEST_F(RestoreTest, KeepsYoungerCertificates) {
  add(0, 3);
  fs::create_directory(folders_.ledger / "erasures");
  test::write_bytes(folders_.ledger / "erasures/e1.certificate", "first");
  backup();
  test::write_bytes(folders_.ledger / "erasures/e1.certificate", "written again");
  test::write_bytes(folders_.ledger / "erasures/e2.certificate", "younger");
  test::write_bytes(folders_.ledger / "erasures/e3.certificate.new", "half of");
  close();
  restored(folders_, request());
  EXPECT_EQ(files_in(folders_.ledger / "erasures").size(), 2U);
  EXPECT_EQ(test::read_bytes(folders_.ledger / "erasures/e1.certificate"), "first");
  EXPECT_EQ(test::read_bytes(folders_.ledger / "erasures/e2.certificate"), "younger");
}

// Each by itself and by whom it is of, whether it comes from the backup or from the ledger there
// is.
TEST_F(RestoreTest, FindsRecordsByTheirStreamAgain) {
  add(0, 3);
  for (int i = 0; i < 2; ++i) look_at("staff/A", "participant/P1");
  look_at("staff/A");
  backup();
  // More than what is written at once.
  look_at("staff/B", "participant/P2", 1'500, 500);
  close();
  const auto found = [&](const Folders& folders, std::string_view stream) {
    const auto log =
        store::EventLog::open({folders.ledger / "access/2026", store::Access::read_only, nullptr});
    EXPECT_TRUE(log);
    return (*log)->stream(stream, (*log)->head().tree_size)->size();
  };
  restored(elsewhere_, request());
  restored(folders_, request());
  for (const Folders& folders : {elsewhere_, folders_}) {
    EXPECT_EQ(found(folders, "participant/P1"), 2U);
    EXPECT_EQ(found(folders, "staff/A"), 1U);
  }
  EXPECT_EQ(found(folders_, "participant/P2"), 1'500U);
}

TEST_F(RestoreTest, OfAnotherAccessLogIsRefused) {
  add(0, 3);
  look_at("staff/A");
  look_at("staff/B");
  backup();
  close();
  fs::rename(folders_.ledger / "access", folder_.path() / "apart");
  look_at("staff/A");
  EXPECT_THAT(restore_error(folders_, request()),
              HasSubstr("another history than the access log of 2026 knows, at 1 entries"));
  look_at("staff/B");
  look_at("staff/C");
  EXPECT_THAT(restore_error(folders_, request()),
              HasSubstr("another history than the access log of 2026 knows, at 2 entries"));
  EXPECT_FALSE(fs::exists(folder_.path() / "ledger.restoring"));
}

TEST_F(RestoreTest, RecordsThatNoBackupHasAreMissed) {
  add(0, 3);
  backup();
  look_at("staff/A");
  close();
  fs::remove(folders_.ledger / "access/2026/log/CURRENT");
  EXPECT_THAT(restore_error(folders_, request()),
              HasSubstr("the backup has 0 entries, what is left of the access log of 2026 says 1"));
  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "the disk failed";
  const RestoredLedger done = restored(folders_, accepted);
  EXPECT_EQ(done.rolled_back_from->tree_size, 3U);
  EXPECT_EQ(done.head.tree_size, 4U);
  EXPECT_FALSE(fs::exists(folders_.ledger / "access/2026"));
  expect_whole(folders_, done.head);
}

TEST_F(RestoreTest, YearsThatWereDroppedDoNotComeBack) {
  open();
  accept(unit("U1"));
  accept(event("staff-D1", "staff.registered", "staff/D1", R"("unit":"U1")"));
  accept(event("role-D1", "role.granted", "staff/D1", R"("role":"dpo")"));
  look_at("staff/A");
  backup();
  clock_.set(parse_rfc3339("2027-01-02T08:00:00Z")->instant);
  look_at("staff/B");
  Bookkeeper bookkeeper;
  ASSERT_TRUE(bookkeeper.seal(*ledger_, "system/test"));
  close();
  const fs::path year = folders_.ledger / "access/2026";
  fs::copy(year, folder_.path() / "apart", fs::copy_options::recursive);
  const auto kept = drop_access_year(*reader(), 2026, "staff/D1");
  ASSERT_TRUE(kept) << kept.error().message;
  ASSERT_EQ(kept->value_or("dropped"), "dropped");
  LedgerRestoreRequest accepted = request();
  accepted.accept_rollback = "the disk failed";
  const RestoredLedger done = restored(folders_, accepted);
  EXPECT_FALSE(fs::exists(folders_.ledger / "access/2026"));
  EXPECT_TRUE(fs::exists(folders_.ledger / "access/2027"));
  // One that is there all the same is kept for those who look into it.
  fs::copy(folder_.path() / "apart", year, fs::copy_options::recursive);
  restored(folders_, accepted);
  EXPECT_TRUE(fs::exists(year));
  // On another machine nothing says that it was dropped.
  restored(elsewhere_, request());
  EXPECT_TRUE(fs::exists(elsewhere_.ledger / "access/2026"));
}

}  // namespace
}  // namespace liggare::ledger
