// Random damage to the files of a closed ledger of five thousand events, found or harmless by proof
// (reliability, T5): 2,000 flipped bits and 500 others.
//
//   LIGGARE_SEED=7 build/dev/tests/inspect/inspect_test --gtest_filter='RandomDamage.*'
#include <fmt/format.h>
#include <stdio.h>

#include <array>
#include <cstdlib>

#include "tests/inspect/inspected_ledger.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

using testing::IsEmpty;

// Under a sanitizer a part of them is enough: the damage is of the same kinds, the time is not.
#ifdef __SANITIZE_ADDRESS__
constexpr unsigned part = 20;
#else
constexpr unsigned part = 1;
#endif

class RandomDamage : public InspectedLedger {
 protected:
  static constexpr std::uint64_t events = 5000;
  static constexpr std::uint64_t events_in_tables = 4000;
  static constexpr std::uint64_t events_in_old_copy = 4600;

  // Most events in tables, the others in the write-ahead log.
  void SetUp() override {
    const auto records = sample_records(events, stream_count);
    const auto in_tables = records.begin() + events_in_tables;
    const auto in_old_copy = records.begin() + events_in_old_copy;
    write({records.begin(), in_tables});
    ASSERT_TRUE(append(*open(), {in_tables, in_old_copy}));
    fs::copy(folder(), old_copy(), fs::copy_options::recursive);
    ASSERT_TRUE(append(*open(), {in_old_copy, records.end()}));
    ASSERT_THAT(findings(), IsEmpty());
  }

  fs::path old_copy() const { return folder().parent_path() / "old"; }

  void damage(std::uint64_t number) {
    const char* given = std::getenv("LIGGARE_SEED");
    const std::uint64_t seed = number + (given == nullptr ? 0 : std::strtoull(given, nullptr, 10));
    fmt::print("LIGGARE_SEED={}\n", seed);
    const std::string command =
        fmt::format("'{}' '{}' '{}' {} {} {} 2>&1", LIGGARE_DAMAGE_CHECK, folder().string(),
                    old_copy().string(), seed, 1000 / part, 252 / part);
    FILE* output = ::popen(command.c_str(), "r");
    std::string text;
    std::array<char, 4096> buffer{};
    while (::fgets(buffer.data(), buffer.size(), output) != nullptr) text += buffer.data();
    EXPECT_EQ(::pclose(output), 0) << text;
    fmt::print("found, harmless, unnoticed: {}", text);
  }
};

TEST_F(RandomDamage, IsFoundOrHarmless) { damage(1); }

// The second half, beside the first.
TEST_F(RandomDamage, IsFoundOrHarmlessWithAnotherSeed) { damage(2); }

}  // namespace
}  // namespace liggare::inspect
