#include "tests/codec/golden_records.h"

#include <fstream>

#include "base/bytes.h"

namespace liggare::codec {

std::string golden_path(std::string_view type) {
  return std::string(LIGGARE_SOURCE_DIR "/tests/golden/records/v1/").append(type).append(".hex");
}

GoldenRecords read_golden(std::string_view type) {
  GoldenRecords records;
  std::ifstream file(golden_path(type));
  std::string key;
  std::string hex;
  while (file >> key >> hex) {
    auto bytes = from_hex(hex);
    if (!bytes) return {};
    if (key == "bare:") records.bare = *bytes;
    if (key == "full:") records.full = *bytes;
  }
  return records;
}

GoldenRecords encoded(const test::Sample& sample) {
  return {encode_record(test::sample_record(sample, test::Extent::bare)),
          encode_record(test::sample_record(sample, test::Extent::full))};
}

}  // namespace liggare::codec
