// The blind index: finds a person by number in files that hold no number in the clear.
//
// Each bucket has an index key, wrapped by its epoch key. An entry is HMAC-SHA-256(index key,
// number) beside a text that opens under the key of the identity section which holds the number:
// so it dies with that section, with its class key, and with the bucket's epoch key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace liggare::vault {

// A personnummer or samordningsnummer, and the sealed identity section that holds it.
struct NumberEntry {
  std::string subject;
  std::string event_id;
  std::string number;  // Always written in the same way: it is compared byte for byte.
  std::string key_id;  // The section's.
  std::string index;   // The section's.
  bool operator==(const NumberEntry&) const = default;
};

// HMAC-SHA-256, 32 bytes.
std::string number_mac(const SecretKey& index_key, std::string_view number);

// `base_key` is the leaf at the entry's index. Binds key id and index.
std::string seal_entry(const SecretKey& base_key, const NumberEntry& entry);
// corrupt unless `sealed` was sealed for this key id and index.
Result<NumberEntry> open_entry(const SecretKey& base_key, std::string_view key_id,
                               std::string_view index, std::string_view sealed);

std::string wrap_index_key(const SecretKey& epoch_key, std::uint32_t bucket, const SecretKey& key);
Result<SecretKey> unwrap_index_key(const SecretKey& epoch_key, std::uint32_t bucket,
                                   std::string_view wrapped);

}  // namespace liggare::vault
