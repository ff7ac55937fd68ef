// How much of what was looked at has been reviewed, by the unit of the staff and month.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace liggare::ledger {

struct Coverage {
  std::string unit;   // Empty for staff that no event registers.
  std::string month;  // "2026-11"
  std::uint64_t looks = 0;
  std::uint64_t drawn = 0;
  std::uint64_t reviewed = 0;
};

// By unit, then by month. In any mode.
Result<std::vector<Coverage>> review_coverage(const Ledger& ledger);

}  // namespace liggare::ledger
