// Where and how large to measure, and the ledgers that are measured.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "tests/bench/measure.h"
#include "tests/bench/raw_store.h"

namespace liggare::bench {

struct Setting {
  std::filesystem::path folder;  // On the disk to be measured; this program's alone.
  std::uint64_t events = 0;      // Of the town, and streams where streams count.
  int rounds = 0;
  std::function<void(const Figure&)> tell;
  std::function<void(const std::string&)> tell_unmeasured;  // A row, and why it was left out.

  ledger::Folders town() const { return ledger::Folders::of(folder / "town"); }
  std::filesystem::path town_lines() const { return folder / "town.ndjson"; }
  std::filesystem::path raw_town() const { return folder / "raw-town"; }
};

// A ledger in `folder`, in place of what was there.
std::unique_ptr<ledger::Ledger> fresh_ledger(const ledger::Folders& folders,
                                             ledger::HeadPolicy head);
std::unique_ptr<ledger::Ledger> open_ledger(const ledger::Folders& folders, ledger::Mode mode);

// The events at positions [from, to), as RocksDB alone is to write them.
std::vector<Event> events_of(const ledger::Ledger& ledger, std::uint64_t from, std::uint64_t to);

// Registers the unit that places are offered by; then one place, and a stream of its own, a line.
extern const std::string unit_line;
std::string place_line(std::uint64_t client, std::uint64_t number);
// A participant, and a stream of its own, a line.
std::string participant_line(const std::string& id);

// Groups of rows. Those after import_rows() measure the town that it leaves behind.
void append_rows(const Setting& setting);
void batch_rows(const Setting& setting);
void import_rows(const Setting& setting);
void verify_rows(const Setting& setting);
void replay_rows(const Setting& setting);
void read_rows(const Setting& setting);
void report_rows(const Setting& setting);
void proof_rows(const Setting& setting);
void seal_rows(const Setting& setting);
void disk_rows(const Setting& setting);
void memory_rows(const Setting& setting);
void sync_rows(const Setting& setting);

// Appends by `clients` at once, each waiting for its own event before it sends the next; the
// microseconds of every append. `send` gets the client and its number of the event.
struct Appends {
  double seconds = 0;
  std::vector<double> microseconds;
};
Appends appends_by(unsigned clients, std::uint64_t events_each,
                   const std::function<void(unsigned client, std::uint64_t number)>& send);

}  // namespace liggare::bench
