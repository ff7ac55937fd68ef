// Damage to the ledger's files: found, or harmless by proof (reliability, T5).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdio.h>

#include <array>
#include <fstream>

#include "tests/inspect/inspected_ledger.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

using testing::Contains;
using testing::IsEmpty;

struct FlipCount {
  std::uint64_t found = 0;
  std::uint64_t harmless = 0;
};

class FileDamage : public InspectedLedger {
 protected:
  // Two thirds of the events in tables, the others in the write-ahead log.
  void SetUp() override {
    auto records = sample_records(size, stream_count);
    const std::vector<SampleRecord> tail(records.begin() + 200, records.end());
    records.resize(200, records.front());
    write(records);
    ASSERT_TRUE(append(*open(), tail));
    ASSERT_THAT(findings(), IsEmpty());
  }

  FlipCount flip(const fs::path& file, std::uint64_t count) const {
    const std::string command = fmt::format("'{}' '{}' '{}' {} 2>&1", LIGGARE_FLIP_CHECK,
                                            folder().string(), file.string(), count);
    FILE* output = ::popen(command.c_str(), "r");
    std::string text;
    std::array<char, 4096> buffer{};
    while (::fgets(buffer.data(), buffer.size(), output) != nullptr) text += buffer.data();
    EXPECT_EQ(::pclose(output), 0) << file << "\n" << text;
    FlipCount flips;
    EXPECT_EQ(::sscanf(text.c_str(), "%lu %lu", &flips.found, &flips.harmless), 2) << text;
    return flips;
  }

  // Relative to the folder.
  std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder())) {
      if (entry.is_regular_file()) found.push_back(entry.path().lexically_relative(folder()));
    }
    return found;
  }

  // Whether the log is still served with all its events.
  bool is_served_whole() const {
    const auto log = store::EventLog::open({folder(), store::Access::read_only});
    if (!log || (*log)->head().tree_size != size) return false;
    std::uint64_t same = 0;
    const auto compare = [&](std::uint64_t position, std::string_view bytes) {
      if (bytes == SampleRecord(position, stream_count).bytes) ++same;
      return Result<void>();
    };
    return (*log)->scan({0, size}, compare) && same == size;
  }

  // The ledger with one change to one file is found to be damaged, or is served whole.
  void expect_noticed(const fs::path& file, const std::function<void(const fs::path&)>& damage) {
    const fs::path kept = folder().parent_path() / "kept";
    fs::copy_file(folder() / file, kept, fs::copy_options::overwrite_existing);
    damage(folder() / file);
    const auto report = verify({folder(), 2, nullptr});
    const bool is_noticed = report && !report->findings.empty();
    EXPECT_TRUE(is_noticed || is_served_whole())
        << file << (report ? "" : ": " + report.error().message);
    fs::copy_file(kept, folder() / file, fs::copy_options::overwrite_existing);
  }
};

// Under a sanitizer a part of them is enough: the damage is the same, the time is not.
TEST_F(FileDamage, OfEachByteOfHeadIsFound) {
#ifdef __SANITIZE_ADDRESS__
  EXPECT_GE(flip("HEAD", 60).found, 50);
#else
  EXPECT_EQ(flip("HEAD", 0).found, 1024);
#endif
}

TEST_F(FileDamage, OfAByteAnywhereIsFoundOrHarmless) {
  std::uint64_t flips = 0;
  for (const auto& file : files()) {
    if (fs::file_size(folder() / file) == 0 || file == "HEAD") continue;
    const auto count = flip(file, 35);
    flips += count.found + count.harmless;
    const bool is_data = file.extension() == ".sst" || file.extension() == ".log";
    EXPECT_TRUE(!is_data || count.harmless == 0) << file;
  }
  EXPECT_GE(flips, 300);
}

TEST_F(FileDamage, ByATruncatedFileIsFoundOrHarmless) {
  for (const auto& file : files()) {
    for (const double share : {0.0, 0.3, 0.9}) {
      expect_noticed(file, [&](const fs::path& path) {
        fs::resize_file(
            path, static_cast<std::uintmax_t>(share * static_cast<double>(fs::file_size(path))));
      });
    }
  }
}

TEST_F(FileDamage, ByAZeroedSectorIsFoundOrHarmless) {
  for (const auto& file : files()) {
    expect_noticed(file, [&](const fs::path& path) {
      const auto bytes = std::min<std::uintmax_t>(512, fs::file_size(path));
      std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
      stream << std::string(bytes, '\0');
    });
  }
}

TEST_F(FileDamage, ByAMissingFileIsFoundOrHarmless) {
  for (const auto& file : files()) {
    expect_noticed(file, [](const fs::path& path) { fs::remove(path); });
  }
}

TEST_F(FileDamage, ByAnOldCopyOfAFileIsFoundOrHarmless) {
  const fs::path old = folder().parent_path() / "old";
  fs::copy(folder(), old, fs::copy_options::recursive);
  std::vector<SampleRecord> more;
  for (std::uint64_t i = size; i < size + 50; ++i) more.emplace_back(i, stream_count);
  ASSERT_TRUE(append(*open(), more));
  const auto whole = report().head;
  for (const auto& file : files()) {
    if (!fs::exists(old / file)) continue;
    const fs::path kept = folder().parent_path() / "kept";
    fs::copy_file(folder() / file, kept, fs::copy_options::overwrite_existing);
    fs::copy_file(old / file, folder() / file, fs::copy_options::overwrite_existing);
    const auto report = this->report();
    EXPECT_TRUE(!report.findings.empty() || report.head == whole) << file;
    fs::copy_file(kept, folder() / file, fs::copy_options::overwrite_existing);
  }
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(FileDamage, OfTablesNamesEachOfThem) {
  std::vector<std::string> damaged;
  for (const auto& file : files()) {
    if (file.extension() != ".sst" || damaged.size() == 2) continue;
    store::flip_byte(folder() / file, 10);
    damaged.push_back(file.string());
  }
  const auto found = findings();
  for (const auto& file : damaged) EXPECT_THAT(found, Contains(Located("file-damaged", file)));
}

TEST_F(FileDamage, OfOneSlotOfHeadNamesIt) {
  store::flip_byte(head_file(), 600);
  EXPECT_THAT(findings(), testing::ElementsAre(Located("head-slot", "HEAD slot 1")));
}

TEST_F(FileDamage, WithoutHeadIsFound) {
  fs::remove(head_file());
  EXPECT_THAT(findings(), testing::ElementsAre(Located("file-missing", "HEAD")));
}

TEST_F(FileDamage, WithoutTheLogIsFound) {
  fs::remove_all(folder() / "log");
  EXPECT_THAT(findings(), testing::ElementsAre(Located("file-missing", "log/CURRENT")));
}

TEST_F(FileDamage, WithBytesAfterHeadIsFound) {
  std::ofstream(head_file(), std::ios::app) << "x";
  EXPECT_THAT(findings(), testing::ElementsAre(Located("head-length", "HEAD")));
}

}  // namespace
}  // namespace liggare::inspect
