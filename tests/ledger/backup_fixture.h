// A ledger with a folder to back it up to, another machine to restore it on, and a small language
// for both.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "base/bytes.h"
#include "inspect/verify.h"
#include "ledger/access_log.h"
#include "ledger/access_years.h"
#include "ledger/backup.h"
#include "ledger/backup_check.h"
#include "ledger/restore.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {

namespace fs = std::filesystem;

class BackupTest : public LedgerTest {
 protected:
  void add(int from, int to) {
    if (ledger_ == nullptr) open();
    std::vector<Proposal> many;
    for (int i = from; i < to; ++i) many.push_back({registered(fmt::format("P{}", i)), {}});
    for (const Verdict& verdict : append(many)) EXPECT_EQ(word(verdict), "accepted");
  }
  // `count` records, each of so many events.
  void look_at(const std::string& who, const std::string& subject = "", std::size_t count = 1,
               std::size_t events = 0) {
    const auto log = AccessLog::open_for_writing(folders_.ledger, "example.org/test", clock_);
    ASSERT_TRUE(log);
    access::Record record;
    record.who = who;
    record.submitted_by = "local/1";
    record.outcome = access::Outcome::allowed;
    record.subject = subject;
    record.events.resize(events);
    for (std::size_t i = 0; i < events; ++i) record.events[i] = 100'000'000 + i;
    std::vector<access::Record> records(count, record);
    const auto places = (*log)->record(records);
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
  // How many ledgers lie beside it that a restore replaced.
  int asides() {
    int count = 0;
    for (const fs::path& each : siblings()) {
      if (each.filename().string().starts_with("ledger.before-restore-")) ++count;
    }
    return count;
  }
  std::vector<fs::path> siblings() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder_.path())) found.push_back(entry.path());
    return found;
  }

  // The manifest as somebody would write it who wants it to pass for whole.
  void forge(const std::function<void(BackupManifest& manifest)>& change) {
    auto manifest = read_manifest(copy_);
    ASSERT_TRUE(manifest) << manifest.error().message;
    change(*manifest);
    test::write_bytes(copy_ / "manifest", manifest->print());
  }

  const fs::path copy_ = folder_.path() / "copy";
  // Another machine: no keys, no vault, nothing known.
  const Folders elsewhere_ = Folders::of(folder_.path() / "elsewhere");
};

inline std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace liggare::ledger
