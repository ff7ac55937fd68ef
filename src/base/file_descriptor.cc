#include "base/file_descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace liggare {

Result<FileDescriptor> FileDescriptor::open(const std::filesystem::path& file, int flags,
                                            mode_t mode) {
  const int number = ::open(file.c_str(), flags | O_CLOEXEC, mode);
  if (number < 0) return system_failure("cannot open", file);
  return FileDescriptor(number);
}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) ::close(number_);
}

Unexpected<Error> system_failure(std::string_view what, const std::filesystem::path& file) {
  const int reason = errno;
  return fail(
      reason == ENOENT ? ErrorCode::not_found : ErrorCode::io,
      fmt::format("{} {}: {}", what, file.string(), std::generic_category().message(reason)));
}

Result<std::string> read_beginning(const FileDescriptor& descriptor,
                                   const std::filesystem::path& file, std::size_t size_max) {
  std::string bytes(size_max, '\0');
  std::size_t filled = 0;
  while (filled < size_max) {
    const ssize_t got = ::pread(descriptor.number(), bytes.data() + filled, size_max - filled,
                                static_cast<off_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("cannot read", file);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace liggare
