// The entries of the access log from which a review draws, with what the ledger knows of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/review.h"
#include "ledger/access_log.h"
#include "ledger/timelines.h"

namespace liggare::ledger {

struct ReviewPeriod {
  Day from = Day::first();
  Day to = Day::last();             // Both included, by the ledger day of the entries.
  std::optional<std::string> unit;  // Only what staff registered at it looked at.
};

// The number under which an entry is drawn (review.h).
std::int64_t entry_number(const AccessPlace& place);

// In order of years and positions, and so by number. Requires timelines of that ledger.
Result<std::vector<access::ReviewEntry>> looks_in(const Ledger& ledger, const ReviewPeriod& period,
                                                  Timelines& timelines);

}  // namespace liggare::ledger
