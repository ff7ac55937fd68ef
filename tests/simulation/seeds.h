// Many seeds in several processes: what one run breaks, even the process, the others don't notice.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulation/run.h"

namespace liggare::simulation {

struct Seeds {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // Included.
};
// "A..B"; nothing for another text.
std::optional<Seeds> read_seeds(std::string_view text);
std::optional<std::uint64_t> read_number(std::string_view text);

// By the name that the program's --planted takes; null for another.
std::unique_ptr<PlantedBug> planted_bug(std::string_view name);

struct Failure {
  std::uint64_t seed = 0;
  std::string what;
};
struct Summary {
  std::uint64_t runs = 0;
  std::vector<Failure> failures;  // By seed; at most one for each process that broke, then it ends.
  Tally tally;
  std::uint64_t traces = 0;  // The sum of all runs' hashes.
};

// Forks: requires a process of one thread.
Summary run_seeds(Seeds seeds, unsigned processes, PlantedBug* bug = nullptr);

}  // namespace liggare::simulation
