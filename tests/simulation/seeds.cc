#include "tests/simulation/seeds.h"

#include <fmt/format.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>

#include "base/assertion.h"
#include "tests/simulation/workplace.h"

namespace liggare::simulation {
namespace {

// What a process tells, in memory that outlives it.
struct Report {
  std::uint64_t seed = 0;  // Under way.
  std::uint64_t runs = 0;
  bool has_failed = false;
  char what[400] = {};
  Tally tally;
  std::uint64_t traces = 0;
};

void run_share(Seeds seeds, unsigned processes, PlantedBug* bug, Report& report) {
  // Each opening asks for the same megabytes; handing them back takes longer than the run.
  ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
  ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
  ::mallopt(M_ARENA_MAX, 1);
  const Workplace workplace;
  for (std::uint64_t seed = seeds.first; seed <= seeds.last; seed += processes) {
    report.seed = seed;
    const RunResult result = run(seed, {}, bug);
    ++report.runs;
    report.tally.add(result.tally);
    report.traces += result.trace_hash;
    if (result.violation.empty()) continue;
    report.has_failed = true;
    std::snprintf(report.what, sizeof report.what, "%s", result.violation.c_str());
    return;
  }
}

}  // namespace

std::optional<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Seeds> read_seeds(std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto first = read_number(text.substr(0, dots));
  const auto last = read_number(text.substr(dots + 2));
  if (!first || !last || *last < *first || *last > UINT64_MAX / 2) return std::nullopt;
  return Seeds{*first, *last};
}

std::unique_ptr<PlantedBug> planted_bug(std::string_view name) {
  if (name == "early-acknowledgement") return early_acknowledgement();
  if (name == "head-before-events") return head_before_events();
  if (name == "forgotten-head") return forgotten_head();
  return nullptr;
}

Summary run_seeds(Seeds seeds, unsigned processes, PlantedBug* bug) {
  const std::size_t bytes = sizeof(Report) * processes;
  void* const shared =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  LIGGARE_ASSERT(shared != MAP_FAILED, "no memory to share");
  auto* const reports = static_cast<Report*>(shared);
  std::vector<pid_t> children;
  for (unsigned i = 0; i < processes; ++i) {
    new (&reports[i]) Report;
    const pid_t child = ::fork();
    LIGGARE_ASSERT(child >= 0, "no further process");
    if (child == 0) {
      run_share({seeds.first + i, seeds.last}, processes, bug, reports[i]);
      ::_exit(0);
    }
    children.push_back(child);
  }
  Summary summary;
  for (unsigned i = 0; i < processes; ++i) {
    int status = 0;
    while (::waitpid(children[i], &status, 0) < 0 && errno == EINTR) {
    }
    const Report& report = reports[i];
    summary.runs += report.runs;
    summary.tally.add(report.tally);
    summary.traces += report.traces;
    if (report.has_failed) summary.failures.push_back({report.seed, report.what});
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
      summary.failures.push_back(
          {report.seed, fmt::format("the process ended with {:#x}", status)});
    }
  }
  ::munmap(shared, bytes);
  std::ranges::sort(summary.failures, {}, &Failure::seed);
  return summary;
}

}  // namespace liggare::simulation
