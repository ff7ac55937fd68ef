// Records written by a released version keep their bytes and their meaning for ever.
//
// With LIGGARE_WRITE_GOLDEN=1 the files of new event types are written; those that exist are left
// alone, and a difference is a failure all the same.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/bytes.h"
#include "tests/codec/golden_records.h"

namespace liggare::codec {
namespace {

using test::Extent;
using test::Sample;

void write_if_missing(const Sample& sample) {
  const std::filesystem::path path = golden_path(sample.type);
  if (std::filesystem::exists(path)) return;
  std::filesystem::create_directories(path.parent_path());
  const GoldenRecords records = encoded(sample);
  std::ofstream(path) << "bare: " << to_hex(records.bare) << "\nfull: " << to_hex(records.full)
                      << "\n";
}

class GoldenRecord : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (std::getenv("LIGGARE_WRITE_GOLDEN") == nullptr) return;
    for (const Sample& sample : test::samples()) write_if_missing(sample);
  }
};

TEST_F(GoldenRecord, IsWhatTheSampleEncodesTo) {
  for (const Sample& sample : test::samples()) {
    EXPECT_TRUE(encoded(sample) == read_golden(sample.type)) << sample.type;
  }
}

TEST_F(GoldenRecord, DecodesToTheSample) {
  for (const Sample& sample : test::samples()) {
    const GoldenRecords golden = read_golden(sample.type);
    const auto bare = decode_record(golden.bare, 0);
    const auto full = decode_record(golden.full, 0);
    ASSERT_TRUE(bare && full) << sample.type;
    EXPECT_EQ(*bare, test::sample_record(sample, Extent::bare)) << sample.type;
    EXPECT_EQ(*full, test::sample_record(sample, Extent::full)) << sample.type;
  }
}

TEST_F(GoldenRecord, StandsForEachTypeAndNothingElse) {
  std::set<std::string> expected;
  for (const Sample& sample : test::samples()) expected.insert(golden_path(sample.type));
  std::set<std::string> found;
  const auto folder = std::filesystem::path(golden_path("x")).parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    found.insert(entry.path().string());
  }
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace liggare::codec
