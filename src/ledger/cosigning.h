// Has witnesses cosign the newest checkpoint, under a policy (evidence, section 6).
#pragma once

#include <string>
#include <vector>

#include "ledger/checkpoints.h"
#include "merkle/policy.h"

namespace liggare::ledger {

struct Cosigned {
  merkle::SignedNote note;
  std::vector<std::string> failures;  // Of witnesses that the quorum could do without.
};

// Asks `witnesses`, which are of the policy, and adds their lines to the checkpoint.
// invalid_argument where the policy names logs and this ledger is none of them. Fails closed:
// io where the policy's quorum is not met; diverged where a witness says that the ledger was rolled
// back or forked. What was given is remembered all the same.
Result<Cosigned> cosign(const Ledger& ledger, const NewestCheckpoint& newest,
                        const merkle::Policy& policy,
                        const std::vector<merkle::Witness>& witnesses);

}  // namespace liggare::ledger
