// Random histories: events of every type that clients may send, proposed by one who knows no rules
// but remembers ids, and judged by domain::decide.
//
// Most proposals refer to what exists and lie near each other: few ids, many equal days, months'
// ends and leap days, much that is late. Some are nonsense.
#pragma once

#include "domain/rejection.h"
#include "tests/support/chance.h"
#include "tests/support/memory_ledger.h"

namespace liggare::test {

struct RandomHistory {
  MemoryLedger ledger;
  std::vector<domain::RejectionCode> refusals;  // Of what was proposed and not taken.
};

// The same for the same seed, on every platform.
RandomHistory random_history(std::uint64_t seed);

// A day in or near the years that random histories are about.
Day random_day(Chance& chance);

// The types that clients may send, in the contract's order.
const std::vector<domain::EventType>& client_types();

}  // namespace liggare::test
