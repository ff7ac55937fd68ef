#include "tests/soak/usage.h"

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace liggare::soak {

Usage usage() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  ::malloc_trim(0);
#endif
  Usage usage;
  std::uint64_t pages_in_all = 0;
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages_in_all >> pages;
  usage.memory_bytes = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    static_cast<void>(entry);
    ++usage.open_files;
  }
  return usage;
}

double growth_an_hour(const std::vector<Usage>& samples, double seconds) {
  const auto count = static_cast<double>(samples.size());
  if (samples.size() < 2) return 0;
  double sum_time = 0;
  double sum_bytes = 0;
  double sum_products = 0;
  double sum_squares = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double hours = static_cast<double>(i) * seconds / 3'600;
    const auto bytes = static_cast<double>(samples[i].memory_bytes);
    sum_time += hours;
    sum_bytes += bytes;
    sum_products += hours * bytes;
    sum_squares += hours * hours;
  }
  return (count * sum_products - sum_time * sum_bytes) /
         (count * sum_squares - sum_time * sum_time);
}

std::string leak(const std::vector<Usage>& samples, std::uint64_t more_bytes_max) {
  for (const Usage& sample : samples) {
    if (sample.open_files != samples.front().open_files) {
      return fmt::format("{} open files, {} at first", sample.open_files,
                         samples.front().open_files);
    }
  }
  const std::uint64_t middle = samples.at(samples.size() / 2).memory_bytes;
  if (samples.back().memory_bytes > middle + more_bytes_max) {
    return fmt::format("{} bytes of memory, {} in the middle", samples.back().memory_bytes, middle);
  }
  return "";
}

}  // namespace liggare::soak
