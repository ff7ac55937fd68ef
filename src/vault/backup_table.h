// The registry of backups in `keys.sqlite`, and which key-encryption key locks the vault.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/backup.h"
#include "vault/database.h"

namespace liggare::vault {

struct StoredBackup {
  BackupState backup;         // Never expired: that depends on the day.
  std::int64_t erasures = 0;  // The number of the last erasure that was rewrapped before it.
};

inline constexpr std::size_t backup_id_bytes = 16;
// Of a backup of which nobody knows how long it is kept.
inline Day no_last_day() { return *Day::from_date(9999, 12, 31); }

Result<void> insert_backup(Database& database, const StoredBackup& stored);
// In the order in which they were made.
Result<std::vector<StoredBackup>> all_backups(Database& database);
Result<void> set_mark(Database& database, std::string_view id, BackupMark mark);

// As it stands on a day.
BackupState on_day(BackupState backup, Day today);

// Fingerprints of key-encryption keys.
struct VaultKeys {
  std::string current;
  std::string next;  // While a change is under way; else empty.
};
// No value before a vault of format version 1 was first opened by this release.
Result<std::optional<VaultKeys>> vault_keys(Database& database);
Result<void> set_vault_keys(Database& database, const VaultKeys& keys);

}  // namespace liggare::vault
