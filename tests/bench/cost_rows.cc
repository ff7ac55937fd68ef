// What it costs beside time: disk, memory, and syncs of the disk.
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/bench/child.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

namespace fs = std::filesystem;

double bytes_in(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return static_cast<double>(bytes);
}

// The records alone, by position.
void write_records(const Setting& setting, const fs::path& folder) {
  const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
  fs::remove_all(folder);
  RawStore store(folder);
  Batch batch;
  LIGGARE_ASSERT(
      ledger->scan(0, ledger->head().tree_size,
                   [&](const domain::RecordedEvent& event, std::string_view leaf) {
                     batch.push_back({store::Family::events, store::position_bytes(event.position),
                                      std::string(leaf)});
                     if (batch.size() == 1'024) store.write_unsynced(std::exchange(batch, {}));
                     return true;
                   }),
      "scan");
  store.write_unsynced(batch);
  store.flush();
}

// The calls of fsync and fdatasync that strace has counted.
std::uint64_t syncs_in(const fs::path& summary) {
  std::ifstream in(summary);
  std::uint64_t syncs = 0;
  for (std::string line; std::getline(in, line);) {
    if (!line.ends_with(" fsync") && !line.ends_with(" fdatasync")) continue;
    std::istringstream words(line);  // % time, seconds, µs a call, calls, errors where there are.
    double skipped = 0;
    std::uint64_t calls = 0;
    words >> skipped >> skipped >> skipped >> calls;
    syncs += calls;
  }
  return syncs;
}

bool has_strace() { return std::system("strace -V > /dev/null 2>&1") == 0; }

std::uint64_t syncs_of(const Setting& setting, unsigned clients, std::uint64_t events_each) {
  const auto folders = ledger::Folders::of(setting.folder / "synced");
  fresh_ledger(folders, ledger::HeadPolicy::floor).reset();
  const fs::path summary = setting.folder / "strace";
  start_child(
      {"append", folders.ledger.string(), std::to_string(clients), std::to_string(events_each)},
      {"strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", summary.string()});
  return syncs_in(summary);
}

}  // namespace

void disk_rows(const Setting& setting) {
  Figure log{.name = "disk: log, beside the bare records",
             .unit = "bytes/event",
             .targets = {ratio_at_most(1.5)}};
  Figure all{.name = "disk: the ledger's whole folder and its keys", .unit = "bytes/event"};
  const fs::path records = setting.folder / "raw-records";
  write_records(setting, records);
  open_ledger(setting.town(), ledger::Mode::write).reset();  // Closing puts rows in their place.
  const auto folders = setting.town();
  const auto events =
      static_cast<double>(open_ledger(folders, ledger::Mode::read)->head().tree_size);
  log.ours = {bytes_in(folders.ledger / "log") / events};
  log.raw = {bytes_in(records) / events};
  all.ours = {(bytes_in(folders.ledger) + bytes_in(folders.keys)) / events};
  setting.tell(log);
  setting.tell(all);
}

// The caches that are set up, 256 MiB of the log and 64 of the rows, are in what is measured.
void memory_rows(const Setting& setting) {
  constexpr double cache_mebibytes = 256 + 64;
  const std::string town = setting.town().ledger.string();
  const std::string other = (setting.folder / "imported").string();
  const auto events_each = std::clamp<std::uint64_t>(setting.events / 100, 10, 2'000);
  const std::vector<std::pair<const char*, std::vector<std::string>>> works = {
      {"import", {"import", other, setting.town_lines().string()}},
      {"append", {"append", other, "16", std::to_string(events_each)}},
      {"report", {"report", town}},
      {"verify", {"verify", town}}};
  for (const auto& [name, arguments] : works) {
    Figure peak{.name = fmt::format("memory of {}, its caches too", name),
                .unit = "MiB",
                .targets = {at_most(512 + cache_mebibytes)}};
    peak.ours.push_back(start_child(arguments).peak_mebibytes);
    setting.tell(peak);
  }
}

void sync_rows(const Setting& setting) {
  if (!has_strace()) return setting.tell_unmeasured("syncs an event: strace is not installed");
  for (const unsigned clients : {1U, 16U, 64U}) {
    const auto events_each = std::clamp<std::uint64_t>(setting.events / 200 / clients, 2, 2'000);
    // What opening and closing sync is not the events'.
    const std::uint64_t idle = syncs_of(setting, clients, 0);
    const std::uint64_t busy = syncs_of(setting, clients, events_each);
    Figure syncs{.name = fmt::format("syncs an acknowledged event, {} clients", clients),
                 .unit = "syncs"};
    if (clients == 16) syncs.targets = {at_most(0.13)};
    if (clients == 64) syncs.targets = {at_most(0.03)};
    syncs.ours.push_back(static_cast<double>(busy - idle) /
                         static_cast<double>(clients * events_each));
    setting.tell(syncs);
  }
}

}  // namespace liggare::bench
