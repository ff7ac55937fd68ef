#include "vault/use_lock.h"

#include <fcntl.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace liggare::vault {
namespace {

// Bytes of the file, as the names of two locks.
constexpr off_t use = 0;
constexpr off_t opening = 1;

// Of the open file and not of the process: so that they also keep two in one process apart, a
// change from shared to alone is made in one step or not at all, and other descriptors of the file
// may come and go.
bool lock(const FileDescriptor& file, off_t byte, int type) {
  struct flock range {};
  range.l_type = static_cast<short>(type);
  range.l_whence = SEEK_SET;
  range.l_start = byte;
  range.l_len = 1;
  return ::fcntl(file.number(), F_OFD_SETLK, &range) == 0;
}

Unexpected<Error> not_locked(const char* why) {
  if (errno == EAGAIN || errno == EACCES) return fail(ErrorCode::busy, why);
  return system_failure("cannot lock", "slots of the vault");
}

}  // namespace

Result<UseLock> UseLock::share(const std::filesystem::path& slots) {
  LIGGARE_TRY(auto file, FileDescriptor::open(slots, O_RDWR));
  if (!lock(file, opening, F_WRLCK)) return not_locked("another process opens the vault");
  if (!lock(file, use, F_RDLCK)) return not_locked("another process has the vault for itself");
  return UseLock(std::move(file));
}

void UseLock::end_opening() { lock(file_, opening, F_UNLCK); }

Result<void> UseLock::take_alone(Patience patience) {
  constexpr std::chrono::milliseconds pause{20};
  const auto now = std::chrono::steady_clock::now();
  const auto end = patience == Patience::none ? now : now + std::chrono::seconds{2};
  while (!lock(file_, use, F_WRLCK)) {
    if (std::chrono::steady_clock::now() >= end) {
      return not_locked("others have the vault open: they have to end first");
    }
    std::this_thread::sleep_for(pause);
  }
  return {};
}

void UseLock::share_again() { lock(file_, use, F_RDLCK); }

}  // namespace liggare::vault
