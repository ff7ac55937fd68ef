// Mixed load on one ledger for as long as is asked for: nothing fails, and the process holds on to
// no more memory and files at the end than in the middle.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/faults/sizes.h"
#include "tests/soak/load.h"
#include "tests/soak/usage.h"
#include "tests/support/temporary_folder.h"

namespace liggare::soak {
namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;
// Far above what the allocator's own habits make of it, far below a leak that anyone would notice.
// A sanitizer keeps what was freed.
constexpr std::uint64_t more_bytes_max = (faults::slower == 1 ? 32 : 1'024) * mebibyte;

std::int64_t percentile(std::vector<std::int64_t> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

TEST(Soak, LeavesNothingBehind) {
  const std::uint64_t seconds = std::max<std::uint64_t>(4, faults::size_of_run("SOAK", 12, 3'600));
  const std::uint64_t rounds = std::clamp<std::uint64_t>(seconds / 30, 4, 1'000);
  const std::chrono::milliseconds round(seconds * 1'000 / rounds);
  test::TemporaryFolder folder;
  const auto folders = ledger::Folders::of(folder.path() / "town");
  make_ledger(folders);
  // What is made once and kept, such as the libraries' tables, is no leak.
  EXPECT_EQ(work(folders, {round / 2, "warm"}).failures, std::vector<std::string>());
  std::vector<Usage> closed;
  std::vector<std::int64_t> p99s;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    const Done done = work(folders, {round, fmt::format("r{}", i)});
    EXPECT_EQ(done.failures, std::vector<std::string>());
    EXPECT_GT(done.appends, 0U);
    EXPECT_GT(done.others, 0U);
    closed.push_back(usage());
    p99s.push_back(percentile(done.microseconds, 0.99));
    fmt::print(
        "round {}: {} appends, p50 {} us, p99 {} us, {} others; closed: {:.1f} MiB, {} files\n", i,
        done.appends, percentile(done.microseconds, 0.5), p99s.back(), done.others,
        static_cast<double>(closed.back().memory_bytes) / mebibyte, closed.back().open_files);
  }
  EXPECT_EQ(leak(closed, more_bytes_max), "");
  const std::vector<Usage> later(closed.begin() + static_cast<std::ptrdiff_t>(rounds / 2),
                                 closed.end());
  fmt::print("memory {:+.1f} MiB an hour; p99 {} to {} us, median {} us\n",
             growth_an_hour(later, static_cast<double>(round.count()) / 1'000) / mebibyte,
             percentile(p99s, 0), percentile(p99s, 1), percentile(p99s, 0.5));
}

TEST(Leak, IsAFileMore) {
  EXPECT_EQ(leak({{100, 5}, {100, 5}, {100, 5}}, 10), "");
  EXPECT_NE(leak({{100, 5}, {100, 5}, {100, 6}}, 10), "");
}

TEST(Leak, IsMemoryThatGrowsFromTheMiddleOn) {
  EXPECT_EQ(leak({{50, 5}, {100, 5}, {90, 5}, {110, 5}}, 20), "");
  EXPECT_NE(leak({{50, 5}, {100, 5}, {90, 5}, {111, 5}}, 20), "");
}

TEST(Leak, IsSeenByWhatIsMeasured) {
  const Usage before = usage();
  const std::unique_ptr<FILE, int (*)(FILE*)> file(::fopen("/dev/null", "r"), &::fclose);
  const std::vector<char> memory(64 * mebibyte, 'x');
  const Usage after = usage();
  EXPECT_EQ(after.open_files, before.open_files + 1);
  EXPECT_GT(after.memory_bytes, before.memory_bytes + 60 * mebibyte);
  EXPECT_DOUBLE_EQ(growth_an_hour({{100, 5}, {200, 5}, {300, 5}}, 36), 10'000);
}

}  // namespace
}  // namespace liggare::soak
