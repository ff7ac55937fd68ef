// Hexadecimal, base64 and big-endian integers.
#include "base/bytes.h"

#include <gtest/gtest.h>

namespace liggare {
namespace {

std::string all_bytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  return bytes;
}

TEST(Hex, IsLowerCase) {
  EXPECT_EQ(to_hex(std::string("\x00\x7f\xab\xff", 4)), "007fabff");
  EXPECT_EQ(to_hex(""), "");
}

TEST(Hex, ReadsBackEveryByte) { EXPECT_EQ(*from_hex(to_hex(all_bytes())), all_bytes()); }

TEST(Hex, RefusesOtherSpellings) {
  for (const char* text : {"0", "abc", "0G", "AB", "0x", " 00", "0 "}) {
    ASSERT_FALSE(from_hex(text).has_value()) << text;
    EXPECT_EQ(from_hex(text).error().code, ErrorCode::invalid_argument);
  }
}

// RFC 4648, section 10.
TEST(Base64, KnowsTheTestVectors) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(*from_base64(text), bytes);
  }
}

TEST(Base64, ReadsBackEveryByteAtEveryLength) {
  const std::string bytes = all_bytes();
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const std::string part = bytes.substr(bytes.size() - length);
    EXPECT_EQ(*from_base64(to_base64(part)), part);
  }
}

TEST(Base64, UsesTheStandardAlphabet) { EXPECT_EQ(to_base64("\xfb\xff\xbf"), "+/+/"); }

// Evidence, section 8: otherwise two texts would stand for the same bytes.
TEST(Base64, RefusesTrailingBitsThatAreNotZero) {
  for (const char* text : {"Zh==", "Zm9=", "Zm9vYh=="}) {
    ASSERT_FALSE(from_base64(text).has_value()) << text;
    EXPECT_EQ(from_base64(text).error().code, ErrorCode::invalid_argument);
  }
}

TEST(Base64, RefusesOtherSpellings) {
  for (const char* text : {"Zg", "Zg=", "Z", "Z===", "====", "Zm9v=", "=Zg=", "Z=g=", "Zg==Zg==",
                           "-_-_", "Zm9v\n", "Zm 9v", "Zm9vZm9"}) {
    EXPECT_FALSE(from_base64(text).has_value()) << text;
  }
}

TEST(Integers, AreBigEndian) {
  std::string bytes;
  put_u16(bytes, 0x0102);
  put_u32(bytes, 0x03040506);
  put_u64(bytes, 0x0708090a0b0c0d0e);
  EXPECT_EQ(to_hex(bytes), "0102030405060708090a0b0c0d0e");
}

TEST(Integers, ReadBackFromTheFront) {
  std::string bytes;
  put_u64(bytes, 0xfedcba9876543210);
  EXPECT_EQ(get_u64(bytes + "rest"), 0xfedcba9876543210);
  EXPECT_EQ(get_u32(bytes), 0xfedcba98);
  EXPECT_EQ(get_u16(bytes), 0xfedc);
}

TEST(Integers, NeedEnoughBytes) {
  EXPECT_DEATH(get_u16("1"), "too few bytes");
  EXPECT_DEATH(get_u32("123"), "too few bytes");
  EXPECT_DEATH(get_u64("1234567"), "too few bytes");
}

}  // namespace
}  // namespace liggare
