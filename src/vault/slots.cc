#include "vault/slots.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/assertion.h"
#include "base/bytes.h"
#include "base/crc32c.h"
#include "base/file_descriptor.h"
#include "base/random.h"
#include "base/sha256.h"
#include "sealing/aead.h"
#include "vault/wrapping.h"

namespace liggare::vault {
namespace {

constexpr std::string_view magic = "LGVS";
constexpr std::uint32_t settled_version = 1;   // One key.
constexpr std::uint32_t changing_version = 2;  // Two.
constexpr std::string_view associated_label = "liggare/vault/slot/v1";
constexpr std::size_t version_at = 4;
constexpr std::size_t bucket_at = 8;
constexpr std::size_t key_at = 12;
constexpr std::size_t epoch_bytes = 8;
constexpr std::size_t wrapped_bytes = sealing::nonce_bytes + key_bytes + sealing::tag_bytes;
constexpr std::size_t next_at = key_at + epoch_bytes + wrapped_bytes;
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

// The epoch and its key, wrapped.
void put_key(std::string& out, std::uint32_t bucket, const EpochKey& key,
             const KeyEncryptionKey& locked_by) {
  put_u64(out, key.epoch);
  out += wrap(locked_by.key, associated_data(bucket, key.epoch), key.key.view());
}

Result<EpochKey> take_key(std::uint32_t bucket, std::string_view bytes,
                          const KeyEncryptionKey& locked_by) {
  const std::uint64_t epoch = get_u64(bytes);
  const auto unwrapped = unwrap(locked_by.key, associated_data(bucket, epoch),
                                bytes.substr(epoch_bytes, wrapped_bytes));
  if (!unwrapped) {
    return slot_failure(ErrorCode::vault_unavailable, bucket, "it does not open under this key");
  }
  return EpochKey{epoch, SecretKey(unwrapped->view())};
}

}  // namespace

std::uint32_t bucket_of(std::string_view subject) { return sha256({subject}).bytes.front(); }

std::string encode_slot(std::uint32_t bucket, const Slot& slot, const KeyEncryptionKey& locked_by) {
  std::string bytes(magic);
  put_u32(bytes, slot.next ? changing_version : settled_version);
  put_u32(bytes, bucket);
  put_key(bytes, bucket, slot.key, locked_by);
  if (slot.next) put_key(bytes, bucket, *slot.next, locked_by);
  bytes.resize(crc_at, '\0');
  put_u32(bytes, crc32c(bytes));
  return bytes;
}

Result<Slot> decode_slot(std::uint32_t bucket, std::string_view bytes,
                         const KeyEncryptionKey& locked_by) {
  LIGGARE_ASSERT(bytes.size() == slot_bytes, "a slot has 512 bytes");
  // Every version keeps the magic, the version and the checksum in their places: so damage is
  // told from a newer release.
  if (!bytes.starts_with(magic) ||
      get_u32(bytes.substr(crc_at)) != crc32c(bytes.substr(0, crc_at))) {
    return slot_failure(ErrorCode::corrupt, bucket, "its checksum is wrong");
  }
  const std::uint32_t version = get_u32(bytes.substr(version_at));
  if (version > changing_version) {
    return slot_failure(ErrorCode::unsupported, bucket, "written by a newer release");
  }
  if (version < settled_version || get_u32(bytes.substr(bucket_at)) != bucket) {
    return slot_failure(ErrorCode::corrupt, bucket, "it is no slot of this bucket");
  }
  LIGGARE_TRY(EpochKey key, take_key(bucket, bytes.substr(key_at), locked_by));
  Slot slot{std::move(key), std::nullopt};
  if (version == changing_version) {
    LIGGARE_TRY(EpochKey next, take_key(bucket, bytes.substr(next_at), locked_by));
    slot.next = std::move(next);
  }
  return slot;
}

std::string fresh_slots(const KeyEncryptionKey& locked_by) {
  std::string file;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    file += encode_slot(bucket, {{1, random_key()}, std::nullopt}, locked_by);
  }
  return file;
}

Result<Slots> decode_each_slot(std::string_view file, const KeyEncryptionKey& locked_by) {
  if (file.size() != bucket_count * slot_bytes) {
    return fail(ErrorCode::corrupt, "the vault's slots have the wrong size");
  }
  Slots slots;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    slots.push_back(decode_slot(bucket, file.substr(bucket * slot_bytes, slot_bytes), locked_by));
  }
  return slots;
}

Result<Slots> usable_slots(Slots slots) {
  const auto failed_with = [](ErrorCode code) {
    return [code](const auto& slot) { return !slot && slot.error().code == code; };
  };
  const auto newer = std::find_if(slots.begin(), slots.end(), failed_with(ErrorCode::unsupported));
  if (newer != slots.end()) return Unexpected{newer->error()};
  const bool opened =
      std::any_of(slots.begin(), slots.end(), [](const auto& slot) { return slot.has_value(); });
  if (!opened) {
    const bool whole =
        std::any_of(slots.begin(), slots.end(), failed_with(ErrorCode::vault_unavailable));
    return whole ? fail(ErrorCode::vault_unavailable, "this key does not open the vault")
                 : fail(ErrorCode::corrupt, "no slot of the vault is whole");
  }
  // The key is right, so a slot that it does not open is damaged.
  for (auto& slot : slots) {
    if (!slot) slot = fail(ErrorCode::corrupt, slot.error().message);
  }
  return slots;
}

Result<Slots> decode_slots(std::string_view file, const KeyEncryptionKey& locked_by) {
  LIGGARE_TRY(Slots slots, decode_each_slot(file, locked_by));
  return usable_slots(std::move(slots));
}

EpochKeys keys_in_force(Slots slots, const std::map<std::uint32_t, std::uint64_t>& epochs) {
  EpochKeys keys;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    Result<Slot>& slot = slots[bucket];
    const auto named = epochs.find(bucket);
    const std::uint64_t epoch = named == epochs.end() ? 1 : named->second;
    if (!slot) {
      keys.push_back(Unexpected{slot.error()});
    } else if (slot->key.epoch == epoch) {
      keys.push_back(std::move(slot->key));
    } else if (slot->next && slot->next->epoch == epoch) {
      keys.push_back(*std::move(slot->next));
    } else {
      keys.push_back(
          slot_failure(ErrorCode::corrupt, bucket, "it is of another epoch than keys.sqlite"));
    }
  }
  return keys;
}

Result<void> overwrite_slots(const std::filesystem::path& file,
                             const std::map<std::uint32_t, std::string>& slots) {
  LIGGARE_TRY(const auto descriptor, FileDescriptor::open(file, O_WRONLY));
  for (const auto& [bucket, bytes] : slots) {
    LIGGARE_ASSERT(bytes.size() == slot_bytes, "a slot has 512 bytes");
    const auto place = static_cast<off_t>(bucket * slot_bytes);
    const ssize_t written = ::pwrite(descriptor.number(), bytes.data(), bytes.size(), place);
    if (written != static_cast<ssize_t>(bytes.size())) return system_failure("cannot write", file);
  }
  if (::fdatasync(descriptor.number()) != 0) return system_failure("cannot sync", file);
  return {};
}

}  // namespace liggare::vault
