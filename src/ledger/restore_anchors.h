// What is known of a ledger besides a backup of it: how far it had come, and with which root.
//
// Internal to ledger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/backup_manifest.h"
#include "ledger/restore.h"
#include "ledger/restore_place.h"

namespace liggare::ledger {

struct Anchor {
  const char* name = "";  // "head", "log", "signed", "checkpoint"
  merkle::TreeHead head;
};

// Of the folder that is to be replaced, its keys, and the checkpoint given. `log` is the log that
// is there, null where nothing can be read of it. invalid_argument where any is another ledger's
// than the manifest's, or the checkpoint is not signed; corrupt where SIGNED can't be read, io
// where HEAD can't.
Result<std::vector<Anchor>> anchors_of(const Folders& folders, const BackupManifest& manifest,
                                       const LedgerRestoreRequest& request, const FormerLog* log);

// Whether the manifest is signed by a key of the ledger's; no value where none is at hand. diverged
// where it is not signed by the key given.
Result<std::optional<bool>> is_signed(const Folders& folders, const BackupManifest& manifest,
                                      const LedgerRestoreRequest& request);

// That the backup is not older than what is known, as far as sizes and the log that is there tell;
// the roots of the other anchors are compared once the backup is read. The head that is lost where
// it is older and that is accepted.
Result<std::optional<merkle::TreeHead>> judge_age(
    const std::vector<Anchor>& anchors, const BackupManifest& manifest, const FormerLog* log,
    const std::optional<std::string>& accept_rollback);

// The error for a backup that is older than an anchor, and for one of another history.
Unexpected<Error> rollback(const std::string& what, std::uint64_t has, std::uint64_t known);
Unexpected<Error> other_history(const std::string& what, std::uint64_t size);

}  // namespace liggare::ledger
