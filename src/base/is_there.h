// Whether a name is taken.
#pragma once

#include <filesystem>
#include <system_error>

namespace liggare {

// By anything, be it a link that leads nowhere. False also where that can't be told.
inline bool is_there(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
}

}  // namespace liggare
