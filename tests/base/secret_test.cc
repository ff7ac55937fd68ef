// Keys: what is left of one when it has moved on or is gone.
#include "base/secret.h"

#include <gtest/gtest.h>

#include <array>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

namespace liggare {
namespace {

const std::string some_bytes(key_bytes, '\x5a');
const std::string no_bytes(key_bytes, '\0');

TEST(SecretKey, HoldsTheBytesItIsGiven) { EXPECT_EQ(SecretKey(some_bytes).view(), some_bytes); }

TEST(SecretKey, IsNotCopiedByAccident) {
  EXPECT_FALSE(std::is_copy_constructible_v<SecretKey>);
  EXPECT_FALSE(std::is_copy_assignable_v<SecretKey>);
}

TEST(SecretKey, IsWipedWhenItIsMovedFrom) {
  SecretKey key(some_bytes);
  const SecretKey taken(std::move(key));
  EXPECT_EQ(taken.view(), some_bytes);
  EXPECT_EQ(key.view(), no_bytes);  // NOLINT(bugprone-use-after-move)
}

TEST(SecretKey, IsWipedWhenItIsAssignedAway) {
  SecretKey key(some_bytes);
  SecretKey other(std::string(key_bytes, 'x'));
  other = std::move(key);
  EXPECT_EQ(other.view(), some_bytes);
  EXPECT_EQ(key.view(), no_bytes);  // NOLINT(bugprone-use-after-move)
}

TEST(SecretKey, OutlivesAnAssignmentToItself) {
  SecretKey key(some_bytes);
  SecretKey& same = key;
  key = std::move(same);
  EXPECT_EQ(key.view(), some_bytes);  // NOLINT(bugprone-use-after-move)
}

TEST(SecretKey, IsWipedWhenItIsDestroyed) {
  alignas(SecretKey) std::array<unsigned char, sizeof(SecretKey)> storage{};
  std::destroy_at(new (storage.data()) SecretKey(some_bytes));
  // volatile, or the compiler may take the bytes of a dead object for anything.
  const volatile unsigned char* left = storage.data();
  for (std::size_t i = 0; i < key_bytes; ++i) EXPECT_EQ(left[i], 0) << i;
}

TEST(SecretKey, LivesOnBesideItsClone) {
  SecretKey key(some_bytes);
  SecretKey twin = key.clone();
  wipe(twin.data(), key_bytes);
  EXPECT_EQ(key.view(), some_bytes);
  EXPECT_EQ(twin.view(), no_bytes);
}

TEST(SecretKey, IsMadeOf32BytesOnly) { EXPECT_DEATH(SecretKey("short"), "32 bytes"); }

}  // namespace
}  // namespace liggare
