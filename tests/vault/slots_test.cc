#include "vault/slots.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/crc32c.h"
#include "base/random.h"

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

std::string with_byte(std::string slot, std::size_t place, char byte) {
  slot.at(place) = byte;
  return slot;
}

TEST(Slot, KeepsEpochAndKey) {
  const SecretKey key = random_key();
  const std::string slot = encode_slot(7, {3, key.clone()}, lock());
  ASSERT_EQ(slot.size(), slot_bytes);
  const auto decoded = decode_slot(7, slot, lock());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->epoch, 3U);
  EXPECT_EQ(decoded->key.view(), key.view());
}

TEST(Slot, RefusesEveryFlippedByte) {
  const std::string slot = encode_slot(7, {3, random_key()}, lock());
  for (std::size_t place = 0; place < slot_bytes; ++place) {
    const char flipped = static_cast<char>(slot[place] ^ 0x10);
    EXPECT_EQ(refusal(7, with_byte(slot, place, flipped)), ErrorCode::corrupt) << place;
  }
}

TEST(Slot, RefusesAnotherBucketsSlot) {
  EXPECT_EQ(refusal(8, encode_slot(7, {3, random_key()}, lock())), ErrorCode::corrupt);
}

TEST(Slot, BindsTheEpochToTheKey) {
  const std::string slot = encode_slot(7, {3, random_key()}, lock());
  EXPECT_EQ(refusal(7, resealed(with_byte(slot, 19, '\4'))), ErrorCode::vault_unavailable);
}

TEST(Slot, RefusesANewerFormat) {
  const std::string slot = encode_slot(7, {3, random_key()}, lock());
  EXPECT_EQ(refusal(7, resealed(with_byte(slot, 7, '\2'))), ErrorCode::unsupported);
}

TEST(Slots, HoldAKeyOfItsOwnForEachBucket) {
  const auto slots = decode_slots(fresh_slots(lock()), lock());
  ASSERT_TRUE(slots);
  ASSERT_EQ(slots->size(), 256U);
  EXPECT_EQ((*slots)[0]->epoch, 1U);
  EXPECT_NE((*slots)[0]->key.view(), (*slots)[255]->key.view());
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
