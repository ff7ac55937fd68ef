// What a power cut leaves of the last write: its beginning, and zeros up to where it was to end.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "tests/store/sample_ledger.h"
#include "tests/support/temporary_folder.h"

namespace liggare::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t sector = 512;
constexpr std::size_t page = 8 * sector;  // Blocks end where pages do.

class TornTail : public SampleLedger {
 protected:
  static constexpr std::uint64_t size = 20;

  // A ledger whose last record, of so many bytes, was never acknowledged: HEAD is from before it.
  // Gives where its write begins in the write-ahead log.
  std::size_t write_unacknowledged(std::size_t bytes) {
    create(HeadMode::strict);  // So that HEAD is written when append() returns.
    const auto log = open();
    EXPECT_TRUE(append_samples(*log, size));
    const std::size_t begin = fs::file_size(log_file(".log"));
    fs::copy_file(head_file(), folder() / "HEAD.old");
    EXPECT_TRUE(append_samples(*log, 1, bytes));
    fs::rename(folder() / "HEAD.old", head_file());
    return begin;
  }

  static void put(const fs::path& file, const std::string& bytes) {
    fs::remove(file);
    ASSERT_TRUE(write_new_file(file, bytes, Readers::everyone));
  }

  // Opening for writing begins a new file: so many tears are looked at by readers alone.
  void tear(const std::string& whole, const fs::path& file, std::size_t at) {
    put(file, whole.substr(0, at) + std::string(whole.size() - at, '\0'));
  }
};

// Three blocks of RocksDB's log, so that the record is of several pieces.
TEST_F(TornTail, IsPassedOverWhereverItWasTorn) {
  const std::size_t begin = write_unacknowledged(70'000);
  const fs::path file = log_file(".log");
  const std::string whole = test::read_bytes(file);
  ASSERT_GT(whole.size(), begin + 70'000);
  for (std::size_t at = (begin / page + 1) * page; at < whole.size(); at += page) {
    tear(whole, file, at);
    const auto log = EventLog::open({folder(), Access::read_only});
    ASSERT_TRUE(log) << at << ": " << log.error().message;
    ASSERT_TRUE(holds_samples(**log, size)) << at;
  }
  const auto log = open();
  ASSERT_TRUE(holds_samples(*log, size));
  ASSERT_TRUE(append_samples(*log, 5));
  EXPECT_TRUE(holds_samples(*open(Access::read_only), size + 5));
}

// As an opening leaves it that was killed before it had taken in the file before.
TEST_F(TornTail, IsPassedOverBeforeANewerFileThatIsEmptyOrZeros) {
  const std::size_t begin = write_unacknowledged(5'000);
  const fs::path file = log_file(".log");
  tear(test::read_bytes(file), file, (begin / page + 1) * page);
  for (const std::size_t zeros : {std::size_t{0}, page}) {
    put(file.parent_path() / "100000.log", std::string(zeros, '\0'));
    EXPECT_TRUE(holds_samples(*open(Access::read_only), size)) << zeros;
  }
  EXPECT_TRUE(holds_samples(*open(), size));
}

TEST_F(TornTail, ThatWasAcknowledgedIsMissed) {
  create_with(size);
  const fs::path file = log_file(".log");
  const std::string whole = test::read_bytes(file);
  tear(whole, file, (whole.size() - 1) / sector * sector);
  EXPECT_EQ(refusal(Access::read_only).code, ErrorCode::corrupt);
  EXPECT_EQ(refusal().code, ErrorCode::corrupt);
}

TEST_F(TornTail, IsNotSeenInARecordThatChanged) {
  const std::size_t begin = write_unacknowledged(5'000);
  const fs::path file = log_file(".log");
  const std::string whole = test::read_bytes(file);
  for (const std::size_t zeros : {std::size_t{0}, sector, 3 * sector}) {
    std::string changed = whole + std::string(zeros, '\0');
    changed[begin + 2'000] = static_cast<char>(changed[begin + 2'000] ^ 1);
    put(file, changed);
    EXPECT_EQ(refusal(Access::read_only).code, ErrorCode::corrupt) << zeros;
  }
}

TEST_F(TornTail, IsNotSeenInZerosBehindAWholeRecord) {
  write_unacknowledged(5'000);
  const fs::path file = log_file(".log");
  put(file, test::read_bytes(file) + std::string(4 * sector, '\0'));
  const auto log = open(Access::read_only);
  EXPECT_EQ(log->head().tree_size, size + 1);
}

// RocksDB's own list of its files grows in the same form.
TEST_F(TornTail, OfTheManifestIsPassedOver) {
  create_with(size);
  fs::path manifest;
  for (const auto& entry : fs::directory_iterator(folder() / "log")) {
    if (entry.path().filename().string().starts_with("MANIFEST-")) manifest = entry.path();
  }
  const std::string whole = test::read_bytes(manifest);
  // A record of 3,000 bytes by its header, of which as much was written as lies before a sector.
  const std::string record =
      std::string("\x11\x22\x33\x44\xb8\x0b\x01", 7) + std::string(3'000, 'x');
  const std::size_t torn_at = (whole.size() / sector + 2) * sector;
  put(manifest, whole + record.substr(0, torn_at - whole.size()) +
                    std::string(record.size() - (torn_at - whole.size()), '\0'));
  EXPECT_TRUE(holds_samples(*open(Access::read_only), size));
  const auto log = open();
  ASSERT_TRUE(append_samples(*log, 5));
  EXPECT_TRUE(holds_samples(*open(Access::read_only), size + 5));
}

}  // namespace
}  // namespace liggare::store
