// Backups of a vault: consistent copies that the vault knows of, and that expire.
//
// Every backup keeps what was erased after it was made, so an erasure is complete only when the
// earlier ones are gone (evidence, section 2). A backup's layout is in schema/vault.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "vault/erasure.h"
#include "vault/key_file.h"

namespace liggare::vault {

enum class BackupStanding {
  live,       // Could be opened.
  expired,    // Its last day has passed.
  deleted,    // Said to be deleted.
  rewritten,  // Locked by a key-encryption key that was changed since and, it is said, destroyed.
};

// "live" and so on.
const char* name_of(BackupStanding standing);

struct BackupState {
  std::string id;     // 32 hexadecimal digits.
  std::string label;  // As given; where the backup lies is not kept.
  Day made;
  Day expires;                  // The last day that it may be used.
  std::string key_fingerprint;  // Of the key-encryption key that opens it.
  BackupStanding state = BackupStanding::live;
  bool operator==(const BackupState&) const = default;
};

struct BackupOrder {
  std::filesystem::path folder;  // Made; it must not exist.
  Day made;
  Day expires;
  std::string label;  // One line of text, for people.
};

// What the registry hears of a backup later.
enum class BackupMark { deleted, rewritten };

// An erasure that the ledger knows to be executed, with the whole class keys that it destroyed.
struct ExecutedErasure {
  Erasure erasure;
  std::vector<std::string> key_ids;
};

enum class ExpiredBackups { refuse, accept };

struct RestoreOrder {
  std::filesystem::path backup;
  std::filesystem::path into;  // Made; it must hold no vault.
  Day today;
  std::vector<ExecutedErasure> executed;  // All that the ledger knows of.
  ExpiredBackups expired = ExpiredBackups::refuse;
};

struct RestoreReport {
  BackupState backup;
  // Registered in the place of the backups that were made since and are not known any more: it has
  // no last day, and goes as they do.
  BackupState unknown;
  std::vector<std::string> key_ids;  // Destroyed in the copy before it became a vault, in order.
  std::uint64_t punctured = 0;       // Sections, likewise.
};

// Which backup lies in a folder; its other files are not read. not_found where there is none;
// vault_unavailable where the key is not the backup's; corrupt where this was changed.
Result<BackupState> identify_backup(const std::filesystem::path& folder,
                                    const KeyEncryptionKey& key);

// Makes a vault of a backup, less what was erased since: those keys are destroyed, and their
// buckets' epoch keys replaced, before the folder counts as a vault. What else was sealed after the
// backup was made is lost. Whether other backups were made since can't be known, so one that stands
// for them is registered. vault_unavailable where the key is not the backup's; corrupt where any
// byte of it was changed; denied where it has expired; invalid_argument where `into` exists.
Result<RestoreReport> restore(const RestoreOrder& order, KeyEncryptionKey key);

}  // namespace liggare::vault
