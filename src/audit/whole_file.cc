#include "audit/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/file_descriptor.h"

namespace liggare::audit {
namespace {

enum class Kind { plain_file, anything_readable };

Checked<std::string> read_all(const FileDescriptor& file, std::size_t size_bytes_max,
                              const std::string& place) {
  std::string bytes;
  std::array<char, 65'536> buffer;
  for (;;) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return refuse(system_failure("cannot read", place).error, Reason::unreadable, place);
    }
    if (count == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    if (bytes.size() > size_bytes_max) {
      return refuse(Reason::malformed, place,
                    {Circumstance::longer_than, {std::to_string(size_bytes_max)}});
    }
  }
}

Checked<void> check_kind(const FileDescriptor& file, Kind kind, const std::string& place) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) {
    return refuse(system_failure("cannot read", place).error, Reason::unreadable, place);
  }
  const bool is_pipe = S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode);
  if (S_ISREG(status.st_mode) || (kind == Kind::anything_readable && is_pipe)) return {};
  return refuse(Reason::unreadable, place, {Circumstance::not_plain_file, {}});
}

Checked<std::string> read(const std::filesystem::path& path, int flags, Kind kind,
                          std::size_t size_bytes_max, const std::string& place) {
  const auto file = FileDescriptor::open(path, O_RDONLY | flags);
  if (!file) return refuse(file.error(), Reason::unreadable, place);
  LIGGARE_CHECK(check_kind(*file, kind, place));
  return read_all(*file, size_bytes_max, place);
}

}  // namespace

Checked<std::string> read_whole(const std::filesystem::path& file, std::size_t size_bytes_max,
                                Links links, const std::string& place) {
  // O_NONBLOCK, since opening a pipe that nobody writes to would wait for ever.
  const int flags = O_NONBLOCK | (links == Links::refused ? O_NOFOLLOW : 0);
  return read(file, flags, Kind::plain_file, size_bytes_max, place);
}

Checked<std::string> read_named(const std::filesystem::path& file, std::size_t size_bytes_max) {
  return read(file, 0, Kind::anything_readable, size_bytes_max, file.string());
}

}  // namespace liggare::audit
