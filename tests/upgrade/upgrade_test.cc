// Ledgers that earlier releases wrote, and this one must read to the last byte, prove and carry on
// (README.md).
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <rocksdb/db.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "audit/bundle_check.h"
#include "audit/checkpoint_check.h"
#include "audit/proof_check.h"
#include "inspect/verify.h"
#include "ledger/access_years.h"
#include "ledger/backup.h"
#include "ledger/checkpoints.h"
#include "ledger/restore.h"
#include "ledger/seal.h"
#include "ledger/vault_care.h"
#include "projections/all.h"
#include "store/rocks/options.h"
#include "tests/support/fixed_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/upgrade/description.h"

namespace liggare::upgrade {
namespace {

namespace fs = std::filesystem;
using ledger::Ledger;

constexpr unsigned newest_format = 2;
const fs::path golden = fs::path(LIGGARE_SOURCE_DIR) / "tests/upgrade/golden";

// "v1" for v1.tar.gz.
std::vector<std::string> formats() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(golden)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".tar.gz")) names.push_back(name.substr(0, name.find('.')));
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Upgrade : public testing::TestWithParam<std::string> {
 protected:
  Upgrade() {
    const std::string unpack = fmt::format("tar -xzf '{}/{}.tar.gz' -C '{}'", golden.string(),
                                           GetParam(), folder_.path().string());
    EXPECT_EQ(std::system(unpack.c_str()), 0) << unpack;
  }

  std::string kept(const std::string& name) const { return test::read_bytes(place_ / name); }

  std::unique_ptr<Ledger> open(ledger::Mode mode) const {
    auto opened = Ledger::open({folders_, mode, &clock_});
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }

  audit::Trust trust() const {
    const auto key = merkle::parse_key_file(kept("town.vkey"));
    EXPECT_TRUE(key);
    return {{{*key, "town.vkey"}}, std::nullopt};
  }

  void expect_intact() const {
    inspect::VerifyOptions options;
    options.ledger = folders_.ledger;
    options.keys = folders_.keys;
    options.is_full = true;
    options.projections = projections::all_projections();
    options.checkpoints = {{"early", kept("early.checkpoint")}, {"late", kept("late.checkpoint")}};
    const auto report = inspect::verify(options);
    ASSERT_TRUE(report) << report.error().message;
    for (const auto& finding : report->findings) {
      ADD_FAILURE() << finding.code << " " << finding.place << ": " << finding.found;
    }
    EXPECT_TRUE(report->covered);
  }

  // Looks at the log beneath, or changes it: `use` gets RocksDB and the family `heads`.
  template <class Use>
  void with_log(const Use& use) const {
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    const auto status = rocksdb::DB::Open(store::log_options(nullptr, store::WhenMissing::fail),
                                          (folders_.ledger / "log").string(), store::log_families(),
                                          &handles, &opened);
    ASSERT_TRUE(status.ok()) << status.ToString();
    const std::unique_ptr<rocksdb::DB> database(opened);
    EXPECT_TRUE(use(*database, handles.back()).ok());
    for (auto* each : handles) database->DestroyColumnFamilyHandle(each);
  }

  // What a release to come may write there.
  void set_format(unsigned number) const {
    with_log([&](rocksdb::DB& database, rocksdb::ColumnFamilyHandle* heads) {
      return database.Put(
          store::synced_write(), heads, "ledger",
          fmt::format("liggare {}\norigin example.org/golden-test\nhead floor\n", number));
    });
  }

  std::string stored_identity() const {
    std::string identity;
    with_log([&](rocksdb::DB& database, rocksdb::ColumnFamilyHandle* heads) {
      return database.Get({}, heads, "ledger", &identity);
    });
    return identity;
  }

  test::TemporaryFolder folder_;
  const fs::path place_ = folder_.path() / GetParam();
  const ledger::Folders folders_ = ledger::Folders::of(place_ / "town");
  test::FixedClock clock_{*Day::from_date(2027, 1, 15)};
};

TEST_P(Upgrade, ReadsTheSameBytesRootsAndAnswers) {
  const auto reading = open(ledger::Mode::read);
  ASSERT_NE(reading, nullptr);
  EXPECT_EQ(describe(*reading), kept("description.txt"));
}

TEST_P(Upgrade, FindsItIntact) {
  expect_intact();
  const auto reading = open(ledger::Mode::read);
  ASSERT_NE(reading, nullptr);
  const auto access = ledger::verify_access_log(*reading);
  ASSERT_TRUE(access) << access.error().message;
  EXPECT_TRUE(access->findings.empty());
}

