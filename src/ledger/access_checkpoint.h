// Signed tree heads of the access log, each year's a log of its own, by a key of its own:
// access.key, and SIGNED.access beside it, which remembers what it signed last.
//
// One key pair for all years. Its name in a year's checkpoints is that year's origin,
// "<origin>/access/<year>"; in its file it is "<origin>/access".
#pragma once

#include <string>

#include "ledger/checkpoints.h"

namespace liggare::ledger {

std::string access_key_name(const std::string& origin);

// Makes the key and SIGNED.access, for a ledger that was made without. invalid_argument where
// either is there.
Result<void> make_access_key(const Ledger& ledger);

// The key that signs, as the newest year's; as this year's before there is any.
Result<merkle::VerifierKey> access_verifier_key(const Ledger& ledger);

// The checkpoint of the newest year at its present size, signed now unless that was done before,
// and remembered durably once this returns. not_found where there is no access log, no key, or no
// SIGNED.access and no `last_signed` to stand in for it; diverged, and nothing signed, where the
// year that was signed last is shorter, has another root, or is gone and was not dropped.
Result<NewestCheckpoint> newest_access_checkpoint(const Ledger& ledger,
                                                  const CheckpointOptions& options = {});

}  // namespace liggare::ledger
