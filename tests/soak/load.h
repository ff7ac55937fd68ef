// What a busy office does to a ledger at once: it appends, reads, proves, reports, signs, seals,
// rebuilds and verifies.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace liggare::soak {

struct Load {
  std::chrono::milliseconds lasts{0};
  std::string name;  // Of the events' ids; new for each load.
};

struct Done {
  std::uint64_t appends = 0;
  std::uint64_t others = 0;                // Reads, proofs, reports, checkpoints, seals …
  std::vector<std::string> failures;       // What should have been answered, and was not.
  std::vector<std::int64_t> microseconds;  // That each append took.
};

// A new ledger with people to write about.
void make_ledger(const ledger::Folders& folders);

// Opens the ledger, works on it, and closes it.
Done work(const ledger::Folders& folders, const Load& load);

}  // namespace liggare::soak
