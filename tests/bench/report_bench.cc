// Reports, one participant, and rebuilds on a ledger of any size in the dataset's shape.
//
// Arguments: a folder on the disk to be measured, and the number of events. A ledger that is there
// already is measured as it is.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "ledger/ledger.h"
#include "store/event_log.h"
#include "tests/bench/raw_store.h"
#include "tests/bench/town.h"

namespace liggare::bench {
namespace {

namespace fs = std::filesystem;
using ledger::Folders;
using ledger::HeadPolicy;
using ledger::Ledger;
using ledger::Mode;
using ledger::ReportRequest;

void make_ledger(const fs::path& folder, const Folders& folders, std::uint64_t events) {
  fs::create_directories(folder);
  const fs::path file = folder / "town.ndjson";
  {
    std::ofstream out(file);
    write_town(events, [&](const std::string& line) { out << line << '\n'; });
  }
  LIGGARE_ASSERT(Ledger::create({folders, "bench.example.org", HeadPolicy::floor}), "create");
  auto ledger = Ledger::open({folders, Mode::write, nullptr});
  LIGGARE_ASSERT(ledger, "open");
  double seconds = seconds_of([&] {
    const auto summary = (*ledger)->import(file.string(), {});
    LIGGARE_ASSERT(summary && summary->refused == 0, "import");
  });
  fmt::print("import: {:.0f} events/s\n",
             static_cast<double>((*ledger)->head().tree_size) / seconds);
  seconds = seconds_of([&] { ledger->reset(); });
  fmt::print("first fold of all projections, at closing: {:.1f} s\n", seconds);
}

std::vector<ReportRequest> requests() {
  const auto day = Day::parse("2021-12-31");
  return {{"places", {{"from", "2018"}, {"to", "2021"}}, day, {}},
          {"targets", {}, day, {}},
          {"reconcile", {}, day, {}},
          {"occupancy", {{"from", "2018-01-01"}, {"to", "2021-12-31"}}, day, {}},
          {"ladder", {{"ladder", "trappan"}, {"unit", "IAS-stad"}}, day, {}},
          {"ladder", {{"ladder", "trappan"}}, day, {}},
          {"stalled", {{"unit", "IAS-stad"}}, day, {}},
          {"stalled", {}, day, {}},
          {"bottlenecks", {{"ladder", "trappan"}}, day, {}},
          {"duration", {}, day, {}},
          {"consents", {{"participant", "P0001"}}, day, {}},
          {"consents", {}, day, {}},
          {"disclosures", {{"only-findings", ""}}, day, {}},
          {"disclosures", {}, day, {}},
          {"flow", {{"by", "quarter"}, {"group", "source"}}, day, {}},
          {"late", {}, day, {}},
          {"history", {{"participant", "P0001"}}, day, {}},
          {"state", {{"participant", "P0001"}}, day, {}}};
}

std::string name_of(const ReportRequest& request) {
  std::string name = request.name;
  for (const auto& [option, value] : request.options) name += " --" + option + " " + value;
  return name;
}

void time_reports(const Ledger& ledger) {
  constexpr int rounds = 7;
  fmt::print("{:<52} {:>9} {:>9} {:>9}\n", "report at now, ms", "median", "worst", "rows");
  for (const ReportRequest& request : requests()) {
    std::vector<double> times;
    std::size_t rows = 0;
    for (int round = 0; round < rounds; ++round) {
      times.push_back(1'000 * seconds_of([&] {
                        const auto answer = ledger.report(request);
                        LIGGARE_ASSERT(answer, "report");
                        rows = answer->rows.as_array()->size();
                      }));
    }
    fmt::print("{:<52} {:>9.1f} {:>9.1f} {:>9}\n", name_of(request), median(times),
               *std::max_element(times.begin(), times.end()), rows);
  }
  const ReportRequest past{
      "places", {{"from", "2018"}, {"to", "2021"}}, {}, ledger.head().tree_size / 2};
  fmt::print("{:<52} {:>9.1f}\n", "places at half the size",
             1'000 * seconds_of([&] { LIGGARE_ASSERT(ledger.report(past), "report"); }));
}

double raw_scan_seconds(const Folders& folders) {
  auto log = store::EventLog::open({folders.ledger, store::Access::read_only, nullptr});
  LIGGARE_ASSERT(log, "open");
  std::uint64_t bytes = 0;
  const double seconds = seconds_of([&] {
    LIGGARE_ASSERT((*log)->scan({0, (*log)->head().tree_size},
                                [&](std::uint64_t, std::string_view record) -> Result<void> {
                                  bytes += record.size();
                                  return {};
                                }),
                   "scan");
  });
  fmt::print("the records: {:.1f} MB\n", static_cast<double>(bytes) / 1e6);
  return seconds;
}

void time_rebuild(Ledger& ledger, const Folders& folders) {
  std::vector<double> scans;
  std::vector<double> rebuilds;
  for (int round = 0; round < 3; ++round) {
    scans.push_back(raw_scan_seconds(folders));
    rebuilds.push_back(
        seconds_of([&] { LIGGARE_ASSERT(ledger.rebuild_projections("", {}), "rebuild"); }));
  }
  const auto events = static_cast<double>(ledger.head().tree_size);
  fmt::print("rebuild of all projections: {:.0f} events/s; scan of the records: {:.0f}; {:.2f}\n",
             events / median(rebuilds), events / median(scans), median(scans) / median(rebuilds));
}

}  // namespace
}  // namespace liggare::bench

int main(int count, char** arguments) {
  using namespace liggare;
  if (count != 3) {
    fmt::print(stderr, "usage: {} FOLDER EVENTS\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto folders = ledger::Folders::of(folder / "ledger");
  if (!std::filesystem::exists(folders.ledger)) {
    bench::make_ledger(folder, folders, std::strtoull(arguments[2], nullptr, 10));
  }
  double seconds = 0;
  std::unique_ptr<ledger::Ledger> reader;
  seconds = bench::seconds_of([&] {
    auto opened = ledger::Ledger::open({folders, ledger::Mode::read, nullptr});
    LIGGARE_ASSERT(opened, "open");
    reader = *std::move(opened);
  });
  fmt::print("{} events; opened in {:.0f} ms\n", reader->head().tree_size, 1'000 * seconds);
  bench::time_reports(*reader);
  bench::time_rebuild(*reader, folders);
  return 0;
}
