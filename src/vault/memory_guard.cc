#include "vault/memory_guard.h"

#include <sys/mman.h>
#include <sys/prctl.h>

#include <mutex>

namespace liggare::vault {
namespace {

// How many guards there are, and what the process was before the first.
struct Watch {
  std::mutex mutex;
  int guards = 0;
  int dumpable_before = 1;
};

Watch& watch() {
  static Watch only;
  return only;
}

}  // namespace

MemoryGuard::MemoryGuard(const void* bytes, std::size_t size) : bytes_(bytes), size_(size) {
  static_cast<void>(::mlock(bytes_, size_));
  const std::lock_guard lock(watch().mutex);
  if (watch().guards++ > 0) return;
  watch().dumpable_before = ::prctl(PR_GET_DUMPABLE);
  ::prctl(PR_SET_DUMPABLE, 0);
}

MemoryGuard::~MemoryGuard() {
  static_cast<void>(::munlock(bytes_, size_));
  const std::lock_guard lock(watch().mutex);
  // A process that was dumpable in a way only the system may set (2) stays as it is now.
  if (--watch().guards == 0 && watch().dumpable_before == 1) ::prctl(PR_SET_DUMPABLE, 1);
}

}  // namespace liggare::vault
