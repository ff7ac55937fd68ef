#include "vault/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace liggare::vault {
namespace {

constexpr mode_t owner_only = 0600;

Result<void> write_all(const File& file, std::string_view bytes,
                       const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure("can't write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

Result<File> File::open(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, owner_only);
  if (descriptor < 0) return system_failure("can't open", path);
  return File(descriptor);
}

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::string> read_file(const std::filesystem::path& path) {
  LIGGARE_TRY(const File file, File::open(path, O_RDONLY));
  std::string bytes;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t count = ::read(file.descriptor(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("can't read", path);
    if (count == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Result<void> write_new_file(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
    return fail(ErrorCode::invalid_argument, path.string() + " exists already");
  }
  LIGGARE_TRY(const File file, File::open(path, O_WRONLY | O_CREAT | O_EXCL));
  // The process's umask may have taken bits away.
  if (::fchmod(file.descriptor(), owner_only) != 0) return system_failure("can't protect", path);
  LIGGARE_CHECK(write_all(file, bytes, path));
  if (::fsync(file.descriptor()) != 0) return system_failure("can't sync", path);
  return sync_folder(path.parent_path());
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder.empty() ? "." : folder;
  LIGGARE_TRY(const File file, File::open(path, O_RDONLY | O_DIRECTORY));
  if (::fsync(file.descriptor()) != 0) return system_failure("can't sync", path);
  return {};
}

Unexpected<Error> system_failure(const char* what, const std::filesystem::path& path) {
  const std::string reason = std::generic_category().message(errno);
  return fail(ErrorCode::io, std::string(what) + " " + path.string() + ": " + reason);
}

}  // namespace liggare::vault
