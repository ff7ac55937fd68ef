// An older state of a vault that was put back by hand has keys again that were destroyed. It is
// told here what the ledger has executed since, and fences it, so that the keys neither open nor
// seal until resume_erasures() has destroyed them again.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "vault/vault.h"

namespace liggare::ledger {

// Compares the vault with the erasures that the ledger has executed, and begins those anew that the
// vault has not carried out; durable once it returns. Reads the events after the vault's mark of
// the ledger alone, and all of them where the mark is not of this ledger's history. Gives the
// decisions that are to be carried out again. corrupt and io as ledger and vault say. Not while an
// erasure is executed.
Result<std::vector<std::string>> catch_up_vault(const Ledger& ledger, vault::Vault& vault);

// As wait_for_vault(), and caught up.
Result<std::unique_ptr<vault::Vault>> wait_for_vault_of(const Ledger& ledger);

// Moves the mark to the ledger's end. Requires that the vault was caught up when it was opened, and
// that whatever was executed since was executed with it. Seldom writes: a mark that is a little
// behind costs a little reading.
Result<void> move_mark(const Ledger& ledger, vault::Vault& vault);

}  // namespace liggare::ledger
