// Several clients at work on one ledger, and the record of what each asked and saw.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "tests/faults/history.h"

namespace liggare::faults {

struct Workload {
  std::string name;  // Of the streams; new for each history.
  std::size_t clients = 8;
  std::size_t operations = 300;  // In all.
  std::size_t streams = 3;
  std::uint64_t seed = 0;
};

// Makes the streams, lets the clients work, and gives what they saw.
std::vector<Operation> work_together(ledger::Ledger& ledger, const Workload& workload);

}  // namespace liggare::faults
