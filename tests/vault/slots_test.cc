#include "vault/slots.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "base/random.h"
#include "tests/support/temporary_folder.h"

namespace liggare::vault {
namespace {

const KeyEncryptionKey& lock() {
  static const KeyEncryptionKey key{random_key()};
  return key;
}

ErrorCode refusal(std::uint32_t bucket, const std::string& slot) {
  const auto decoded = decode_slot(bucket, slot, lock());
  EXPECT_FALSE(decoded);
  return decoded ? ErrorCode::busy : decoded.error().code;
}

// Puts the right checksum under changed bytes, as a careful hand or a newer release would.
std::string resealed(std::string slot) {
  slot.resize(slot_bytes - 4);
  put_u32(slot, crc32c(slot));
  return slot;
}

std::string one_key_slot() { return encode_slot(7, {{3, random_key()}, std::nullopt}, lock()); }

std::string with_byte(std::string slot, std::size_t place, char byte) {
  slot.at(place) = byte;
  return slot;
}

TEST(Slot, KeepsEpochAndKey) {
  const SecretKey key = random_key();
  const std::string slot = encode_slot(7, {{3, key.clone()}, std::nullopt}, lock());
  ASSERT_EQ(slot.size(), slot_bytes);
  const auto decoded = decode_slot(7, slot, lock());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->key.epoch, 3U);
  EXPECT_EQ(decoded->key.key.view(), key.view());
  EXPECT_FALSE(decoded->next);
}

TEST(Slot, RefusesEveryFlippedByte) {
  const std::string slot = one_key_slot();
  for (std::size_t place = 0; place < slot_bytes; ++place) {
    const char flipped = static_cast<char>(slot[place] ^ 0x10);
    EXPECT_EQ(refusal(7, with_byte(slot, place, flipped)), ErrorCode::corrupt) << place;
  }
}

TEST(Slot, RefusesAnotherBucketsSlot) { EXPECT_EQ(refusal(8, one_key_slot()), ErrorCode::corrupt); }

TEST(Slot, BindsTheEpochToTheKey) {
  const std::string slot = one_key_slot();
  EXPECT_EQ(refusal(7, resealed(with_byte(slot, 19, '\4'))), ErrorCode::vault_unavailable);
}

TEST(Slot, RefusesANewerFormat) {
  const std::string slot = one_key_slot();
  EXPECT_EQ(refusal(7, resealed(with_byte(slot, 7, '\3'))), ErrorCode::unsupported);
}

TEST(Slot, KeepsTwoKeysWhileABucketChanges) {
  const SecretKey old_key = random_key();
  const SecretKey next = random_key();
  const std::string slot =
      encode_slot(7, {{3, old_key.clone()}, EpochKey{4, next.clone()}}, lock());
  ASSERT_EQ(slot.size(), slot_bytes);
  const auto decoded = decode_slot(7, slot, lock());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->key.key.view(), old_key.view());
  EXPECT_EQ(decoded->next->epoch, 4U);
  EXPECT_EQ(decoded->next->key.view(), next.view());
  EXPECT_EQ(refusal(7, resealed(with_byte(slot, 150, '\x7f'))), ErrorCode::vault_unavailable);
}

Slots changing_slots() {
  Slots slots;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    slots.push_back(Slot{{1, SecretKey(std::string(32, 'a'))}, std::nullopt});
  }
  slots[7]->next = EpochKey{2, SecretKey(std::string(32, 'b'))};
  return slots;
}

TEST(Slots, GoByTheEpochInForce) {
  EXPECT_EQ(keys_in_force(changing_slots(), {})[7]->key.view(), std::string(32, 'a'));
  EXPECT_EQ(keys_in_force(changing_slots(), {{7, 2}})[7]->key.view(), std::string(32, 'b'));
  const auto keys = keys_in_force(changing_slots(), {{7, 3}, {8, 2}});
  EXPECT_EQ(keys[7].error().code, ErrorCode::corrupt);
  EXPECT_EQ(keys[8].error().code, ErrorCode::corrupt);
  EXPECT_TRUE(keys[9]);
}

TEST(Slots, AreOverwrittenInPlace) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "slots";
  const std::string before = fresh_slots(lock());
  test::write_bytes(path, before);
  ASSERT_TRUE(overwrite_slots(path, {{7, one_key_slot()}, {255, before.substr(0, 512)}}));
  const std::string after = test::read_bytes(path);
  EXPECT_EQ(decode_slot(7, after.substr(7 * 512, 512), lock())->key.epoch, 3U);
  EXPECT_EQ(after.substr(255 * 512), before.substr(0, 512));
  EXPECT_EQ(after.substr(8 * 512, 247 * 512), before.substr(8 * 512, 247 * 512));
  EXPECT_EQ(after.substr(0, 7 * 512), before.substr(0, 7 * 512));
}

TEST(Slots, HoldAKeyOfItsOwnForEachBucket) {
  const auto slots = decode_slots(fresh_slots(lock()), lock());
  ASSERT_TRUE(slots);
  ASSERT_EQ(slots->size(), 256U);
  EXPECT_EQ((*slots)[0]->key.epoch, 1U);
  EXPECT_NE((*slots)[0]->key.key.view(), (*slots)[255]->key.key.view());
}

TEST(Slots, LoseOneBucketToOneDamagedSlot) {
  std::string file = fresh_slots(lock());
  file[9 * slot_bytes + 100] = 'x';
  const auto slots = decode_slots(file, lock());
  ASSERT_TRUE(slots);
  EXPECT_FALSE((*slots)[9]);
  EXPECT_EQ((*slots)[9].error(),
            (Error{ErrorCode::corrupt, "vault slot 9: its checksum is wrong"}));
  EXPECT_TRUE((*slots)[8]);
  EXPECT_TRUE((*slots)[10]);
}

TEST(Slots, TellAWrongKeyFromDamage) {
  const KeyEncryptionKey other{random_key()};
  EXPECT_EQ(decode_slots(fresh_slots(other), lock()).error().code, ErrorCode::vault_unavailable);
  EXPECT_EQ(decode_slots(std::string(256 * slot_bytes, '\0'), lock()).error().code,
            ErrorCode::corrupt);
}

TEST(Slots, HaveOneSize) {
  EXPECT_EQ(decode_slots("", lock()).error().code, ErrorCode::corrupt);
  EXPECT_EQ(decode_slots(fresh_slots(lock()) + '\0', lock()).error().code, ErrorCode::corrupt);
}

TEST(Bucket, IsTheFirstByteOfTheSubjectsHash) {
  // printf participant/P1 | sha256sum
  EXPECT_EQ(bucket_of("participant/P1"), 0x65U);
}

}  // namespace
}  // namespace liggare::vault
