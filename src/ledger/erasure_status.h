// How far each erasure has come, and which backups of the vault could still undo it.
//
// Executed when the live vault can't open any more; complete when no backup made before could
// either (evidence, section 2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/erasure_check.h"
#include "ledger/erasure_scope.h"
#include "vault/backup.h"

namespace liggare::ledger {

enum class ErasureStage {
  decided,    // Nothing was done yet.
  fenced,     // Begun: nothing is read or added; the keys are there. Resume it.
  destroyed,  // The keys are gone; the ledger does not say so yet. Resume it.
  undone,     // In the ledger, and the keys are back: an older vault was put in place. Resume it.
  executed,   // As destroyed, and in the ledger. A backup could still open it.
  complete
};

struct BackupOfErasure {
  vault::BackupState backup;
  bool opens = false;  // Whether it could still open what this erasure took away.
};

struct ErasureStatus {
  DecidedErasure erasure;
  ErasureStage stage = ErasureStage::decided;
  std::vector<BackupOfErasure> backups;  // Every registered one.
  std::vector<DisclosedKey> disclosed;   // Of its sections: what they open is out of reach.
  // No vault could be asked: then stage and backups are as far as the ledger knows, and an executed
  // one may be complete.
  bool without_vault = false;
};

// Of one participant, or of all; in the order of their decisions. not_found for an unknown
// participant. Opens the vault where the ledger has not.
Result<std::vector<ErasureStatus>> erasure_status(const Ledger& ledger,
                                                  const std::optional<std::string>& participant);

}  // namespace liggare::ledger

namespace liggare::domain {

LIGGARE_WORDS(ledger::ErasureStage, "decided", "fenced", "destroyed", "undone", "executed",
              "complete");

}  // namespace liggare::domain
