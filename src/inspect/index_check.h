// Reads the index families from end to end: ids and streams. Internal to inspect.
//
// What the records should have here is summed up while they are read (range_check.h), and what is
// here in these walks: equal sums are equal entries, both ways, and nothing has to be held in
// memory or looked up. Where they differ, each record's entry is looked up (entry_check.h). Entries
// are distinct by key; so where as many entries as records are found then, no entry is one too
// many, and only where the numbers differ is each entry looked back up.
#pragma once

#include "inspect/examination.h"

namespace liggare::inspect {

struct IndexCount {
  std::uint64_t entries = 0;  // Those that point to a position that is examined.
  std::uint64_t subjects = 0;
  SetSum sum = {};  // Of these entries.
};

// Judges each entry by itself and by its neighbours.
Result<IndexCount> check_ids(const Examination& examination);
Result<IndexCount> check_streams(const Examination& examination);

// Report each entry that points to a record that is not its own, and give their number.
Result<std::uint64_t> locate_forged_ids(const Examination& examination);
Result<std::uint64_t> locate_forged_streams(const Examination& examination);

}  // namespace liggare::inspect
