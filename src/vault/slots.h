// The file `slots`: one fixed slot for each of 256 buckets, holding the bucket's epoch key.
//
// Every class key is wrapped under the epoch key of its subject's bucket, so overwriting one slot
// in place makes every earlier copy of that bucket's wrapped keys worthless. While a bucket is
// rewrapped its slot holds two keys, the old and the next; keys.sqlite says which is in force. The
// layout is in schema/vault.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "vault/key_file.h"

namespace liggare::vault {

inline constexpr std::uint32_t bucket_count = 256;
inline constexpr std::size_t slot_bytes = 512;

// The first byte of SHA-256(subject).
std::uint32_t bucket_of(std::string_view subject);

struct EpochKey {
  std::uint64_t epoch = 0;  // Counts from 1; one more at every rewrapping.
  SecretKey key;

  EpochKey clone() const { return {epoch, key.clone()}; }
};

struct Slot {
  EpochKey key;
  std::optional<EpochKey> next;  // While the bucket is rewrapped.
};

// A slot's 512 bytes, its keys wrapped by the key-encryption key.
std::string encode_slot(std::uint32_t bucket, const Slot& slot, const KeyEncryptionKey& locked_by);
// unsupported where a newer release wrote the slot; vault_unavailable where it is whole but does
// not open under this key; else corrupt. Requires slot.size() == slot_bytes.
Result<Slot> decode_slot(std::uint32_t bucket, std::string_view slot,
                         const KeyEncryptionKey& locked_by);

// The whole file with fresh random epoch keys.
std::string fresh_slots(const KeyEncryptionKey& locked_by);

// By bucket; a bucket whose slot is damaged holds corrupt, naming the slot, and costs no other.
using Slots = std::vector<Result<Slot>>;
// Each slot by itself, as decode_slot(). corrupt where the file has another size.
Result<Slots> decode_each_slot(std::string_view file, const KeyEncryptionKey& locked_by);
// Of slots that were decoded with one key: vault_unavailable where none opens under it; unsupported
// where a newer release wrote any; corrupt where none is whole. Else a slot that does not open is
// corrupt.
Result<Slots> usable_slots(Slots slots);
// Both.
Result<Slots> decode_slots(std::string_view file, const KeyEncryptionKey& locked_by);

// Likewise, with the one key in force.
using EpochKeys = std::vector<Result<EpochKey>>;
// Takes from each slot the key of the epoch in force, which is 1 for a bucket not named; corrupt
// where a slot has none of that epoch.
EpochKeys keys_in_force(Slots slots, const std::map<std::uint32_t, std::uint64_t>& epochs);

// Overwrites slots in place, each wholly; durable once it returns. Needs a medium that writes 512
// aligned bytes wholly or not at all, as disks do.
Result<void> overwrite_slots(const std::filesystem::path& file,
                             const std::map<std::uint32_t, std::string>& slots);

}  // namespace liggare::vault
