// How many events verify examines in a second.
//
// Arguments: an empty folder, the number of events, the number of threads. Runs three times.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "inspect/verify.h"
#include "tests/inspect/sample_records.h"

namespace liggare::inspect {
namespace {

int run(const std::filesystem::path& folder, std::uint64_t events, unsigned threads) {
  using Clock = std::chrono::steady_clock;
  if (!store::EventLog::create({folder, {"ledger.example.org/town", store::HeadMode::floor}})) {
    return EXIT_FAILURE;
  }
  {
    const auto log = store::EventLog::open({folder, store::Access::write});
    if (!log || !append(**log, sample_records(events, events / 25))) return EXIT_FAILURE;
  }
  for (int round = 0; round < 3; ++round) {
    const auto begin = Clock::now();
    const auto report = verify({folder, threads, nullptr});
    const std::chrono::duration<double> seconds = Clock::now() - begin;
    if (!report || !report->findings.empty()) return EXIT_FAILURE;
    fmt::print("{} events in {:.3f} s: {:.0f} events/s\n", events, seconds.count(),
               static_cast<double>(events) / seconds.count());
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace liggare::inspect

int main(int count, char** arguments) {
  if (count != 4) return EXIT_FAILURE;
  return liggare::inspect::run(arguments[1], std::strtoull(arguments[2], nullptr, 10),
                               static_cast<unsigned>(std::strtoul(arguments[3], nullptr, 10)));
}
