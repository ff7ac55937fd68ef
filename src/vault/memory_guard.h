// Keeps keys in memory from reaching a disk: no core dump, and no swap where that can be had.
#pragma once

#include <cstddef>

namespace liggare::vault {

// From the first guard to the last, the process is not dumpable (prctl, PR_SET_DUMPABLE): no core
// dump, and no tracing by other processes without the privilege. Then it is what it was before.
class MemoryGuard {
 public:
  // Locks the bytes in memory, as far as the system allows; they must outlive the guard.
  MemoryGuard(const void* bytes, std::size_t size);
  MemoryGuard(const MemoryGuard&) = delete;
  MemoryGuard& operator=(const MemoryGuard&) = delete;
  ~MemoryGuard();

 private:
  const void* const bytes_;
  const std::size_t size_;
};

}  // namespace liggare::vault
