// One flipped byte anywhere in a closed log is noticed, or changes nothing that is read.
#include <gtest/gtest.h>

#include <algorithm>

#include "store/head_file.h"
#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

namespace fs = std::filesystem;

enum class Notice { at_opening, in_a_file, in_reading, none_and_unchanged, none_but_changed };

class Damage : public SampleLedger {
 protected:
  static constexpr std::uint64_t size = 400;

  // Half of the events in tables, half in the write-ahead log.
  void SetUp() override {
    create_with(size / 2);
    ASSERT_TRUE(append_samples(*open(), size / 2));
  }

  Notice look() const {
    const auto log = EventLog::open({folder(), Access::read_only});
    if (!log) return Notice::at_opening;
    const auto damaged = (*log)->check_files();
    if (!damaged || !damaged->empty()) return Notice::in_a_file;
    const auto ignore = [](std::uint64_t, std::string_view) { return Result<void>(); };
    if (!(*log)->scan({0, (*log)->head().tree_size}, ignore)) return Notice::in_reading;
    return holds_samples(**log, size) ? Notice::none_and_unchanged : Notice::none_but_changed;
  }

  // What is noticed for `count` bytes spread over the file, each flipped alone.
  std::vector<Notice> look_at_flips(const fs::path& file, std::uint64_t count) const {
    std::vector<Notice> notices;
    const std::uint64_t bytes = fs::file_size(file);
    for (std::uint64_t i = 0; i < std::min(count, bytes); ++i) {
      const std::uint64_t offset = (2 * i + 1) * bytes / (2 * std::min(count, bytes));
      flip_byte(file, offset);
      notices.push_back(look());
      EXPECT_NE(notices.back(), Notice::none_but_changed) << file << " at " << offset;
      flip_byte(file, offset);
    }
    return notices;
  }
};

TEST_F(Damage, IsNeverReadAsHistory) {
  ASSERT_EQ(look(), Notice::none_and_unchanged);
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    if (entry.is_regular_file() && entry.file_size() > 0) look_at_flips(entry.path(), 15);
  }
}

TEST_F(Damage, OfTheWriteAheadLogIsRefusedAtOpening) {
  for (const auto notice : look_at_flips(log_file(".log"), 40)) {
    EXPECT_EQ(notice, Notice::at_opening);
  }
}

TEST_F(Damage, OfATableIsNamedOrRefused) {
  for (const auto& entry : fs::directory_iterator(folder() / "log")) {
    if (entry.path().extension() != ".sst") continue;
    for (const auto notice : look_at_flips(entry.path(), 25)) {
      EXPECT_TRUE(notice == Notice::at_opening || notice == Notice::in_a_file);
    }
  }
}

TEST_F(Damage, OfSeveralTablesNamesEachOfThem) {
  std::vector<std::string> flipped;
  for (const auto& entry : fs::directory_iterator(folder() / "log")) {
    if (entry.path().extension() != ".sst" || flipped.size() == 2) continue;
    flip_byte(entry.path(), 10);
    flipped.push_back("log/" + entry.path().filename().string());
  }
  std::ranges::sort(flipped);
  const auto log = EventLog::open({folder(), Access::read_only});
  ASSERT_TRUE(log) << log.error().message;
  EXPECT_EQ(*(*log)->check_files(), flipped);
}

}  // namespace
}  // namespace liggare::store
