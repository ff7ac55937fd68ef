// Histories of any size in the dataset's shape: the dataset's participants and places again and
// again under other names, in one organisation, line by line in turn, so that every stream
// stretches over the whole ledger as it does in life.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace liggare::bench {

// Gives at least `events_min` lines of NDJSON, the same for the same number.
void write_town(std::uint64_t events_min, const std::function<void(const std::string& line)>& take);

}  // namespace liggare::bench
