// How large a run is: small for every change, large before a release (docs/reliability.md).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace liggare::faults {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::uint64_t slower = 10;  // So many times fewer, then.
#else
inline constexpr std::uint64_t slower = 1;
#endif

// `small`; `large` where LIGGARE_FAULTS=release; LIGGARE_FAULTS_<name> where that is set.
inline std::uint64_t size_of_run(const std::string& name, std::uint64_t small,
                                 std::uint64_t large) {
  if (const char* own = std::getenv(("LIGGARE_FAULTS_" + name).c_str())) {
    return std::strtoull(own, nullptr, 10);
  }
  const char* which = std::getenv("LIGGARE_FAULTS");
  return (which != nullptr && std::string_view(which) == "release" ? large : small) / slower;
}

}  // namespace liggare::faults
