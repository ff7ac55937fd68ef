// The leaves of a backup's trees, held against its manifest and put into logs.
//
// Internal to ledger.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/restore.h"
#include "ledger/restored_tree.h"

namespace liggare::ledger {

class RestoreLeaves {
 public:
  // Both outlive this.
  RestoreLeaves(const LedgerRestoreRequest& request, const BackupManifest& manifest);

  // Adds those of one tree, "log" or a year's folder, to an empty `tree`. corrupt where a file is
  // not what the manifest says, or the tree gets another root.
  Result<void> add_to(RestoredTree& tree, const std::string& folder,
                      const merkle::TreeHead& wanted);

 private:
  const LedgerRestoreRequest& request_;
  const BackupManifest& manifest_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace liggare::ledger
