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
  return wrap_class_key(epoch_key(), {key_id, name, sealing::whole_tree(root)});
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
  EXPECT_EQ(key->nodes.at(0).key.view(), root.view());
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

sealing::KeyNodes punctured(const std::vector<std::string>& indexes) {
  sealing::KeyNodes nodes = sealing::whole_tree(SecretKey(std::string(32, 'r')));
  for (const std::string& index : indexes) {
    nodes = sealing::puncture(std::move(nodes), index).value();
  }
  return nodes;
}

TEST(ClassKey, KeepsWhatPuncturesLeft) {
  for (const auto& indexes : std::vector<std::vector<std::string>>{
           {"abcd"}, {"abcd", "abce", "\xff\xff\xff\xff"}, {"zzzz", std::string(4, '\0')}}) {
    const ClassKey key{key_id, name, punctured(indexes)};
    const auto opened =
        unwrap_class_key(epoch_key(), key_id, name, wrap_class_key(epoch_key(), key));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->nodes.size(), key.nodes.size());
    for (const std::string& index : indexes) {
      EXPECT_EQ(sealing::node_over(opened->nodes, index), nullptr);
    }
    EXPECT_EQ(sealing::base_key(opened->nodes, "abcf").value().view(),
              sealing::base_key(SecretKey(std::string(32, 'r')), "abcf").view());
  }
}

// Two nodes and more: path length, path, key.
const std::string one = std::string("\x01\x03") + std::string(32, '1');
const std::string other = std::string("\x02\x04\x05") + std::string(32, '2');

TEST(ClassKey, ReadsAListOfNodes) {
  const auto key = unwrapped_form('\x02' + one + other);
  ASSERT_TRUE(key);
  ASSERT_EQ(key->nodes.size(), 2U);
  EXPECT_EQ(key->nodes[1].path, "\x04\x05");
  EXPECT_EQ(key->nodes[1].key.view(), std::string(32, '2'));
}

TEST(ClassKey, RefusesListsThatMakeNoSense) {
  const std::string key(32, 'k');
  expect_corrupt(unwrapped_form("\x02"));
  expect_corrupt(unwrapped_form('\x02' + other + one));                 // Order.
  expect_corrupt(unwrapped_form('\x02' + one + one));                   // Twins.
  expect_corrupt(unwrapped_form('\x02' + one + "\x02\x03\x05" + key));  // Overlapping.
  expect_corrupt(unwrapped_form('\x02' + one + other.substr(0, 30)));   // Cut short.
  expect_corrupt(unwrapped_form('\x02' + std::string(1, '\0') + key));  // The whole tree.
  expect_corrupt(unwrapped_form('\x02' + ("\x01\x10" + key)));          // No nibble.
  expect_corrupt(unwrapped_form('\x02' + ('\x09' + std::string(9, '\1') + key)));  // Too deep.
}

TEST(ClassKey, RefusesUnknownForms) {
  EXPECT_TRUE(unwrapped_form('\x01' + std::string(32, 'r')));
  expect_corrupt(unwrapped_form('\x01' + std::string(31, 'r')));
  expect_corrupt(unwrapped_form('\x03' + std::string(32, 'r')));
  expect_corrupt(unwrapped_form(""));
}

}  // namespace
}  // namespace liggare::vault
