// Another process for the store's tests: appends sample events, says so, and holds the lock until
// its standard input ends. Arguments: folder, batches, events a batch, bytes an event.
#include <cstdio>
#include <cstdlib>

#include "tests/store/sample_ledger.h"

int main(int count, char** arguments) {
  if (count != 5) return 2;
  const auto log = liggare::store::EventLog::open({arguments[1], liggare::store::Access::write});
  if (!log) return 3;
  std::puts("open");
  std::fflush(stdout);
  const int batches = std::atoi(arguments[2]);
  const auto events = static_cast<std::uint64_t>(std::atoi(arguments[3]));
  const auto bytes = static_cast<std::size_t>(std::atoi(arguments[4]));
  for (int batch = 0; batch < batches; ++batch) {
    if (!liggare::store::append_samples(**log, events, bytes)) return 4;
  }
  std::puts("done");
  std::fflush(stdout);
  return std::getchar() == EOF ? 0 : 5;
}
