// What is told of a ledger that something is wrong with, however little is left of it.
#include "ledger/doctor.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

#include "base/file.h"
#include "ledger/access_checkpoint.h"
#include "ledger/access_log.h"
#include "ledger/backup_check.h"
#include "ledger/checkpoints.h"
#include "ledger/seal.h"
#include "ledger/vault_care.h"
#include "store/writer_lock.h"
#include "tests/ledger/erasure_fixture.h"
#include "tools/safekeeping_texts.h"

namespace liggare::ledger {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// Somebody reads, which the access log says.
void look_at(const Folders& folders, const Clock& clock) {
  const auto log = AccessLog::open_for_writing(folders.ledger, "example.org/test", clock);
  ASSERT_TRUE(log);
  access::Record record;
  record.who = "staff/A";
  record.submitted_by = "local/1";
  record.outcome = access::Outcome::allowed;
  ASSERT_TRUE((*log)->record({&record, 1}));
}

class DoctorTest : public LedgerTest {
 protected:
  DoctorTest() {
    open();
    accept(registered("P1"));
    accept(note("n1", "P1", "x"));
    EXPECT_TRUE(newest_checkpoint(*ledger_));
    close();
    options_.clock = &clock_;
    options_.free_bytes_low = 0;
  }
  // "error head-missing", the worst first.
  std::vector<std::string> told() {
    const auto seen = diagnose(folders_, options_);
    EXPECT_TRUE(seen) << seen.error().message;
    std::vector<std::string> told;
    if (!seen) return told;
    for (const Symptom& each : seen->symptoms) {
      told.push_back(std::string(domain::word_of(each.severity)) + " " + each.code);
    }
    return told;
  }

