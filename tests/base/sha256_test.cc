// SHA-256 and HMAC-SHA-256 against the published vectors.
#include "base/sha256.h"

#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"

namespace liggare {
namespace {

std::string hash_of(std::string_view bytes) { return to_hex(sha256({bytes}).view()); }

std::string hmac_of(std::string_view key, std::string_view bytes) {
  return to_hex(hmac_sha256(key, {bytes}).view());
}

// The examples that NIST publishes with FIPS 180-4.
TEST(Sha256, KnowsTheExamplesOfFips180) {
  EXPECT_EQ(hash_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hash_of(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, JoinsItsParts) {
  EXPECT_EQ(sha256({"a", "", "bc"}), sha256({"abc"}));
  EXPECT_EQ(sha256({}), sha256({""}));
  EXPECT_NE(sha256({"ab"}), sha256({"abc"}));
}

// RFC 4231, section 4; test case 5 is about cutting the value short.
TEST(HmacSha256, KnowsTheTestCasesOfRfc4231) {
  EXPECT_EQ(hmac_of(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmac_of("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac_of(std::string(20, '\xaa'), std::string(50, '\xdd')),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(hmac_of(*from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"),
                    std::string(50, '\xcd')),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
}

TEST(HmacSha256, HashesAKeyThatIsLongerThanABlock) {
  const std::string key(131, '\xaa');
  EXPECT_EQ(hmac_of(key, "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hmac_of(key,
                    "This is a test using a larger than block-size key and a larger than "
                    "block-size data. The key needs to be hashed before being used by the HMAC "
                    "algorithm."),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST(HmacSha256, TakesAKeyOfExactlyOneBlockAsItIs) {
  const std::string block(64, 'k');
  EXPECT_NE(hmac_sha256(block, {"x"}), hmac_sha256(sha256({block}).view(), {"x"}));
  const std::string longer(65, 'k');
  EXPECT_EQ(hmac_sha256(longer, {"x"}), hmac_sha256(sha256({longer}).view(), {"x"}));
}

TEST(HmacSha256, JoinsItsParts) {
  EXPECT_EQ(hmac_sha256("key", {"a", "bc"}), hmac_sha256("key", {"abc"}));
}

TEST(Hash, IsOrderedBytewiseAsUnsigned) {
  const Hash low = Hash::from(std::string(31, '\0') + '\x7f');
  const Hash high = Hash::from(std::string(31, '\0') + '\x80');
  EXPECT_LT(low, high);
  EXPECT_EQ(Hash::from(low.view()), low);
}

TEST(Hash, IsMadeOf32BytesOnly) { EXPECT_DEATH(Hash::from("short"), "32 bytes"); }

}  // namespace
}  // namespace liggare
