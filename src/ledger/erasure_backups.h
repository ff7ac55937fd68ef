// Backups that an older state of the vault has forgotten, since they were made after it.
#pragma once

#include "ledger/erasure_scope.h"
#include "vault/vault.h"

namespace liggare::ledger {

// Registers anew every backup that the erasure's first certificate says could still open it, and
// that the vault does not know: as live for ever, since the certificate gives no last day, under
// the decision's id as its label. Does nothing where the certificate is not the one that the ledger
// names. Requires that the erasure is executed and the vault has not destroyed it again.
Result<void> recall_backups(const Ledger& ledger, vault::Vault& vault,
                            const DecidedErasure& erasure);

}  // namespace liggare::ledger
