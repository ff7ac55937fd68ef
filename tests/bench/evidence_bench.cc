// Verification, seals, proofs and tiles on a ledger of any size.
//
// Arguments: a folder on the disk to be measured, and either the number of events ("1000000"), in
// the dataset's shape, or of streams of one event each ("1000000-streams"). A ledger that is there
// already is measured as it is; each run adds 1,000 events to it.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <future>
#include <thread>

#include "inspect/verify.h"
#include "ledger/bundle.h"
#include "ledger/checkpoints.h"
#include "ledger/proofs.h"
#include "ledger/seal.h"
#include "ledger/tile_folder.h"
#include "projections/all.h"
#include "store/event_log.h"
#include "tests/bench/raw_store.h"
#include "tests/bench/town.h"

namespace liggare::bench {
namespace {

namespace fs = std::filesystem;
using ledger::Folders;
using ledger::Ledger;
using ledger::Mode;

constexpr unsigned threads = 2;

std::string registration(const std::string& id) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"reg-{0}","source":"/bench","type":"participant.registered",)"
      R"("subject":"participant/{0}","effective":"2020-01-01","actor":"system/bench",)"
      R"("data":{{}}}})",
      id);
}

std::unique_ptr<Ledger> open(const Folders& folders, Mode mode) {
  auto opened = Ledger::open({folders, mode, nullptr});
  LIGGARE_ASSERT(opened, "open");
  return *std::move(opened);
}

void make_ledger(const fs::path& folder, const Folders& folders, const std::string& size) {
  fs::create_directories(folder);
  const fs::path file = folder / "events.ndjson";
  {
    std::ofstream out(file);
    const std::uint64_t number = std::strtoull(size.c_str(), nullptr, 10);
    if (size.ends_with("streams")) {
      for (std::uint64_t i = 0; i < number; ++i) out << registration(std::to_string(i)) << '\n';
    } else {
      write_town(number, [&](const std::string& line) { out << line << '\n'; });
    }
  }
  LIGGARE_ASSERT(Ledger::create({folders, "bench.example.org", ledger::HeadPolicy::floor}),
                 "create");
  const auto summary = open(folders, Mode::write)->import(file.string(), {});
  LIGGARE_ASSERT(summary && summary->refused == 0, "import");
}

std::vector<std::string> records_of(const Ledger& ledger) {
  std::vector<std::string> records;
  LIGGARE_ASSERT(ledger.log().scan({0, ledger.head().tree_size},
                                   [&](std::uint64_t, std::string_view record) -> Result<void> {
                                     records.emplace_back(record);
                                     return {};
                                   }),
                 "scan");
  return records;
}

// Hashing the records and nothing else, from memory: what no verification can go below.
double hashing_seconds(const std::vector<std::string>& records) {
  return seconds_of([&] {
    std::vector<std::future<void>> parts;
    for (unsigned part = 0; part < threads; ++part) {
      parts.push_back(std::async(std::launch::async, [&records, part] {
        Hash sum;
        for (std::size_t i = part; i < records.size(); i += threads) {
          sum = std::max(sum, sha256({records[i]}));
        }
        LIGGARE_ASSERT(sum != Hash(), "hashes");
      }));
    }
    for (auto& part : parts) part.get();
  });
}

// Leaf hashes and root over the events as RocksDB gives them, and nothing else: no index, no stored
// node, no record read.
double bare_seconds(const Ledger& ledger) {
  constexpr std::uint64_t part_events = std::uint64_t{1} << 16;  // One subtree.
  const merkle::TreeHead head = ledger.head();
  std::vector<Hash> roots((head.tree_size + part_events - 1) / part_events);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t part = next++; part < roots.size(); part = next++) {
      const std::uint64_t first = part * part_events;
      merkle::Frontier frontier;
      std::vector<merkle::Node> completed;
      LIGGARE_ASSERT(ledger.log().scan({first, std::min(first + part_events, head.tree_size)},
                                       [&](std::uint64_t, std::string_view bytes) -> Result<void> {
                                         completed.clear();
                                         frontier.append(merkle::leaf_hash(bytes), completed);
                                         return {};
                                       }),
                     "scan");
      roots[part] = frontier.root();
    }
  };
  return seconds_of([&] {
    {
      std::vector<std::jthread> workers;
      for (unsigned i = 0; i < threads; ++i) workers.emplace_back(work);
    }
    merkle::Frontier whole;
    std::vector<merkle::Node> completed;
    for (const Hash& root : roots) whole.append(root, completed);
    LIGGARE_ASSERT(whole.root() == head.root_hash, "the same root");
  });
}

double verify_seconds(const Folders& folders, bool is_full) {
  inspect::VerifyOptions options;
  options.ledger = folders.ledger;
  options.threads = threads;
  options.is_full = is_full;
  options.projections = projections::all_projections();
  return seconds_of([&] {
    const auto report = inspect::verify(options);
    LIGGARE_ASSERT(report && report->findings.empty(), "verify");
  });
}

