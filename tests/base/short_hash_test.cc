#include "base/short_hash.h"

#include <gtest/gtest.h>

#include <string>

namespace liggare {
namespace {

// The bytes 0, 1, 2 …
std::string counting(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(i));
  return bytes;
}

// Appendix A of the SipHash paper, and the ends of the authors' vectors_sip64, which give the
// number's least byte first.
TEST(ShortHash, IsSipHash) {
  EXPECT_EQ(short_hash(counting(0)), 0x310e0edd47db6f72U);
  EXPECT_EQ(short_hash(counting(1)), 0xfd67dc93c539f874U);
  EXPECT_EQ(short_hash(counting(15)), 0xe545be4961ca29a1U);
  EXPECT_EQ(short_hash(counting(63)), 0x724506eb4c328a95U);
}

TEST(ShortHash, DiffersWithEveryByte) {
  EXPECT_NE(short_hash("row"), short_hash("raw"));
  EXPECT_NE(short_hash("row"), short_hash(std::string_view("row\0", 4)));
}

}  // namespace
}  // namespace liggare
