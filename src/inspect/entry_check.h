// From each record to its index entries, one look-up at a time. Internal to inspect.
//
// Slow, and needed only where the sums of index_check.h show that something differs, to say what;
// or where no index is read from end to end.
#pragma once

#include "codec/record.h"
#include "inspect/examination.h"
#include "store/keys.h"

namespace liggare::inspect {

// As it stands in the log.
struct PlacedRecord {
  std::uint64_t position;
  codec::RecordOutline outline;

  // The key of its entry; requires Family::ids or Family::streams.
  std::string key(store::Family family) const;
};

// Whether the index leads from the record back to its position; reports it where it does not.
Result<bool> check_entry(const Examination& examination, const PlacedRecord& record,
                         store::Family family);

// Looks up every record of a range (range_check.h) that can be read; gives how many have theirs.
// What is wrong with the records themselves is not reported again.
Result<std::uint64_t> check_entries(const Examination& examination, std::uint64_t range,
                                    store::Family family);

}  // namespace liggare::inspect