void time_verify(const Folders& folders) {
  const auto ledger = open(folders, Mode::read);
  const auto records = records_of(*ledger);
  const auto events = static_cast<double>(records.size());
  std::vector<double> hashing;
  std::vector<double> bare;
  std::vector<double> verifying;
  for (int round = 0; round < 3; ++round) {
    hashing.push_back(hashing_seconds(records));
    bare.push_back(bare_seconds(*ledger));
    verifying.push_back(verify_seconds(folders, false));
  }
  fmt::print("verify: {:.0f} events/s; SHA-256 of the same bytes: {:.0f}; ratio {:.2f}\n",
             events / median(verifying), events / median(hashing),
             median(hashing) / median(verifying));
  fmt::print("scan, leaf hashes and root alone: {:.0f} events/s; ratio of verify {:.2f}\n",
             events / median(bare), median(bare) / median(verifying));
  fmt::print("verify --full: {:.0f} events/s\n", events / verify_seconds(folders, true));
}

void time_seals(const Folders& folders) {
  const auto ledger = open(folders, Mode::write);
  ledger::Bookkeeper bookkeeper;
  const auto seal = [&] {
    const auto sealed = bookkeeper.seal(*ledger, "system/bench");
    LIGGARE_ASSERT(sealed && *sealed, "seal");
  };
  fmt::print("first seal of this process: {:.2f} s\n", seconds_of(seal));
  std::vector<ledger::Proposal> proposals;
  const std::string size = std::to_string(ledger->head().tree_size);
  for (int i = 0; i < 1'000; ++i) {
    proposals.push_back({registration(size + "-" + std::to_string(i)), std::nullopt});
  }
  LIGGARE_ASSERT(ledger->append(proposals), "append");
  fmt::print("seal with 1,000 streams changed: {:.0f} ms\n", 1'000 * seconds_of(seal));
  bookkeeper = ledger::Bookkeeper();
  LIGGARE_ASSERT(ledger->append({{registration(size + "-last"), std::nullopt}}), "append");
  fmt::print("seal by another process, 1 stream changed: {:.0f} ms\n", 1'000 * seconds_of(seal));
}

void print_times(const char* what, std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  fmt::print("{}: p50 {:.1f} µs, p99 {:.1f} µs\n", what, 1e6 * seconds[seconds.size() / 2],
             1e6 * seconds[seconds.size() * 99 / 100]);
}

void time_proofs(const Folders& folders) {
  constexpr std::uint64_t rounds = 10'000;
  const auto ledger = open(folders, Mode::read);
  const auto newest = ledger::newest_checkpoint(*ledger);
  LIGGARE_ASSERT(newest, "checkpoint");
  const std::uint64_t size = newest->checkpoint.head.tree_size;
  const auto read = [&](merkle::NodeId id) { return ledger->log().node(id); };
  std::vector<double> proving;
  std::vector<double> checking;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    const std::uint64_t position = i * 2'654'435'761 % size;
    Result<merkle::InclusionProof> proof = merkle::InclusionProof();
    proving.push_back(seconds_of([&] { proof = merkle::prove_inclusion(position, size, read); }));
    const auto leaf = ledger->log().node({0, position});
    LIGGARE_ASSERT(proof && leaf, "proof");
    checking.push_back(seconds_of([&] {
      LIGGARE_ASSERT(merkle::verify_inclusion(*proof, *leaf, newest->checkpoint.head.root_hash),
                     "check");
    }));
  }
  print_times("inclusion proof", std::move(proving));
  print_times("checking one", std::move(checking));
}

void time_exports(const fs::path& folder, const Folders& folders) {
  const auto ledger = open(folders, Mode::read);
  const auto newest = ledger::newest_checkpoint(*ledger);
  LIGGARE_ASSERT(newest, "checkpoint");
  const fs::path tiles = folder / "tiles";
  fs::remove_all(tiles);
  fmt::print("tiles: {:.2f} s\n", seconds_of([&] {
               LIGGARE_ASSERT(ledger::export_tiles(*ledger, newest->note, tiles), "tiles");
             }));
  domain::Subject subject;
  LIGGARE_ASSERT(ledger->scan(ledger->head().tree_size / 2, ledger->head().tree_size,
                              [&](const domain::RecordedEvent& event, std::string_view) {
                                subject = event.event.subject;
                                return false;
                              }),
                 "scan");
  fmt::print("bundle of {}: {:.0f} ms\n", subject.text(),
             1'000 * seconds_of([&] {
               LIGGARE_ASSERT(ledger::make_bundle(*ledger, *newest, {subject}), "bundle");
             }));
}

}  // namespace
}  // namespace liggare::bench

int main(int count, char** arguments) {
  using namespace liggare;
  if (count != 3) {
    fmt::print(stderr, "usage: {} FOLDER EVENTS|STREAMS-streams\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto folders = ledger::Folders::of(folder / "ledger");
  if (!std::filesystem::exists(folders.ledger)) {
    bench::make_ledger(folder, folders, arguments[2]);
  }
  bench::time_seals(folders);
  bench::time_verify(folders);
  bench::time_proofs(folders);
  bench::time_exports(folder, folders);
  return 0;
}
