// Replay: one simple fold over all events, and the rebuild of all projections, on all cores; beside
// the same fold over RocksDB's records, where type and month stand in front of each, on one core.
#include <filesystem>
#include <map>

#include "base/bytes.h"
#include "tests/bench/outline_replay.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

namespace fs = std::filesystem;
using Month = std::uint64_t;  // The type, then the month of the effective day.
using Counts = std::map<Month, std::uint64_t>;

Month month_of(domain::EventType type, Day effective) {
  const auto month = static_cast<Month>(effective.year() * 12 + effective.month());
  return (static_cast<Month>(type) << 32U) | month;
}

void make_raw(const ledger::Ledger& ledger, const fs::path& folder) {
  fs::remove_all(folder);
  RawStore store(folder);
  Batch batch;
  LIGGARE_ASSERT(
      ledger.scan(0, ledger.head().tree_size,
                  [&](const domain::RecordedEvent& event, std::string_view leaf) {
                    std::string value;
                    put_u64(value, month_of(event.event.type(), event.event.effective));
                    value += leaf;
                    batch.push_back({store::Family::events, store::position_bytes(event.position),
                                     std::move(value)});
                    if (batch.size() == 1'024) store.write_unsynced(std::exchange(batch, {}));
                    return true;
                  }),
      "scan");
  store.write_unsynced(batch);
  store.flush();
}

Counts count_ours(const ledger::Ledger& ledger) {
  const auto counts = replay<Counts>(
      ledger.log(), ledger.head().tree_size,
      [](Counts& part, std::uint64_t, const codec::RecordOutline& outline) {
        ++part[month_of(outline.type, outline.effective)];
      },
      [](Counts& whole, const Counts& part) {
        for (const auto& [month, count] : part) whole[month] += count;
      });
  LIGGARE_ASSERT(counts, "replay");
  return *counts;
}

Counts count_raw(const RawStore& store) {
  Counts counts;
  store.scan([&](std::string_view bytes) { ++counts[get_u64(bytes)]; });
  return counts;
}

}  // namespace

void replay_rows(const Setting& setting) {
  Figure replayed{.name = "replay: count by type and month, all cores, beside one",
                  .unit = "events/s",
                  .targets = {ratio_at_least(0.5)}};
  Figure rebuild{.name = "rebuild of all projections, all cores, beside that scan",
                 .unit = "events/s",
                 .targets = {ratio_at_least(0.2)}};
  const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
  const auto events = static_cast<double>(ledger->head().tree_size);
  const fs::path folder = setting.folder / "raw-months";
  make_raw(*ledger, folder);
  const RawStore store(folder);
  for (int round = 0; round < setting.rounds; ++round) {
    Counts raw_counts;
    Counts counts;
    const double raw = events / seconds_of([&] { raw_counts = count_raw(store); });
    replayed.raw.push_back(raw);
    replayed.ours.push_back(events / seconds_of([&] { counts = count_ours(*ledger); }));
    LIGGARE_ASSERT(counts == raw_counts, "the same counts");
    rebuild.raw.push_back(raw);
    rebuild.ours.push_back(events / seconds_of([&] {
                             LIGGARE_ASSERT(ledger->rebuild_projections("", {}), "rebuild");
                           }));
  }
  setting.tell(replayed);
  setting.tell(rebuild);
}

}  // namespace liggare::bench
