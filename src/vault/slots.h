// The file `slots`: one fixed slot for each of 256 buckets, holding the bucket's epoch key.
//
// Every class key is wrapped under the epoch key of its subject's bucket, so overwriting one slot
// in place makes every earlier copy of that bucket's wrapped keys worthless. The layout is in
// schema/vault.md.
#pragma once

#include <cstddef>
#include <cstdint>
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
};

// A slot's 512 bytes, the epoch key wrapped by the key-encryption key.
std::string encode_slot(std::uint32_t bucket, const EpochKey& epoch_key,
                        const KeyEncryptionKey& locked_by);
// unsupported where a newer release wrote the slot; vault_unavailable where it is whole but does
// not open under this key; else corrupt. Requires slot.size() == slot_bytes.
Result<EpochKey> decode_slot(std::uint32_t bucket, std::string_view slot,
                             const KeyEncryptionKey& locked_by);

// The whole file with fresh random epoch keys.
std::string fresh_slots(const KeyEncryptionKey& locked_by);

// By bucket; a bucket whose slot is damaged holds corrupt, naming the slot, and costs no other.
using EpochKeys = std::vector<Result<EpochKey>>;
// vault_unavailable where no slot opens under this key; unsupported where a newer release wrote
// any; corrupt where the file has another size or no slot is whole.
Result<EpochKeys> decode_slots(std::string_view file, const KeyEncryptionKey& locked_by);

}  // namespace liggare::vault
