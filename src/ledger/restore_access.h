// The access log of a restored ledger: from the backup, or from the ledger that is there where that
// has more of it.
//
// Internal to ledger.
#pragma once

#include <cstdint>
#include <set>

#include "ledger/key_folder.h"
#include "ledger/restore_leaves.h"
#include "ledger/restore_place.h"

namespace liggare::ledger {

class RestoreAccess {
 public:
  // All outlive this.
  RestoreAccess(const LedgerRestoreRequest& request, const BackupManifest& manifest,
                const RestorePlace& place, const KeyFolder& keys, RestoreLeaves& leaves)
      : request_(request), manifest_(manifest), place_(place), keys_(keys), leaves_(leaves) {}

  // Makes every year anew but those that were dropped since the backup. diverged where the two, or
  // SIGNED.access, have other histories, or records are lost and no rollback is accepted.
  Result<void> build();

  // Records of the ledger that is there which the backup lacks.
  std::uint64_t records_kept() const { return records_kept_; }
  // Whether records are lost, once build() is done.
  bool is_behind() const { return is_behind_; }

 private:
  const AccessTree* in_backup(int year) const;
  Result<void> build_year(int year);
  Result<void> add_longer(RestoredTree& tree, int year, const store::EventLog* old);
  Result<void> judge_lost(int year);
  Result<void> hold_against_signed();

  const LedgerRestoreRequest& request_;
  const BackupManifest& manifest_;
  const RestorePlace& place_;
  const KeyFolder& keys_;  // Of the access log.
  RestoreLeaves& leaves_;
  std::set<int> dropped_;  // Since the backup.
  std::uint64_t records_kept_ = 0;
  bool is_behind_ = false;
};

}  // namespace liggare::ledger
