// Makes the ledger's folder of a backup, and never goes back in time unasked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/backup_manifest.h"
#include "ledger/folder_exchange.h"
#include "ledger/ledger.h"
#include "merkle/verifier_key.h"

namespace liggare::ledger {

struct LedgerRestoreRequest {
  std::filesystem::path backup;
  // A checkpoint kept elsewhere: signed by `key`, or else by a key in the key folder.
  std::optional<merkle::SignedNote> checkpoint;
  std::optional<merkle::VerifierKey> key;
  // Why it may go back behind what is known of the ledger. Becomes ledger.rolled-back.
  std::optional<std::string> accept_rollback;
  std::string actor = "system/liggare";  // Of that event.
  const Clock* clock = nullptr;          // The system clock when null.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // Events and records.
  std::function<void()> at_step;  // Called between what could be interrupted.
  ExchangeCall exchange;          // The system's own call where it is empty.
};

struct RestoredLedger {
  BackupManifest manifest;
  merkle::TreeHead head;  // Of the ledger now; the backup's, unless it was rolled back.
  // What the backup was held against: "head", "log", "signed", "checkpoint". Empty: nothing outside
  // shows that the backup is the newest.
  std::vector<std::string> anchors;
  std::optional<merkle::TreeHead> rolled_back_from;
  // The ledger's key has signed what is gone now, and signs nothing more: key_rotation.h.
  bool must_change_key = false;
  std::uint64_t access_records_kept = 0;  // Of the ledger there was, younger than the backup.
  // Whether a key of the ledger's has signed the manifest; no value where none is at hand. Else
  // whoever could write the backup's folder may have made it.
  std::optional<bool> is_signed;
  bool has_vault = false;                      // The vault of the ledger there was is in its place.
  std::optional<std::filesystem::path> aside;  // Where the ledger there was lies now.
};

// Makes folders.ledger of the backup: every leaf goes through the log's own appender, and the trees
// must come out as the manifest says. A ledger that is there is replaced in one step (in three,
// where the file system can't: folder_exchange.h) and kept beside it; its vault goes over to the
// new one, and so do records of its access log that are younger than the backup. Until then nothing
// of it is changed; after a kill the same call begins anew.
//
// diverged where the backup is older than what is known of the ledger (HEAD, the log, SIGNED, the
// checkpoint, the access log, SIGNED.access) and accept_rollback is not given, and always where it
// has another history, or the manifest is not signed by the key given. corrupt where the backup is
// damaged; busy where another process writes or restores there; io where what is there may not be
// read; invalid_argument where the folder holds something else, the ledger or the keys are
// another's, or the checkpoint is not signed. The inner result is the refusal of the event
// ledger.rolled-back.
Result<Result<RestoredLedger, Refusal>> restore_ledger(const Folders& folders,
                                                       const LedgerRestoreRequest& request);

}  // namespace liggare::ledger
