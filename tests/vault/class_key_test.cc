#include "vault/class_key.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "vault/wrapping.h"

namespace liggare::vault {
namespace {

const SecretKey& epoch_key() {
  static const SecretKey key = random_key();
  return key;
}

const std::string key_id(16, 'k');
const ClassKeyName name{"participant/P1", PersonalClass::health};

std::string wrapped(const SecretKey& root) {
  return wrap_class_key(epoch_key(), {key_id, name, root.clone()});
}

void expect_corrupt(const Result<ClassKey>& key) {
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::corrupt);
  EXPECT_NE(key.error().message.find("6b6b6b6b"), std::string::npos) << key.error().message;
}

TEST(ClassKey, UnwrapsToTheSameRoot) {
  const SecretKey root = random_key();
  const auto key = unwrap_class_key(epoch_key(), key_id, name, wrapped(root));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->root.view(), root.view());
  EXPECT_EQ(key->name, name);
}

TEST(ClassKey, NeverWrapsToTheSameBytes) {
  const SecretKey root = random_key();
  EXPECT_NE(wrapped(root), wrapped(root));
}

TEST(ClassKey, RefusesEveryFlippedBit) {
  std::string bytes = wrapped(random_key());
  for (char& byte : bytes) {
    for (int bit = 0; bit < 8; ++bit) {
      byte = static_cast<char>(byte ^ (1 << bit));
      expect_corrupt(unwrap_class_key(epoch_key(), key_id, name, bytes));
      byte = static_cast<char>(byte ^ (1 << bit));
    }
  }
}

TEST(ClassKey, RefusesAShorterBlob) {
  std::string bytes = wrapped(random_key());
  while (!bytes.empty()) {
    bytes.pop_back();
    expect_corrupt(unwrap_class_key(epoch_key(), key_id, name, bytes));
  }
}

TEST(ClassKey, OpensInNoOtherPlace) {
  const std::string bytes = wrapped(random_key());
  expect_corrupt(unwrap_class_key(random_key(), key_id, name, bytes));
  expect_corrupt(unwrap_class_key(epoch_key(), std::string(4, 'k') + "0123456789ab", name, bytes));
  const ClassKeyName other_subject{"participant/P2", PersonalClass::health};
  expect_corrupt(unwrap_class_key(epoch_key(), key_id, other_subject, bytes));
  const ClassKeyName other_class{"participant/P1", PersonalClass::social};
  expect_corrupt(unwrap_class_key(epoch_key(), key_id, other_class, bytes));
}

Result<ClassKey> unwrapped_form(const std::string& plaintext) {
  const std::string bound = "liggare/vault/v1" + key_id + "participant/P1health";
  return unwrap_class_key(epoch_key(), key_id, name, wrap(epoch_key(), bound, plaintext));
}

TEST(ClassKey, LeavesPuncturedKeysToANewerRelease) {
  const auto key = unwrapped_form("\x02nodes");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::unsupported);
}

TEST(ClassKey, RefusesUnknownForms) {
  EXPECT_TRUE(unwrapped_form('\x01' + std::string(32, 'r')));
  expect_corrupt(unwrapped_form('\x01' + std::string(31, 'r')));
  expect_corrupt(unwrapped_form('\x03' + std::string(32, 'r')));
  expect_corrupt(unwrapped_form(""));
}

}  // namespace
}  // namespace liggare::vault
