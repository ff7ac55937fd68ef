// RFC 5869, appendix A.1 to A.3 (SHA-256).
#include "sealing/hkdf.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/bytes.h"
#include "vectors.h"

namespace liggare::sealing {
namespace {

std::string counted(unsigned first, unsigned last) {
  std::string bytes;
  for (unsigned value = first; value <= last; ++value) bytes.push_back(static_cast<char>(value));
  return bytes;
}

std::string expanded(const SecretKey& key, std::string_view info, std::size_t size) {
  std::vector<unsigned char> out(size);
  hkdf_expand(key, {info}, out);
  return to_hex({reinterpret_cast<const char*>(out.data()), out.size()});
}

TEST(Hkdf, AnswersTheBasicCase) {
  const SecretKey key = hkdf_extract(counted(0x00, 0x0c), std::string(22, '\x0b'));
  EXPECT_EQ(to_hex(key.view()), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
  EXPECT_EQ(expanded(key, counted(0xf0, 0xf9), 42),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

TEST(Hkdf, AnswersTheCaseWithLongInputs) {
  const SecretKey key = hkdf_extract(counted(0x60, 0xaf), counted(0x00, 0x4f));
  EXPECT_EQ(to_hex(key.view()), "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244");
  EXPECT_EQ(
      expanded(key, counted(0xb0, 0xff), 82),
      "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c6"
      "5e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
}

TEST(Hkdf, AnswersTheCaseWithoutSaltAndInfo) {
  const SecretKey key = hkdf_extract("", std::string(22, '\x0b'));
  EXPECT_EQ(to_hex(key.view()), "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
  EXPECT_EQ(expanded(key, "", 42),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, JoinsThePartsOfTheInfo) {
  const SecretKey key(std::string(key_bytes, 'k'));
  EXPECT_EQ(hkdf_expand(key, {"one", "two"}).view(), hkdf_expand(key, {"onetwo"}).view());
}

TEST(Hkdf, GivesItsLastBlock) {
  const SecretKey key(std::string(key_bytes, 'k'));
  const std::string longest = expanded(key, "info", 255 * 32);
  EXPECT_EQ(longest.substr(0, 64), to_hex(hkdf_expand(key, {"info"}).view()));
  EXPECT_NE(longest.substr(254 * 64), std::string(64, '0'));
}

}  // namespace
}  // namespace liggare::sealing
