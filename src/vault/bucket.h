// A bucket's rows: opened under its epoch key, and rewrapped under the next one.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "vault/class_key.h"
#include "vault/key_table.h"
#include "vault/number_index.h"
#include "vault/number_table.h"
#include "vault/slots.h"

namespace liggare::vault {

// corrupt, naming the key id, where the row does not open in its place.
Result<ClassKey> open_row(const KeyRow& row, const EpochKeys& epoch_keys);

// What does not survive a rewrapping.
struct Removal {
  std::set<std::string> key_ids;
  std::map<std::string, std::set<std::string>> punctures;  // Indexes by key id.
};

// What was there to be removed.
struct Removed {
  std::vector<std::string> key_ids;
  std::uint64_t punctured = 0;
};

// Wraps the bucket's rows under `next`, in the transaction that runs, less what is removed; the ids
// of the removed are kept for ever, whether they were there or not. The blind index is made anew
// of what survives. Rows that did not open are left as they are: nothing opens them any more.
Result<Removed> rewrap_bucket(KeyTable& table, std::uint32_t bucket, const EpochKey& current,
                              const EpochKey& next, const Removal& removal);

}  // namespace liggare::vault
