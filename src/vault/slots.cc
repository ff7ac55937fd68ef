#include "vault/slots.h"

#include <algorithm>
#include <utility>

#include "base/assertion.h"
#include "base/bytes.h"
#include "base/crc32c.h"
#include "base/random.h"
#include "base/sha256.h"
#include "sealing/aead.h"
#include "vault/wrapping.h"

namespace liggare::vault {
namespace {

constexpr std::string_view magic = "LGVS";
constexpr std::uint32_t format_version = 1;
constexpr std::string_view associated_label = "liggare/vault/slot/v1";
constexpr std::size_t version_at = 4;
constexpr std::size_t bucket_at = 8;
constexpr std::size_t epoch_at = 12;
constexpr std::size_t wrapped_at = 20;
constexpr std::size_t wrapped_bytes = sealing::nonce_bytes + key_bytes + sealing::tag_bytes;
constexpr std::size_t crc_at = slot_bytes - 4;

std::string associated_data(std::uint32_t bucket, std::uint64_t epoch) {
  std::string bytes(associated_label);
  put_u32(bytes, bucket);
  put_u64(bytes, epoch);
  return bytes;
}

Unexpected<Error> slot_failure(ErrorCode code, std::uint32_t bucket, const char* what) {
  return fail(code, "vault slot " + std::to_string(bucket) + ": " + what);
}

}  // namespace

std::uint32_t bucket_of(std::string_view subject) { return sha256({subject}).bytes.front(); }

std::string encode_slot(std::uint32_t bucket, const EpochKey& epoch_key,
                        const KeyEncryptionKey& locked_by) {
  std::string slot(magic);
  put_u32(slot, format_version);
  put_u32(slot, bucket);
  put_u64(slot, epoch_key.epoch);
  slot += wrap(locked_by.key, associated_data(bucket, epoch_key.epoch), epoch_key.key.view());
  slot.resize(crc_at, '\0');
  put_u32(slot, crc32c(slot));
  return slot;
}

Result<EpochKey> decode_slot(std::uint32_t bucket, std::string_view slot,
                             const KeyEncryptionKey& locked_by) {
  LIGGARE_ASSERT(slot.size() == slot_bytes, "a slot has 512 bytes");
  // Every version keeps the magic, the version and the checksum in their places: so damage is
  // told from a newer release.
  if (!slot.starts_with(magic) || get_u32(slot.substr(crc_at)) != crc32c(slot.substr(0, crc_at))) {
    return slot_failure(ErrorCode::corrupt, bucket, "its checksum is wrong");
  }
  if (get_u32(slot.substr(version_at)) > format_version) {
    return slot_failure(ErrorCode::unsupported, bucket, "written by a newer release");
  }
  if (get_u32(slot.substr(version_at)) != format_version ||
      get_u32(slot.substr(bucket_at)) != bucket) {
    return slot_failure(ErrorCode::corrupt, bucket, "it is no slot of this bucket");
  }
  const std::uint64_t epoch = get_u64(slot.substr(epoch_at));
  auto unwrapped =
      unwrap(locked_by.key, associated_data(bucket, epoch), slot.substr(wrapped_at, wrapped_bytes));
  if (!unwrapped) {
    return slot_failure(ErrorCode::vault_unavailable, bucket, "it does not open under this key");
  }
  EpochKey epoch_key{epoch, SecretKey(*unwrapped)};
  wipe(unwrapped->data(), unwrapped->size());
  return epoch_key;
}

std::string fresh_slots(const KeyEncryptionKey& locked_by) {
  std::string file;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    file += encode_slot(bucket, EpochKey{1, random_key()}, locked_by);
  }
  return file;
}

Result<EpochKeys> decode_slots(std::string_view file, const KeyEncryptionKey& locked_by) {
  if (file.size() != bucket_count * slot_bytes) {
    return fail(ErrorCode::corrupt, "the vault's slots have the wrong size");
  }
  EpochKeys epoch_keys;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    epoch_keys.push_back(
        decode_slot(bucket, file.substr(bucket * slot_bytes, slot_bytes), locked_by));
  }
  const auto failed_with = [](ErrorCode code) {
    return [code](const auto& slot) { return !slot && slot.error().code == code; };
  };
  const auto newer =
      std::find_if(epoch_keys.begin(), epoch_keys.end(), failed_with(ErrorCode::unsupported));
  if (newer != epoch_keys.end()) return Unexpected{newer->error()};
  const bool opened = std::any_of(epoch_keys.begin(), epoch_keys.end(),
                                  [](const auto& slot) { return slot.has_value(); });
  if (!opened) {
    const bool whole = std::any_of(epoch_keys.begin(), epoch_keys.end(),
                                   failed_with(ErrorCode::vault_unavailable));
    return whole ? fail(ErrorCode::vault_unavailable, "this key does not open the vault")
                 : fail(ErrorCode::corrupt, "no slot of the vault is whole");
  }
  // The key is right, so a slot that it does not open is damaged.
  for (auto& slot : epoch_keys) {
    if (!slot) slot = fail(ErrorCode::corrupt, slot.error().message);
  }
  return epoch_keys;
}

}  // namespace liggare::vault
