#include "store/writer_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace liggare::store {
namespace {

// Open-file-description locks: unlike the older POSIX ones they also keep out a second writer in
// the same process, and unlike flock(2) they can be asked about without being taken.
struct flock whole_file(int type) {
  struct flock lock {};
  lock.l_type = static_cast<short>(type);
  lock.l_whence = SEEK_SET;
  return lock;
}

Unexpected<Error> busy(const FileDescriptor& descriptor, const std::filesystem::path& file) {
  const auto text = read_beginning(descriptor, file, 20);
  std::string holder = text ? text->substr(0, text->find('\n')) : "";
  if (holder.empty()) holder = "unknown";
  return fail(ErrorCode::busy, fmt::format("the ledger {} is being written by process {}",
                                           file.parent_path().string(), holder));
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::filesystem::path& file) {
  LIGGARE_TRY(auto descriptor, FileDescriptor::open(file, O_RDWR | O_CREAT));
  struct flock lock = whole_file(F_WRLCK);
  if (::fcntl(descriptor.number(), F_OFD_SETLK, &lock) != 0) {
    if (errno == EAGAIN || errno == EACCES) return busy(descriptor, file);
    return system_failure("cannot lock", file);
  }
  const std::string text = fmt::format("{}\n", ::getpid());
  if (::ftruncate(descriptor.number(), 0) != 0 ||
      ::pwrite(descriptor.number(), text.data(), text.size(), 0) < 0) {
    return system_failure("cannot write", file);
  }
  return WriterLock(std::move(descriptor));
}

bool WriterLock::is_held(const std::filesystem::path& file) {
  // A pipe would keep its reader waiting.
  const auto descriptor = FileDescriptor::open(file, O_RDONLY | O_NONBLOCK);
  if (!descriptor) return false;
  struct flock lock = whole_file(F_WRLCK);
  return ::fcntl(descriptor->number(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool WriterLock::holds(const std::filesystem::path& file) const {
  struct stat locked {};
  struct stat named {};
  return ::fstat(descriptor_.number(), &locked) == 0 && ::stat(file.c_str(), &named) == 0 &&
         locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

WriterLock::~WriterLock() {
  // A stale id would only mislead; failing to remove it does no other harm.
  if (descriptor_.number() >= 0 && ::ftruncate(descriptor_.number(), 0) != 0) return;
}

}  // namespace liggare::store
