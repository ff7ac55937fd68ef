// The checks of every verification: files, records, tree, indexes, HEAD and checkpoints.
//
// Internal to inspect.
#pragma once

#include "inspect/checkpoint_check.h"
#include "inspect/opening.h"

namespace liggare::inspect {

// What others say that the log holds.
struct Claims {
  SignerState signer;
  GivenHeads given;
};

struct LogState {
  std::uint64_t size = 0;  // How many events were examined.
  bool has_newer_records = false;
};

// Requires a database that is open. Adds to `report` all but the findings.
Result<LogState> examine_log(const VerifyOptions& options, const OpenedLog& opened,
                             const Claims& claims, FindingList& findings, VerifyReport& report);

}  // namespace liggare::inspect
