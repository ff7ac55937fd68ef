// Import of the town, beside RocksDB writing the same keys and bytes into its write-ahead log, with
// one sync at the end.
#include <algorithm>
#include <fstream>

#include "tests/bench/setting.h"
#include "tests/bench/town.h"

namespace liggare::bench {
namespace {

namespace fs = std::filesystem;

void write_lines(const Setting& setting) {
  std::ofstream out(setting.town_lines());
  write_town(setting.events, [&](const std::string& line) { out << line << '\n'; });
}

double import_seconds(const Setting& setting) {
  const auto ledger = fresh_ledger(setting.town(), ledger::HeadPolicy::floor);
  return seconds_of([&] {
    const auto summary = ledger->import(setting.town_lines().string(), {});
    LIGGARE_ASSERT(summary && summary->refused == 0, "import");
  });
}

// Only the writing is timed: the entries of each batch are made before it.
double raw_seconds(const Setting& setting) {
  constexpr std::uint64_t batch_events = 1'024;
  const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
  const std::uint64_t size = ledger->head().tree_size;
  fs::remove_all(setting.raw_town());
  RawStore store(setting.raw_town());
  EntryMaker maker;
  double seconds = 0;
  for (std::uint64_t from = 0; from < size; from += batch_events) {
    const Batch batch =
        maker.entries_of(events_of(*ledger, from, std::min(from + batch_events, size)));
    seconds += seconds_of([&] { store.write_unsynced(batch); });
  }
  return seconds + seconds_of([&] { store.sync(); });
}

}  // namespace

void import_rows(const Setting& setting) {
  Figure rate{.name = "import of NDJSON",
              .unit = "events/s",
              .targets = {ratio_at_least(0.4), at_least(60'000)}};
  write_lines(setting);
  for (int round = 0; round < setting.rounds; ++round) {
    const double ours = import_seconds(setting);
    const double raw = raw_seconds(setting);
    const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
    const auto events = static_cast<double>(ledger->head().tree_size);
    rate.ours.push_back(events / ours);
    rate.raw.push_back(events / raw);
  }
  setting.tell(rate);
}

}  // namespace liggare::bench
