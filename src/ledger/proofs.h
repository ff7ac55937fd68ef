// Proofs out of the ledger, for the checkpoint that they are to be checked against
// (evidence, section 5).
#pragma once

#include <cstdint>

#include "ledger/ledger.h"
#include "merkle/checkpoint.h"
#include "merkle/proof.h"
#include "merkle/proof_file.h"

namespace liggare::ledger {

// That an event is in the tree of `checkpoint`. not_found for a position at or after its size.
// Requires a checkpoint of this ledger.
Result<merkle::ProofFile> prove(const Ledger& ledger, std::uint64_t position,
                                const merkle::SignedNote& checkpoint);

// That the tree of `old_size` events is the beginning of that of `new_size`.
Result<merkle::ConsistencyProof> prove_growth(const Ledger& ledger, std::uint64_t old_size,
                                              std::uint64_t new_size);

}  // namespace liggare::ledger
