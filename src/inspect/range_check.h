// Examines a range of positions: records, their leaves, index entries and subtree.
//
// Internal to inspect. Ranges do not overlap, so they are examined in parallel.
#pragma once

#include "inspect/examination.h"
#include "inspect/tree_check.h"
#include "store/rocks/database.h"

namespace liggare::inspect {

// A range is one subtree of this level, or what there is of it; few enough leaves to hold.
inline constexpr unsigned range_level = 12;
inline constexpr std::uint64_t range_events = std::uint64_t{1} << range_level;

struct RangeOutcome {
  Tally tally;
  IndexSums sums;  // Of the entries that its records should have; where the indexes are walked.
  Level top;       // The node at range_level; none for a range that is not full.
};

// `number` counts from 0; the last range also looks at all that is stored after it.
Result<RangeOutcome> check_range(const Examination& examination, std::uint64_t number);
// At least one, so that an empty log is looked at, too.
std::uint64_t range_count(std::uint64_t size);

LeafSpan range_span(const Examination& examination, std::uint64_t number);
// The records of a span. The ranges together leave no key out, whatever its bytes.
store::KeyRange range_keys(const LeafSpan& span);

}  // namespace liggare::inspect
