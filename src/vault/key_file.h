// The key-encryption key: it locks the vault, and comes from a file of 32 raw bytes.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace liggare::vault {

struct KeyEncryptionKey {
  SecretKey key;
};

// Names a key without telling it: 32 hexadecimal digits of a hash.
std::string fingerprint_of(const KeyEncryptionKey& key);

// vault_unavailable where there is no such file, it is not 32 bytes, or its mode is not 0600.
Result<KeyEncryptionKey> read_key_file(const std::filesystem::path& path);

// Writes a fresh random key with mode 0600; durable once it returns. invalid_argument where `path`
// exists: an overwritten key loses every person's data.
Result<void> make_key_file(const std::filesystem::path& path);

}  // namespace liggare::vault
