#include "merkle/last_signed.h"

#include <gtest/gtest.h>

namespace liggare::merkle {
namespace {

class LastSignedTest : public testing::Test {
 protected:
  static SigningKey key(char seed) {
    return {"ledger.example.org/town", KeyType::ed25519, SecretKey(std::string(key_bytes, seed))};
  }
  static std::string text(char named, char signer) {
    std::vector<SigningKey> signers;
    signers.push_back(key(signer));
    const Checkpoint checkpoint{"ledger.example.org/town", {7, leaf_hash("x")}};
    return LastSigned{key(named).verifier(), sign_checkpoint(checkpoint, signers)}.text();
  }
  static std::string code(std::string_view text) {
    const auto last = LastSigned::parse(text);
    return last ? "read" : name_of(last.error().code);
  }
};

TEST_F(LastSignedTest, IsReadAsItWasWritten) {
  const auto last = LastSigned::parse(text('a', 'a'));
  ASSERT_TRUE(last);
  EXPECT_EQ(last->key, key('a').verifier());
  EXPECT_EQ(last->head()->tree_size, 7U);
  EXPECT_EQ(last->text(), text('a', 'a'));
}

TEST_F(LastSignedTest, IsAKeyAloneBeforeTheFirstSignature) {
  const std::string fresh = LastSigned{key('a').verifier(), std::nullopt}.text();
  const auto last = LastSigned::parse(fresh);
  ASSERT_TRUE(last);
  EXPECT_EQ(*last->head(), TreeHead());
  EXPECT_EQ(last->text(), fresh);
}

TEST_F(LastSignedTest, IsDamagedWhereTheKeyHasNotSignedIt) {
  EXPECT_EQ(code(text('a', 'b')), "corrupt");
}

TEST_F(LastSignedTest, IsDamagedInAnyOtherForm) {
  const std::string good = text('a', 'a');
  EXPECT_EQ(code(""), "corrupt");
  EXPECT_EQ(code(good.substr(0, good.find('\n'))), "corrupt");
  EXPECT_EQ(code(good.substr(1)), "corrupt");
  EXPECT_EQ(code(good.substr(0, good.size() - 1)), "corrupt");
  EXPECT_EQ(code(good + "\n"), "corrupt");
}

}  // namespace
}  // namespace liggare::merkle
