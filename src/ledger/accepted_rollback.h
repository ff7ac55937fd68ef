// Rollbacks that were accepted, as the ledger itself tells of them (ledger/restore.h).
//
// What was signed of events that are gone since can't be signed again: another root at the same
// size would be a fork. The key is given up instead, and another one signs what there is now.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/ledger.h"
#include "merkle/verifier_key.h"

namespace liggare::ledger {

// The position of the newest ledger.rolled-back that took away what `known` speaks of. No value
// where the ledger is as it was at `known`, and where nothing explains that it is not.
Result<std::optional<std::uint64_t>> rolled_back_behind(const Ledger& ledger,
                                                        const merkle::TreeHead& known);

// Whether the key was given up: by a change of key of which it signed nothing.
Result<bool> is_given_up(const Ledger& ledger, const merkle::VerifierKey& key);

// The refusal of a key that signed what is gone, with what to do.
Unexpected<Error> must_be_given_up(std::uint64_t signed_size, std::uint64_t rolled_back_at);

}  // namespace liggare::ledger
