// CRC-32C against RFC 3720's examples.
#include "base/crc32c.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "base/bytes.h"

namespace liggare {
namespace {

std::string counting_up() {
  std::string bytes(32, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  return bytes;
}

// RFC 3720, appendix B.4, which prints the four bytes in the order of the wire, lowest first.
TEST(Crc32c, KnowsTheExamplesOfRfc3720) {
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
  std::string bytes = counting_up();
  EXPECT_EQ(crc32c(bytes), 0x46dd794eU);
  std::reverse(bytes.begin(), bytes.end());
  EXPECT_EQ(crc32c(bytes), 0x113fdb5cU);
}

TEST(Crc32c, KnowsTheReadCommandOfRfc3720) {
  const auto command = from_hex(
      "01c00000000000000000000000000000"
      "14000000000004000000001400000018"
      "28000000000000000200000000000000");
  EXPECT_EQ(crc32c(*command), 0xd9963a56U);
}

TEST(Crc32c, KnowsTheCheckValue) {
  EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
  EXPECT_EQ(crc32c(""), 0U);
}

std::uint32_t bit_by_bit(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82f63b78U : 0U);
  }
  return ~crc;
}

// Whole words, what is left of one, and a sum that goes on after any length.
TEST(Crc32c, IsTheSameAtEveryLengthAndCut) {
  std::string bytes;
  for (int i = 0; i < 67; ++i) bytes.push_back(static_cast<char>(i * 37 + 11));
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const std::string_view part = std::string_view(bytes).substr(0, length);
    EXPECT_EQ(crc32c(part), bit_by_bit(part)) << length;
    EXPECT_EQ(crc32c(std::string_view(bytes).substr(length), crc32c(part)), bit_by_bit(bytes))
        << length;
  }
}

}  // namespace
}  // namespace liggare
