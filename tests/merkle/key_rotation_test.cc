#include "merkle/key_rotation.h"

#include <gtest/gtest.h>

#include "tests/merkle/example_log.h"

namespace liggare::merkle {
namespace {

TEST(KeyRotation, SignsBothKeysAndTheTreeHead) {
  const VerifierKey old_key = example::key(example::log_vkey);
  const SigningKey new_key(old_key.name, KeyType::ed25519, SecretKey(std::string(32, 'n')));
  const std::string message = rotation_message(old_key, new_key.verifier(), {300, empty_root()});
  EXPECT_EQ(message, "liggare/key-rotation/v1\nledger.example.gov/town-1\n" + old_key.text() +
                         "\n" + new_key.verifier().text() +
                         "\n300\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
}

}  // namespace
}  // namespace liggare::merkle
