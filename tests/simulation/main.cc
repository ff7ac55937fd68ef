// liggare_simulation --seeds A..B [--jobs N]: runs the seeds, in N processes, and says which
// failed. liggare_simulation --seed N [--trace]: runs one. With --planted early-acknowledgement |
// head-before-events | forgotten-head it must find that.
//
// Exit code 0 where all is well, 1 where a seed failed, 2 for wrong arguments.
#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string>

#include "tests/simulation/seeds.h"
#include "tests/simulation/workplace.h"

namespace liggare::simulation {
namespace {

struct Arguments {
  std::optional<Seeds> seeds;
  std::optional<std::uint64_t> seed;
  unsigned jobs = 2;
  bool shows_trace = false;
  std::string planted;
};

std::optional<Arguments> read_arguments(int count, char** texts) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string name = texts[i];
    if (name == "--trace") {
      arguments.shows_trace = true;
      continue;
    }
    if (++i == count) return std::nullopt;
    const std::string value = texts[i];
    if (name == "--seeds") {
      arguments.seeds = read_seeds(value);
      if (!arguments.seeds) return std::nullopt;
    } else if (name == "--seed") {
      const auto seed = read_number(value);
      if (!seed) return std::nullopt;
      arguments.seed = *seed;
    } else if (name == "--jobs") {
      const auto jobs = read_number(value);
      if (!jobs || *jobs == 0 || *jobs > 256) return std::nullopt;
      arguments.jobs = static_cast<unsigned>(*jobs);
    } else if (name == "--planted") {
      arguments.planted = value;
    } else {
      return std::nullopt;
    }
  }
  const bool is_whole = arguments.seeds.has_value() != arguments.seed.has_value();
  const bool is_known = arguments.planted.empty() || planted_bug(arguments.planted) != nullptr;
  if (!is_whole || !is_known) return std::nullopt;
  return arguments;
}

int run_one(const Arguments& arguments) {
  const auto bug = planted_bug(arguments.planted);
  PrintLine print;
  if (arguments.shows_trace) {
    print = [](std::string_view line) { std::fputs(fmt::format("{}\n", line).c_str(), stdout); };
  }
  const RunResult result = run(*arguments.seed, print, bug.get());
  std::fputs(fmt::format("seed {}: {}; trace {:016x}\n{}\n", *arguments.seed,
                         result.violation.empty() ? "no violation" : result.violation,
                         result.trace_hash, result.tally.text())
                 .c_str(),
             stdout);
  return result.violation.empty() ? 0 : 1;
}

int run_many(const Arguments& arguments) {
  const auto bug = planted_bug(arguments.planted);
  const Summary summary = run_seeds(*arguments.seeds, arguments.jobs, bug.get());
  for (const auto& failure : summary.failures) {
    std::fputs(fmt::format("seed {}: {}\n", failure.seed, failure.what).c_str(), stdout);
  }
  std::fputs(fmt::format("{} seeds, {} failed\n{}\n", summary.runs, summary.failures.size(),
                         summary.tally.text())
                 .c_str(),
             stdout);
  return summary.failures.empty() ? 0 : 1;
}

}  // namespace
}  // namespace liggare::simulation

int main(int count, char** texts) {
  using namespace liggare::simulation;
  const auto arguments = read_arguments(count, texts);
  if (!arguments) {
    std::fputs(
        "usage: liggare_simulation --seeds A..B [--jobs N] | --seed N [--trace]\n"
        "       [--planted early-acknowledgement|head-before-events|forgotten-head]\n",
        stderr);
    return 2;
  }
  const Workplace workplace;
  return arguments->seed ? run_one(*arguments) : run_many(*arguments);
}
