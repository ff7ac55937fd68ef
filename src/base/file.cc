#include "base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace liggare {
namespace {

Result<void> write_synced(const std::filesystem::path& path, int flags, std::string_view bytes,
                          Readers readers) {
  const mode_t mode = readers == Readers::owner ? 0600 : 0644;
  LIGGARE_TRY(const auto file, FileDescriptor::open(path, O_WRONLY | O_CREAT | flags, mode));
  // The process's umask may have taken bits away, or the file may have had others.
  if (::fchmod(file.number(), mode) != 0) return system_failure("cannot protect", path);
  LIGGARE_CHECK(write_all(file, bytes, path));
  if (::fsync(file.number()) != 0) return system_failure("cannot sync", path);
  return {};
}

Result<std::string> read_all(const FileDescriptor& file, const std::filesystem::path& path) {
  std::string bytes;
  std::array<char, 65'536> buffer;
  for (;;) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure("cannot read", path);
    if (count == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

Result<void> write_all(const FileDescriptor& file, std::string_view bytes,
                       const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::string> read_file_or_pipe(const std::filesystem::path& path) {
  LIGGARE_TRY(const auto file, FileDescriptor::open(path, O_RDONLY));
  return read_all(file, path);
}

Result<std::string> read_file(const std::filesystem::path& path) {
  LIGGARE_TRY(const auto file, FileDescriptor::open(path, O_RDONLY | O_NONBLOCK));
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_failure("cannot read", path);
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::io, path.string() + " is no file");
  return read_all(file, path);
}

Result<void> write_new_file(const std::filesystem::path& path, std::string_view bytes,
                            Readers readers) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
    return fail(ErrorCode::invalid_argument, path.string() + " exists already");
  }
  LIGGARE_CHECK(write_synced(path, O_EXCL, bytes, readers));
  return sync_folder(path.parent_path());
}

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes,
                          Readers readers) {
  std::filesystem::path unfinished = path;
  unfinished += ".new";
  LIGGARE_CHECK(write_synced(unfinished, O_TRUNC, bytes, readers));
  if (::rename(unfinished.c_str(), path.c_str()) != 0)
    return system_failure("cannot replace", path);
  return sync_folder(path.parent_path());
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder.empty() ? "." : folder;
  LIGGARE_TRY(const auto descriptor, FileDescriptor::open(path, O_RDONLY | O_DIRECTORY));
  if (::fsync(descriptor.number()) != 0) return system_failure("cannot sync", path);
  return {};
}

Result<FileDescriptor> lock_folder(const std::filesystem::path& folder) {
  LIGGARE_TRY(auto descriptor, FileDescriptor::open(folder, O_RDONLY | O_DIRECTORY));
  while (::flock(descriptor.number(), LOCK_EX) != 0) {
    if (errno != EINTR) return system_failure("cannot lock", folder);
  }
  return descriptor;
}

}  // namespace liggare
