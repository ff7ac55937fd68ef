// Checks a backup where it lies: every file, every leaf, every tree.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/backup_manifest.h"
#include "ledger/leaf_files.h"
#include "merkle/verifier_key.h"

namespace liggare::ledger {

// Every code that a finding has; docs/backups.md says what they mean.
inline constexpr auto backup_finding_codes =
    std::to_array<std::string_view>({"manifest", "file-missing", "file-differs", "leaf", "root",
                                     "signature", "checkpoint", "older-than-checkpoint"});

struct BackupFinding {
  std::string code;      // Of backup_finding_codes.
  std::string place;     // "log/000000003-8192, events 24576 to 32767"
  std::string expected;  // Hashes in hex, numbers, or empty.
  std::string found;
};

struct BackupCheckRequest {
  std::optional<merkle::VerifierKey> key;        // Of the ledger, from outside the backup.
  std::optional<merkle::SignedNote> checkpoint;  // From outside, too; needs the key.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // Leaves.
};

struct BackupReport {
  std::optional<BackupManifest> manifest;  // No value where it can't be read.
  std::vector<BackupFinding> findings;
  std::uint64_t leaves = 0;  // Read and hashed.
  bool is_signature_checked = false;
  std::optional<std::uint64_t> covered;  // The size of the given checkpoint, where it holds.
};

// Reads every byte of the backup in `folder` and changes nothing; begins anew where another backup
// is made on top of it meanwhile. Says nothing on integrity where it fails: busy where that happens
// again and again, not_found where there is no backup, io where something can't be read,
// invalid_argument for a checkpoint without a key or of another ledger.
Result<BackupReport> check_backup(const std::filesystem::path& folder,
                                  const BackupCheckRequest& request);

// Stays where it is: the views are of its own bytes.
struct ReadLeaves {
  std::string bytes;
  std::vector<std::string_view> leaves;

  ReadLeaves() = default;
  ReadLeaves(ReadLeaves&&) = delete;
};
// One file of leaves, held against the manifest. corrupt, naming it, where it is missing or is not
// what was written.
Result<void> read_leaf_file(const std::filesystem::path& folder, const BackupManifest& manifest,
                            const LeafFile& file, ReadLeaves& into);

}  // namespace liggare::ledger
