// Checks that a ledger only grew between two of its checkpoints.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "audit/outcome.h"
#include "audit/trust.h"
#include "merkle/checkpoint.h"

namespace liggare::audit {

struct ConsistencyInput {
  std::string_view old_checkpoint;
  std::string_view new_checkpoint;
  std::string_view proof;  // Hashes in base64, one a line.
  std::string old_place = "OLD";
  std::string new_place = "NEW";
  std::string proof_place = "proof";
};

Outcome check_consistency(const ConsistencyInput& input, const Trust& trust);

// An older and a newer checkpoint, before any proof is looked at: forked where both are of one size
// and differ, not_comparable where the newer is smaller or another log's. Names `new_place`.
Checked<void> check_growth(const merkle::Checkpoint& older, const merkle::Checkpoint& newer,
                           const std::string& new_place);

// That the ledger only grew from `old_size` events to those of `newer`.
void tell_growth(std::uint64_t old_size, const merkle::Checkpoint& newer, Outcome& outcome);

}  // namespace liggare::audit
