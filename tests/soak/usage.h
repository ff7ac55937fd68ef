// What a process holds on to, and whether it is more and more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace liggare::soak {

struct Usage {
  std::uint64_t memory_bytes = 0;  // Resident.
  std::uint64_t open_files = 0;
};

// Of this process, now; what the allocator keeps for later is given back first.
Usage usage();

// How much more memory an hour, in bytes: the slope of the straight line that fits best.
// Requires samples at equal distances of `seconds`.
double growth_an_hour(const std::vector<Usage>& samples, double seconds);

// Why the samples, taken whenever nothing was open, are those of a process that leaks; empty
// where they are not. Files must be as many as at first; memory may rise by so many bytes from the
// middle to the end.
std::string leak(const std::vector<Usage>& samples, std::uint64_t more_bytes_max);

}  // namespace liggare::soak
