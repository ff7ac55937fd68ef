// Backups of the ledger: its leaves and those of the access log, in files that are only added to.
//
// A backup holds no key, no vault and nothing that can be made again from the leaves; personal data
// in it is as sealed as in the ledger. The vault has backups of its own (ledger/vault_care.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "ledger/backup_manifest.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

struct MadeBackup {
  BackupManifest manifest;
  std::uint64_t files_written = 0;
  std::uint64_t files_kept = 0;  // Of the backup that was there before.
  std::uint64_t bytes_written = 0;
  // The newest checkpoint that the ledger's key has signed, which is in the backup. No value where
  // there is none, or where the ledger is not what was signed.
  std::optional<std::uint64_t> checkpoint;
};

struct BackupOptions {
  const Clock* clock = nullptr;  // The system clock when null.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // Events and records.
  std::function<void()> at_step;  // Called between what could be interrupted.
};

// Makes `out` a backup of the ledger at its newest durable size, beside a writer too; of an earlier
// backup of the same ledger there, full files stay. Every file is its owner's alone. Until the new
// manifest stands, the earlier backup holds; durable once this returns. Signed where the folder of
// keys has the signing key. diverged where the ledger or its access log does not begin as that
// backup says, invalid_argument where `out` holds something else, lies in the ledger's folder or
// that of its keys, or is another ledger's. One process at a time writes a backup; others wait.
Result<MadeBackup> back_up(const Folders& folders, const std::filesystem::path& out,
                           const BackupOptions& options = {});

}  // namespace liggare::ledger
