// Asking witnesses to cosign a checkpoint, under a policy.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/checkpoints.h"
#include "merkle/policy.h"
#include "tools/command.h"

namespace liggare::tools {

class Console;

struct CosigningOptions {
  std::optional<merkle::Policy> policy;    // Without one nobody is asked.
  std::vector<merkle::Witness> witnesses;  // Those to ask.
};

// From --policy and --witness.
Result<CosigningOptions> cosigning_options(const Arguments& arguments);

// The checkpoint with the cosignatures that the witnesses gave. Fails closed: io where the policy's
// quorum is not met, corrupt where a witness says that the ledger was rolled back or forked. A
// witness that fails without need is told on standard error.
Result<merkle::SignedNote> cosign(const ledger::Ledger& ledger,
                                  const ledger::NewestCheckpoint& newest,
                                  const CosigningOptions& options, Console& console);

}  // namespace liggare::tools
