// Whether one place lies in another.
#pragma once

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace liggare {

// Or is the folder itself; also through symbolic links. Neither need be there.
inline bool lies_in(const std::filesystem::path& place, const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto whole = [&](const std::filesystem::path& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored);
  };
  const std::filesystem::path inner = whole(place);
  const std::filesystem::path outer = whole(folder);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

}  // namespace liggare
