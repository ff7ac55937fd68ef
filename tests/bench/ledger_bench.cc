// The whole way in, beside RocksDB alone: import of the dataset, and durable appends by many
// clients at once.
//
// Arguments: a folder on the disk to be measured, and the number of rounds. Contenders take turns
// within a round; what is printed are medians over the rounds, and their ratio.
#include <fmt/format.h>

#include <cstdlib>
#include <thread>

#include "ledger/ledger.h"
#include "tests/bench/raw_store.h"

namespace liggare::bench {
namespace {

namespace fs = std::filesystem;
using ledger::Folders;
using ledger::HeadPolicy;
using ledger::Ledger;
using ledger::Mode;

const std::string dataset = std::string(LIGGARE_SOURCE_DIR) + "/tests/data/linkoping.ndjson.gz";

std::unique_ptr<Ledger> fresh_ledger(const fs::path& folder, HeadPolicy head) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  const Folders folders = Folders::of(folder / "ledger");
  LIGGARE_ASSERT(Ledger::create({folders, "bench.example.org", head}), "create");
  auto opened = Ledger::open({folders, Mode::write, nullptr});
  LIGGARE_ASSERT(opened, "open");
  return *std::move(opened);
}

std::vector<Event> events_of(const Ledger& ledger) {
  std::vector<Event> events;
  LIGGARE_ASSERT(ledger.scan(0, ledger.head().tree_size,
                             [&](const domain::RecordedEvent& event, std::string_view leaf) {
                               events.push_back({event.event.id, event.event.subject.text(),
                                                 event.version, std::string(leaf)});
                               return true;
                             }),
                 "scan");
  return events;
}

struct Rates {
  std::vector<double> ours;
  std::vector<double> raw;

  void print(const std::string& name) const {
    fmt::print("{:<28} {:>12.0f} {:>12.0f} {:>7.2f}\n", name, median(ours), median(raw),
               median(ours) / median(raw));
  }
};

void import_dataset(const fs::path& folder, int rounds, std::uint64_t batch_events) {
  Rates rates;
  for (int round = 0; round < rounds; ++round) {
    std::vector<Event> events;
    {
      const auto ledger = fresh_ledger(folder, HeadPolicy::floor);
      const double seconds =
          seconds_of([&] { LIGGARE_ASSERT(ledger->import(dataset, {}), "import"); });
      events = events_of(*ledger);
      rates.ours.push_back(static_cast<double>(events.size()) / seconds);
    }
    const auto batches = entries_of(events, batch_events);
    RawStore store(folder / "raw");
    const double seconds = seconds_of([&] {
      for (const Batch& batch : batches) store.write(batch);
    });
    rates.raw.push_back(static_cast<double>(events.size()) / seconds);
  }
  rates.print(fmt::format("import, batches of {}", batch_events));
}

// A place each: short streams, as most appends meet.
std::string line_of(std::uint64_t client, std::uint64_t i) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"b-{0}-{1}","source":"/bench","type":"place.offered",)"
      R"("subject":"place/b-{0}-{1}","effective":"2020-01-01","actor":"system/bench",)"
      R"("data":{{"administration":"A","category":"ordinary","profile":"{2:.<120}"}}}})",
      client, i, "");
}

constexpr std::string_view unit_line =
    R"({"specversion":"1.0","id":"unit","source":"/bench","type":"unit.registered",)"
    R"("subject":"unit/A","effective":"2015-01-01","actor":"system/bench",)"
    R"("data":{"name":"A","kind":"administration"}})";

// Each client waits for its own event before it sends the next.
template <class Send>
double rate_of(unsigned clients, std::uint64_t events_each, const Send& send) {
  const double seconds = seconds_of([&] {
    std::vector<std::jthread> threads;
    for (unsigned client = 0; client < clients; ++client) {
      threads.emplace_back([&, client] {
        for (std::uint64_t i = 0; i < events_each; ++i) send(client, i);
      });
    }
  });
  return static_cast<double>(clients * events_each) / seconds;
}

void append_by(const fs::path& folder, int rounds, unsigned clients, HeadPolicy head) {
  const std::uint64_t events_each = 8'000 / clients + 100;
  Rates rates;
  for (int round = 0; round < rounds; ++round) {
    std::vector<Event> events;
    {
      const auto ledger = fresh_ledger(folder, head);
      LIGGARE_ASSERT(ledger->append({{std::string(unit_line), std::nullopt}}), "append");
      rates.ours.push_back(rate_of(clients, events_each, [&](unsigned client, std::uint64_t i) {
        const auto verdicts = ledger->append({{line_of(client, i), std::nullopt}});
        LIGGARE_ASSERT(verdicts && verdicts->front(), "append");
      }));
      events = events_of(*ledger);
    }
    const auto batches = entries_of(events, 1);
    RawStore store(folder / "raw");
    rates.raw.push_back(rate_of(clients, events_each, [&](unsigned client, std::uint64_t i) {
      store.write(batches[1 + client * events_each + i]);
    }));
  }
  rates.print(fmt::format("append, {} client{}, {}", clients, clients == 1 ? "" : "s",
                          head == HeadPolicy::floor ? "floor" : "strict"));
}

}  // namespace
}  // namespace liggare::bench

int main(int count, char** arguments) {
  using namespace liggare;
  if (count != 3) {
    fmt::print(stderr, "usage: {} FOLDER ROUNDS\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const int rounds = std::atoi(arguments[2]);
  fmt::print("{:<28} {:>12} {:>12} {:>7}\n", "durable events/s", "liggare", "RocksDB", "ratio");
  bench::import_dataset(folder, rounds, 1'024);
  for (const unsigned clients : {1U, 16U, 64U}) {
    bench::append_by(folder, rounds, clients, ledger::HeadPolicy::floor);
    bench::append_by(folder, rounds, clients, ledger::HeadPolicy::strict);
  }
  std::filesystem::remove_all(folder);
  return 0;
}