  DoctorOptions options_;
};

TEST_F(DoctorTest, AHealthyLedgerHasNoSymptoms) {
  EXPECT_THAT(told(), IsEmpty());
  const auto seen = diagnose(folders_, options_);
  EXPECT_EQ(seen->origin, "example.org/test");
  EXPECT_EQ(seen->size, 2U);
  EXPECT_EQ(seen->writer, std::nullopt);
  EXPECT_THAT(seen->not_checked, IsEmpty());
}

TEST_F(DoctorTest, WhatIsNoLedgerIsNotFound) {
  const auto seen = diagnose(Folders::of(folder_.path() / "nothing"), options_);
  EXPECT_EQ(seen.error().code, ErrorCode::not_found);
}

TEST_F(DoctorTest, NamesTheWriterAndWhatItCouldNotAsk) {
  open();
  const auto seen = diagnose(folders_, options_);
  EXPECT_EQ(seen->writer, std::to_string(::getpid()));
  EXPECT_THAT(seen->not_checked, ElementsAre("vault"));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DoctorTest, TellsOfAWriterThatDied) {
  test::write_bytes(folders_.ledger / "lock", "4242\n");
  EXPECT_THAT(told(), ElementsAre("note writer-died"));
}

TEST_F(DoctorTest, TellsWhatIsMissing) {
  struct Case {
    const char* file;
    bool in_keys;
    std::vector<std::string> told;
  };
  for (const Case& each : {
           Case{"log/CURRENT", false, {"error log-missing"}},
           Case{"HEAD", false, {"error head-missing", "error log-damaged"}},
           Case{"vault", false, {"warning vault-missing"}},
           Case{"projections", false, {"note projections-behind"}},
           Case{"SIGNED", true, {"error signed-missing"}},
           Case{"signing.key", true, {"warning key-missing"}},
           Case{"vault.key", true, {"error vault-unavailable", "warning key-missing"}},
       }) {
    const fs::path file = (each.in_keys ? folders_.keys : folders_.ledger) / each.file;
    fs::rename(file, folder_.path() / "apart");
    EXPECT_EQ(told(), each.told) << each.file;
    fs::rename(folder_.path() / "apart", file);
  }
  fs::rename(folders_.keys, folder_.path() / "apart");
  EXPECT_THAT(told(), Contains("warning keys-missing"));
  fs::rename(folder_.path() / "apart", folders_.keys);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DoctorTest, TellsWhatIsDamaged) {
  const fs::path head = folders_.ledger / "HEAD";
  const std::string bytes = test::read_bytes(head);
  test::write_bytes(head, std::string(bytes.size(), 'x'));
  EXPECT_THAT(told(), ElementsAre("error head-damaged", "error log-damaged"));
  std::string half = bytes;
  std::fill(half.begin(), half.begin() + 100, 'x');
  test::write_bytes(head, half);
  EXPECT_THAT(told(), Contains("warning head-slot"));
  test::write_bytes(head, bytes);
  for (const char* file : {"log/CURRENT", "log/MANIFEST"}) {
    for (const auto& entry : fs::directory_iterator(folders_.ledger / "log")) {
      const std::string path = entry.path().string();
      if (path.find(file) == std::string::npos) continue;
      const std::string kept = test::read_bytes(entry.path());
      test::write_bytes(entry.path(), "nothing that it should be");
      const auto symptoms = told();
      EXPECT_TRUE(std::any_of(symptoms.begin(), symptoms.end(), [](const std::string& each) {
        return each.starts_with("error log-");
      })) << file;
      test::write_bytes(entry.path(), kept);
    }
  }
  const fs::path last = folders_.keys / "SIGNED";
  const std::string kept = test::read_bytes(last);
  test::write_bytes(last, "x");
  EXPECT_THAT(told(), ElementsAre("error signed-damaged"));
  test::write_bytes(last, kept);
  EXPECT_THAT(told(), IsEmpty());
  test::flip_bit(folders_.ledger / "vault/slots", 40);
  const auto symptoms = told();
  ASSERT_FALSE(symptoms.empty());
  EXPECT_TRUE(symptoms[0].starts_with("error vault-")) << symptoms[0];
}

TEST_F(DoctorTest, TellsWhatIsWrongWithSigningKeys) {
  for (const char* name : {"signing.key", "access.key"}) {
    const std::string kept = test::read_bytes(folders_.keys / name);
    test::write_bytes(folders_.keys / name, "");
    EXPECT_THAT(told(), ElementsAre("error key-damaged")) << name;
    fs::remove(folders_.keys / name);
    EXPECT_THAT(told(), ElementsAre("warning key-missing")) << name;
    test::write_bytes(folders_.keys / name, kept);
    fs::permissions(folders_.keys / name, fs::perms::owner_read);
  }
  const fs::path last = folders_.keys / "SIGNED.access";
  const std::string kept = test::read_bytes(last);
  test::write_bytes(last, "x");
  EXPECT_THAT(told(), ElementsAre("error signed-damaged"));
  fs::remove(last);
  EXPECT_THAT(told(), ElementsAre("error signed-missing"));
  // As a ledger that was made without.
  fs::remove(folders_.keys / "access.key");
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DoctorTest, TellsThatTheAccessLogIsNotWhatWasSigned) {
  look_at(folders_, clock_);
  open();
  ASSERT_TRUE(newest_access_checkpoint(*ledger_));
  close();
  EXPECT_THAT(told(), IsEmpty());
  fs::rename(folders_.ledger / "access", folder_.path() / "apart");
  EXPECT_THAT(told(), ElementsAre("error access-diverged"));
  fs::rename(folder_.path() / "apart", folders_.ledger / "access");
  look_at(folders_, clock_);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(DoctorTest, TellsWhoMayReadWhatTheyShouldNot) {
  fs::permissions(folders_.ledger, fs::perms::all);
  EXPECT_THAT(told(), ElementsAre("warning folder-open"));
  fs::permissions(folders_.ledger, fs::perms::owner_all);
  fs::permissions(folders_.keys / "signing.key", fs::perms::group_read | fs::perms::owner_read);
  EXPECT_THAT(told(), ElementsAre("error keys-open"));
  fs::permissions(folders_.keys / "signing.key", fs::perms::owner_read);
  fs::permissions(folders_.keys, fs::perms::owner_all | fs::perms::others_exec);
  EXPECT_THAT(told(), ElementsAre("error keys-open"));
}

TEST_F(DoctorTest, TellsWhatDoesNotBelong) {
  test::write_bytes(folders_.ledger / "19850101-2382.txt", "");
  fs::create_directory(folder_.path() / "ledger.restoring");
  fs::create_directory(folder_.path() / "ledger.before-restore-20261122T000000");
  EXPECT_THAT(told(),
              ElementsAre("error restore-unfinished", "note foreign-files", "note ledger-aside"));
  const auto seen = diagnose(folders_, options_);
  for (const Symptom& each : seen->symptoms) {
    EXPECT_EQ((each.place + each.detail).find("19850101"), std::string::npos);
  }
  EXPECT_EQ(seen->symptoms.back().detail, "ledger.before-restore-20261122T000000");
}

TEST_F(DoctorTest, TellsThatTheDiskIsFull) {
  options_.free_bytes_low = UINT64_MAX / 2;
  EXPECT_THAT(told(), ElementsAre("error disk-low"));
  options_.free_bytes_low = fs::space(folders_.ledger).available * 2;
  EXPECT_THAT(told(), ElementsAre("warning disk-low"));
}

TEST_F(DoctorTest, TellsThatTheLedgerIsOlderThanWhatWasSigned) {
  fs::copy(folders_.ledger, folder_.path() / "older", fs::copy_options::recursive);
  open();
  accept(registered("P2"));
  EXPECT_TRUE(newest_checkpoint(*ledger_));
  close();
  fs::remove_all(folders_.ledger);
  fs::rename(folder_.path() / "older", folders_.ledger);
  EXPECT_THAT(told(), Contains("error rolled-back"));
  open();
  accept(registered("P3"));
  close();
  EXPECT_THAT(told(), Contains("error diverged"));
}

TEST_F(DoctorTest, TellsWhatHasWaitedTooLong) {
  open();
  accept(registered("P2"));
  close();
  EXPECT_THAT(told(), IsEmpty());
  const test::FixedClock tomorrow(*Day::from_date(2026, 11, 24));
  options_.clock = &tomorrow;
  EXPECT_THAT(told(), ElementsAre("warning checkpoint-old"));
  const test::FixedClock next_year(*Day::from_date(2027, 1, 1));
  options_.clock = &next_year;
  EXPECT_THAT(told(), ElementsAre("warning checkpoint-old", "warning seal-old"));
  open();
  Bookkeeper bookkeeper;
  const auto sealed = bookkeeper.seal(*ledger_, "system/liggare");
  ASSERT_TRUE(sealed && *sealed);
  EXPECT_TRUE(newest_checkpoint(*ledger_));
  close();
  EXPECT_THAT(told(), IsEmpty());
  const test::FixedClock yesterday(*Day::from_date(2026, 11, 20));
  options_.clock = &yesterday;
  EXPECT_THAT(told(), ElementsAre("warning clock-behind"));
}

TEST_F(DoctorTest, OfAllThatBelongsThereSaysNothing) {
  open();
  Bookkeeper bookkeeper;
  ASSERT_TRUE(bookkeeper.seal(*ledger_, "system/liggare"));
  EXPECT_TRUE(newest_checkpoint(*ledger_));
  close();
  look_at(folders_, clock_);
  fs::create_directory(folders_.ledger / "erasures");
  fs::permissions(folders_.ledger,
                  fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec);
  EXPECT_TRUE(fs::exists(folders_.ledger / "seals"));
  EXPECT_THAT(told(), IsEmpty());
  fs::permissions(folders_.ledger, fs::perms::owner_all | fs::perms::group_write);
  EXPECT_THAT(told(), ElementsAre("warning folder-open"));
}

TEST_F(DoctorTest, TellsOfEveryBitThatOpensTheKeys) {
  const fs::perms own = fs::perms::owner_read | fs::perms::owner_write;
  for (const char* name : {"SIGNED", "signing.key"}) {
    for (const fs::perms bit : {fs::perms::group_read, fs::perms::others_write}) {
      fs::permissions(folders_.keys / name, own | bit);
      EXPECT_THAT(told(), ElementsAre("error keys-open")) << name;
      fs::permissions(folders_.keys / name, own);
    }
  }
  fs::permissions(folders_.keys, fs::perms::owner_all | fs::perms::group_exec);
  EXPECT_THAT(told(), ElementsAre("error keys-open"));
}

TEST_F(DoctorTest, TellsWhereTheKeysAre) {
  const Folders inside = Folders::of(folder_.path() / "inside", folder_.path() / "inside/keys");
  ASSERT_TRUE(Ledger::create({inside, "example.org/inside", HeadPolicy::floor}));
  const auto seen = diagnose(inside, options_);
  ASSERT_TRUE(seen);
  EXPECT_THAT(seen->symptoms, Contains(testing::Field(&Symptom::code, "keys-inside")));
  const Folders other = Folders::of(folder_.path() / "other");
  ASSERT_TRUE(Ledger::create({other, "example.org/other", HeadPolicy::floor}));
  fs::remove(folders_.keys / "SIGNED");
  fs::copy(other.keys / "SIGNED", folders_.keys / "SIGNED");
  EXPECT_THAT(told(), ElementsAre("error keys-of-another"));
  fs::remove_all(folders_.keys);
  EXPECT_THAT(told(), ElementsAre("error vault-unavailable", "warning keys-missing"));
}

TEST_F(DoctorTest, TellsOfRowsAndYearsThatCanNotBeRead) {
  look_at(folders_, clock_);
  EXPECT_THAT(told(), IsEmpty());
  open();
  close();  // What was in the write-ahead log is in a table now.
  for (const auto& entry : fs::directory_iterator(folders_.ledger / "projections")) {
    if (entry.path().extension() == ".sst") test::flip_bit(entry.path(), 20);
  }
  EXPECT_THAT(told(), ElementsAre("warning projections-damaged"));
  fs::remove_all(folders_.ledger / "projections");
  open();
  // Beside a writer they lag, and nobody has to do anything.
  EXPECT_THAT(told(), IsEmpty());
  close();
  EXPECT_THAT(told(), IsEmpty());
  fs::remove(folders_.ledger / "access/2026/log/CURRENT");
  EXPECT_THAT(told(), ElementsAre("error access-damaged"));
  fs::remove_all(folders_.ledger / "access");
  test::write_bytes(folders_.ledger / "access", "a file");
  EXPECT_THAT(told(), ElementsAre("error access-damaged"));
}

TEST_F(DoctorTest, SeesALedgerInWhateverIsLeft) {
  for (const char* left : {"HEAD", "vault", "log"}) {
    const Folders rest = Folders::of(folder_.path() / left, folders_.keys);
    fs::create_directory(rest.ledger);
    fs::copy(folders_.ledger / left, rest.ledger / left, fs::copy_options::recursive);
    EXPECT_TRUE(diagnose(rest, options_)) << left;
  }
  fs::create_directory(folder_.path() / "gone.replaced");
  const auto seen = diagnose(Folders::of(folder_.path() / "gone", folders_.keys), options_);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->symptoms.front().code, "restore-unfinished");
  EXPECT_THAT(seen->symptoms, Contains(testing::Field(&Symptom::code, "log-missing")));
}

// The days that are allowed are not yet too many.
TEST_F(DoctorTest, WaitsForAsLongAsItSays) {
  open();
  accept(registered("P2"));
  close();
  const auto at = [&](Day day) {
    const test::FixedClock clock(day);
    options_.clock = &clock;
    auto symptoms = told();
    options_.clock = &clock_;
    return symptoms;
  };
  EXPECT_THAT(at(*Day::from_date(2026, 11, 23)), IsEmpty());
  EXPECT_THAT(at(*Day::from_date(2026, 11, 24)), ElementsAre("warning checkpoint-old"));
  options_.checkpoint_days = 400;
  EXPECT_THAT(at(*Day::from_date(2026, 12, 27)), IsEmpty());
  EXPECT_THAT(at(*Day::from_date(2026, 12, 28)), ElementsAre("warning seal-old"));
  // Nothing has come since the books were closed: they stand open for nothing.
  open();
  Bookkeeper bookkeeper;
  ASSERT_TRUE(bookkeeper.seal(*ledger_, "system/liggare"));
  close();
  EXPECT_THAT(at(*Day::from_date(2027, 2, 1)), IsEmpty());
}

std::vector<std::string_view> codes_of(std::span<const tools::Advice> advice) {
  std::vector<std::string_view> codes;
  for (const tools::Advice& each : advice) {
    codes.push_back(each.code);
    for (const auto& texts : {each.means, each.todo}) {
      EXPECT_NE(texts[0], "") << each.code;
      EXPECT_NE(texts[0], texts[1]) << each.code;
      EXPECT_NE(texts[1], "") << each.code;
    }
  }
  return codes;
}

TEST(Advice, IsThereForEveryCodeInBothLanguages) {
  EXPECT_THAT(codes_of(tools::symptom_advice()), testing::UnorderedElementsAreArray(symptom_codes));
  EXPECT_THAT(codes_of(tools::backup_advice()),
              testing::UnorderedElementsAreArray(backup_finding_codes));
}

class DoctorOfErasures : public ErasureTest {};

TEST_F(DoctorOfErasures, TellsOfErasuresAndBackupsOfTheVault) {
  DoctorOptions options;
  options.free_bytes_low = 0;
  const test::FixedClock later(*Day::from_date(2026, 12, 24));
  options.clock = &later;
  options.checkpoint_days = 400;
  const std::string decision = decided({health});
  ASSERT_TRUE(ledger_->vault()->begin_erasure({decision, "participant/P1", {health}, {}}));
  close();
  const auto codes = [&] {
    std::vector<std::string> told;
    const auto seen = diagnose(folders_, options);
    for (const Symptom& each : seen->symptoms) told.push_back(each.code);
    return told;
  };
  EXPECT_THAT(codes(), ElementsAre("erasure-unfinished"));
  open();
  EXPECT_EQ(execute(decision), "done");
  close();
  ASSERT_TRUE(back_up_vault(folders_, {folder_.path() / "v", *Day::from_date(2026, 11, 22),
                                       *Day::from_date(2026, 12, 1), ""}));
  EXPECT_THAT(codes(), ElementsAre("vault-backup-expired"));
  const test::FixedClock sooner(*Day::from_date(2026, 11, 23));
  options.clock = &sooner;
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(DoctorOfErasures, TellsOfKeysThatCameBack) {
  const std::string decision = decided({health});
  close();
  fs::copy(folders_.ledger / "vault", folder_.path() / "kept");
  open();
  EXPECT_EQ(execute(decision), "done");
  close();
  fs::remove_all(folders_.ledger / "vault");
  fs::copy(folder_.path() / "kept", folders_.ledger / "vault");
  DoctorOptions options;
  options.free_bytes_low = 0;
  options.clock = &clock_;
  const auto seen = diagnose(folders_, options);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->symptoms.front().code, "erasure-undone");
  EXPECT_EQ(seen->symptoms.front().detail, decision);
}

}  // namespace
}  // namespace liggare::ledger
