// Care of the vault: what state it is in, backups, restoring one, and changing the key that locks
// it. None of it needs the ledger open for writing; all of it needs the vault to be free.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "vault/vault.h"

namespace liggare::ledger {

// busy where another process has it for longer than two seconds; vault_unavailable where there is
// none, or the key is missing or another's.
Result<std::unique_ptr<vault::Vault>> wait_for_vault(const Folders& folders);

struct VaultStatus {
  std::string key_fingerprint;
  vault::VaultReport report;
  std::vector<vault::PendingErasure> pending;
  std::vector<vault::BackupState> backups;
  // Decisions whose erasures the ledger has as executed, and whose keys are here again: this is an
  // older state of the vault, put back. No value where there is no ledger that can be read.
  std::optional<std::vector<std::string>> arrears;
};
Result<VaultStatus> vault_status(const Folders& folders, Day today);

// Makes a copy that the vault knows of. fenced where keys are back that were destroyed, or an
// erasure is under way; invalid_argument where it would lie in the ledger's or the key folder, or
// as Vault::back_up(); errors of the ledger where it can't be read.
Result<vault::BackupState> back_up_vault(const Folders& folders, const vault::BackupOrder& order);
// Says of a backup that it was deleted; not_found where there is none with this id.
Result<void> forget_backup(const Folders& folders, const std::string& id);

struct RestoreRequest {
  std::filesystem::path backup;
  std::optional<std::filesystem::path> key_file;  // The backup's key; the vault's own otherwise.
  bool accepts_expired = false;
};
// Makes the ledger's vault of a backup, less every key that the ledger says was destroyed. Requires
// that there is no vault. The backup's key becomes the vault's. Errors as vault::restore().
Result<vault::RestoreReport> restore_vault(const Ledger& ledger, const RestoreRequest& request);

struct RotatedKey {
  std::string old_fingerprint;
  std::string new_fingerprint;
  std::vector<std::string> rewritten;  // Backups that nothing opens any more.
};
// Locks the vault with a fresh key. The old one is overwritten and removed, so that backups locked
// with it can't be opened any more, unless it is kept in a file. Ends a change that was
// interrupted. fenced as back_up_vault().
Result<RotatedKey> rotate_vault_key(const Folders& folders, Day today,
                                    const std::optional<std::filesystem::path>& keep_old_key);

struct VaultVerification {
  std::uint64_t sections = 0;  // In the ledger.
  std::uint64_t opened = 0;    // And whole: JSON as it was sealed.
  std::uint64_t erased = 0;    // By erasures that the ledger knows.
  std::uint64_t fenced = 0;
  std::vector<std::string> findings;  // Name events and key ids, nothing that was sealed.
};
// Opens every section of the ledger, shows none, and checks the vault's own bytes.
Result<VaultVerification> verify_vault(const Ledger& ledger);

}  // namespace liggare::ledger
