// The manifest of a backup: what it is, and the hashes of its files, authenticated with the key
// that opens it. It is written last: a folder without it is no backup.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "vault/backup.h"
#include "vault/key_file.h"

namespace liggare::vault {

inline constexpr const char* manifest_file = "backup.txt";

struct BackupManifest {
  BackupState backup;
  std::string keys_hash;   // SHA-256 of keys.sqlite, hexadecimal.
  std::string slots_hash;  // Of slots.
};

std::string encode_manifest(const BackupManifest& manifest, const KeyEncryptionKey& key);
// vault_unavailable where it was written with another key; corrupt where it is not as written.
Result<BackupManifest> decode_manifest(std::string_view text, const KeyEncryptionKey& key);

}  // namespace liggare::vault
