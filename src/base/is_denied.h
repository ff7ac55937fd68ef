// What may not be read is not lost, and must not be taken for it.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace liggare {

// Whether the permissions alone keep this process from reading what is there.
inline bool is_denied(const std::filesystem::path& path) {
  return ::access(path.c_str(), R_OK) != 0 && errno == EACCES;
}

}  // namespace liggare
