// Durable appends through EventLog beside RocksDB writing the same keys and bytes in the same
// batches with the same options: what hashing, the tree and HEAD cost.
//
// Arguments: a folder on the disk to be measured, and the number of rounds. Contenders take turns
// within a round; what is printed are medians over the rounds.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/bytes.h"
#include "store/event_log.h"
#include "tests/bench/raw_store.h"

namespace liggare::store {
namespace {

namespace fs = std::filesystem;
using bench::entries_of;
using bench::Event;
using bench::median;
using bench::seconds_of;

constexpr std::size_t record_bytes = 440;
constexpr std::uint64_t events_per_subject = 26;

struct Workload {
  std::uint64_t batch;
  std::uint64_t events;
};

std::vector<Event> make_events(std::uint64_t count) {
  std::vector<Event> events;
  std::uint64_t state = 1;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string bytes = fmt::format("placement.started {:>20} ", i);
    // Half of a record is ciphertext and salt, which no compression makes smaller.
    while (bytes.size() < record_bytes / 2) bytes.push_back('.');
    while (bytes.size() < record_bytes) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      bytes.push_back(static_cast<char>(state >> 56));
    }
    events.push_back({to_hex(sha256({position_bytes(i)}).view().substr(0, 16)),
                      fmt::format("participant/P{:08}", i / events_per_subject),
                      i % events_per_subject + 1, std::move(bytes)});
  }
  return events;
}

double run_log(const fs::path& folder, const std::vector<Event>& events, std::uint64_t batch,
               HeadMode mode) {
  LIGGARE_ASSERT(EventLog::create({folder, {"bench.example.org", mode}}), "create");
  auto log = std::move(*EventLog::open({folder, Access::write}));
  std::vector<NewRecord> records;
  for (const auto& event : events) {
    records.push_back({event.id, event.subject, event.version, event.bytes});
  }
  const std::span<const NewRecord> all = records;
  return seconds_of([&] {
    for (std::uint64_t begin = 0; begin < all.size(); begin += batch) {
      const auto count = std::min<std::uint64_t>(batch, all.size() - begin);
      LIGGARE_ASSERT(log->append(all.subspan(begin, count)), "append");
    }
  });
}

double run_rocksdb(const fs::path& folder, const std::vector<bench::Batch>& batches) {
  bench::RawStore store(folder);
  return seconds_of([&] {
    for (const auto& batch : batches) store.write(batch);
  });
}

void measure(const fs::path& folder, const Workload& workload, int rounds) {
  const auto events = make_events(workload.events);
  const auto batches = entries_of(events, workload.batch);
  std::map<std::string, std::vector<double>> rates;
  for (int round = 0; round < rounds; ++round) {
    const auto take = [&](const std::string& name, double seconds) {
      rates[name].push_back(static_cast<double>(workload.events) / seconds);
      fs::remove_all(folder / "ledger");
    };
    take("rocksdb", run_rocksdb(folder / "ledger", batches));
    take("floor", run_log(folder / "ledger", events, workload.batch, HeadMode::floor));
    take("strict", run_log(folder / "ledger", events, workload.batch, HeadMode::strict));
  }
  const double raw = median(rates["rocksdb"]);
  fmt::print("{:>6} {:>12.0f} {:>12.0f} {:>7.2f} {:>12.0f} {:>7.2f}\n", workload.batch, raw,
             median(rates["floor"]), median(rates["floor"]) / raw, median(rates["strict"]),
             median(rates["strict"]) / raw);
}

}  // namespace
}  // namespace liggare::store

int main(int count, char** arguments) {
  if (count != 3) {
    fmt::print(stderr, "usage: {} FOLDER ROUNDS\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  fmt::print("durable events/s, records of 440 bytes\n");
  fmt::print(" batch      RocksDB        floor   ratio       strict   ratio\n");
  for (const auto& workload : {liggare::store::Workload{1, 1'000},
                               {16, 16'000},
                               {64, 50'000},
                               {100, 80'000},
                               {1000, 200'000}}) {
    liggare::store::measure(folder, workload, std::atoi(arguments[2]));
  }
  return 0;
}
