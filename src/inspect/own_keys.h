// The keys that a ledger itself names as its own. Internal to inspect.
//
// Weaker than a key from outside: whoever can write the ledger, or its key folder, can name any.
#pragma once

#include <vector>

#include "base/result.h"
#include "inspect/checkpoint_check.h"

namespace liggare::inspect {

// The signer's, then those before and after each change of the key that the log holds. What can't
// be read, or is no key, is left out: that is for the checks to find. `database` may be null. Fails
// as the disk does.
Result<std::vector<merkle::VerifierKey>> own_keys(const SignerState& signer,
                                                  const store::Database* database);

}  // namespace liggare::inspect
