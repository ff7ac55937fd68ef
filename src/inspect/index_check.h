// Reads the index families from end to end: ids and streams. Internal to inspect.
//
// That every record has its entries is looked up record by record (range_check.h). Entries are
// distinct by key; so where as many entries as records are found, no entry is one too many, and
// nothing has to be held in memory. Only where the numbers differ is each entry looked back up.
#pragma once

#include "inspect/examination.h"

namespace liggare::inspect {

struct IndexCount {
  std::uint64_t entries = 0;  // Those that point to a position that is examined.
  std::uint64_t subjects = 0;
};

// Judges each entry by itself and by its neighbours.
Result<IndexCount> check_ids(const Examination& examination);
Result<IndexCount> check_streams(const Examination& examination);

// Report each entry that points to a record that is not its own, and give their number.
Result<std::uint64_t> locate_forged_ids(const Examination& examination);
Result<std::uint64_t> locate_forged_streams(const Examination& examination);

}  // namespace liggare::inspect
