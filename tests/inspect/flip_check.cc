// Flips bytes of one file of a whole ledger, each alone, and asks: does verify find it, or is
// every record still as it was? A program of its own, so that an abort is seen for what it is.
//
// Arguments: the ledger's folder, the file within it, how many offsets, 0 for all. Prints each
// offset that passed unnoticed, then how many were found and how many harmless; exit 1 on any.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "tests/inspect/served.h"
#include "tests/store/sample_ledger.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

int flip_all(const fs::path& folder, const fs::path& file, std::uint64_t wanted) {
  const auto whole = served(folder);
  if (!whole || judge(folder, *whole) != Verdict::harmless) return EXIT_FAILURE;
  const std::uint64_t bytes = fs::file_size(folder / file);
  const std::uint64_t count = wanted == 0 ? bytes : std::min(wanted, bytes);
  std::array<std::uint64_t, 3> verdicts{};
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t offset = (2 * i + 1) * bytes / (2 * count);
    store::flip_byte(folder / file, offset);
    const auto verdict = judge(folder, *whole);
    store::flip_byte(folder / file, offset);
    ++verdicts[static_cast<std::size_t>(verdict)];
    if (verdict == Verdict::unnoticed) fmt::print("{} at {}\n", file.string(), offset);
  }
  fmt::print("{} {} {}\n", verdicts[0], verdicts[1], verdicts[2]);
  return verdicts[2] == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace liggare::inspect

int main(int count, char** arguments) {
  if (count != 4) return EXIT_FAILURE;
  return liggare::inspect::flip_all(arguments[1], arguments[2],
                                    std::strtoull(arguments[3], nullptr, 10));
}