TEST_P(Upgrade, OpensWhatWasSealedAndNotErased) {
  const auto writing = open(ledger::Mode::write);
  ASSERT_NE(writing, nullptr);
  const auto vault = ledger::verify_vault(*writing);
  ASSERT_TRUE(vault) << vault.error().message;
  EXPECT_TRUE(vault->findings.empty());
  EXPECT_GT(vault->opened, 20U);
  EXPECT_EQ(vault->opened + vault->erased, vault->sections);
  EXPECT_EQ(vault->erased, 1U);
}

TEST_P(Upgrade, BelievesOldCheckpointsProofsAndBundles) {
  const std::string checkpoint = kept("early.checkpoint");
  EXPECT_FALSE(audit::check_checkpoint(checkpoint, trust()).refusal);
  const std::string proof = kept("early.tlog-proof");
  std::string leaf = kept("early.leaf");
  EXPECT_FALSE(audit::check_proof({proof, leaf}, trust()).refusal);
  EXPECT_FALSE(audit::check_bundle(place_ / "bundle", trust()).refusal);
  leaf.back() = static_cast<char>(leaf.back() ^ 1);
  EXPECT_TRUE(audit::check_proof({proof, leaf}, trust()).refusal);
}

TEST_P(Upgrade, GoesOnWritingSigningAndSealing) {
  auto writing = open(ledger::Mode::write);
  ASSERT_NE(writing, nullptr);
  const std::uint64_t size = writing->head().tree_size;
  const auto verdicts = writing->append(
      {{R"({"specversion":"1.0","id":"new","source":"/test","type":"note.recorded",)"
        R"("subject":"participant/G1","effective":"2027-01-01","actor":"staff/G1",)"
        R"("data":{"personal":{"ordinary":{"text":"by a newer release"}}}})",
        std::nullopt}});
  ASSERT_TRUE(verdicts) << verdicts.error().message;
  ASSERT_TRUE(verdicts->front()) << verdicts->front().error().rejection.detail;
  EXPECT_EQ(verdicts->front()->position, size);
  ledger::Bookkeeper bookkeeper;
  const auto sealed = bookkeeper.seal(*writing, "system/test");
  ASSERT_TRUE(sealed) << sealed.error().message;
  EXPECT_TRUE(*sealed);
  const auto newest = ledger::newest_checkpoint(*writing);
  ASSERT_TRUE(newest) << newest.error().message;
  EXPECT_EQ(newest->checkpoint.head.tree_size, size + 2);
  writing.reset();
  expect_intact();
}

TEST_P(Upgrade, KeepsItsFormatUntilItIsRestored) {
  const std::string before = stored_identity();
  EXPECT_THAT(before, testing::StartsWith(fmt::format("liggare {}\n", GetParam().substr(1))));
  ASSERT_NE(open(ledger::Mode::write), nullptr);
  EXPECT_EQ(stored_identity(), before);

  ledger::LedgerRestoreRequest request;
  request.backup = folder_.path() / "copy";
  request.clock = &clock_;
  const auto made = ledger::back_up(folders_, request.backup, {&clock_, {}, {}});
  ASSERT_TRUE(made) << made.error().message;
  const auto restored = ledger::restore_ledger(folders_, request);
  ASSERT_TRUE(restored) << restored.error().message;
  ASSERT_TRUE(*restored);
  EXPECT_THAT(stored_identity(), testing::StartsWith(fmt::format("liggare {}\n", newest_format)));
  expect_intact();
  const auto reading = open(ledger::Mode::read);
  ASSERT_NE(reading, nullptr);
  EXPECT_EQ(describe(*reading), kept("description.txt"));
}

TEST_P(Upgrade, ReproducesWhatWasPublished) {
  const auto reading = open(ledger::Mode::read);
  ASSERT_NE(reading, nullptr);
  EXPECT_TRUE(reading->edition("places-2021"));
}

TEST_P(Upgrade, LeavesWhatANewerReleaseWroteAlone) {
  const auto own = static_cast<unsigned>(std::stoul(GetParam().substr(1)));
  set_format(own);
  EXPECT_NE(open(ledger::Mode::write), nullptr);
  set_format(newest_format + 1);
  for (const auto mode : {ledger::Mode::read, ledger::Mode::write}) {
    const auto opened = Ledger::open({folders_, mode, &clock_});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::unsupported);
    EXPECT_THAT(opened.error().message,
                testing::HasSubstr(fmt::format("format {}", newest_format + 1)));
  }
  inspect::VerifyOptions options;
  options.ledger = folders_.ledger;
  const auto report = inspect::verify(options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::unsupported);
}

INSTANTIATE_TEST_SUITE_P(Golden, Upgrade, testing::ValuesIn(formats()),
                         [](const auto& format) { return format.param; });

}  // namespace
}  // namespace liggare::upgrade
