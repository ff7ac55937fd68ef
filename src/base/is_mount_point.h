// A folder at which another file system begins can't be renamed.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>

namespace liggare {

// Also where the same file system is mounted there once more. False where the system can't tell.
inline bool is_mount_point(const std::filesystem::path& path) {
  struct statx found {};
  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_TYPE, &found) != 0) return false;
  return (found.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

}  // namespace liggare
