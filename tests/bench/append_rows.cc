// Durable appends: single ones by clients that wait for each, and atomic batches.
#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/raw_sequencer.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

namespace fs = std::filesystem;
using ledger::HeadPolicy;
using ledger::Ledger;

ledger::Folders appended(const Setting& setting) {
  return ledger::Folders::of(setting.folder / "appended");
}

void append(Ledger& ledger, const std::vector<ledger::Proposal>& proposals) {
  const auto verdicts = ledger.append(proposals);
  LIGGARE_ASSERT(verdicts && std::ranges::all_of(*verdicts, [](const auto& one) { return !!one; }),
                 "append");
}

struct Round {
  Appends ours;
  Appends raw;
};

// Ours first: RocksDB writes the same bytes afterwards.
Round append_round(const Setting& setting, unsigned clients, std::uint64_t events_each,
                   HeadPolicy head) {
  Round round;
  std::vector<Event> events;
  {
    const auto ledger = fresh_ledger(appended(setting), head);
    append(*ledger, {{unit_line, std::nullopt}});
    round.ours = appends_by(clients, events_each, [&](unsigned client, std::uint64_t number) {
      append(*ledger, {{place_line(client, number), std::nullopt}});
    });
    events = events_of(*ledger, 1, ledger->head().tree_size);
  }
  const auto batches = entries_of(events, 1);
  fs::remove_all(setting.folder / "raw");
  RawStore store(setting.folder / "raw");
  const auto batch_of = [&](unsigned client, std::uint64_t number) -> const Batch& {
    return batches[client * events_each + number];
  };
  if (clients == 1) {
    round.raw = appends_by(clients, events_each, [&](unsigned client, std::uint64_t number) {
      store.write(batch_of(client, number));
    });
  } else {
    RawSequencer sequencer(store);
    round.raw = appends_by(clients, events_each, [&](unsigned client, std::uint64_t number) {
      sequencer.write(batch_of(client, number));
    });
  }
  return round;
}

void one_client(const Setting& setting, HeadPolicy head) {
  const char* const policy = head == HeadPolicy::floor ? "floor" : "strict";
  const auto events = std::clamp<std::uint64_t>(setting.events / 100, 50, 5'000);
  Figure middle{.name = fmt::format("append, 1 client, HEAD {}, p50", policy),
                .unit = "µs",
                .targets = {ratio_at_most(1.1)}};
  Figure slow{.name = fmt::format("append, 1 client, HEAD {}, p99", policy), .unit = "µs"};
  for (int i = 0; i < setting.rounds; ++i) {
    const Round round = append_round(setting, 1, events, head);
    middle.ours.push_back(percentile(round.ours.microseconds, 0.5));
    middle.raw.push_back(percentile(round.raw.microseconds, 0.5));
    slow.ours.push_back(percentile(round.ours.microseconds, 0.99));
    slow.raw.push_back(percentile(round.raw.microseconds, 0.99));
  }
  setting.tell(middle);
  setting.tell(slow);
}

void many_clients(const Setting& setting, unsigned clients) {
  const auto events_each = std::clamp<std::uint64_t>(setting.events / 10 / clients, 5, 1'000);
  Figure rate{.name = fmt::format("append, {} clients, beside a raw sequencer", clients),
              .unit = "events/s",
              .targets = {ratio_at_least(0.8)}};
  const auto events = static_cast<double>(clients * events_each);
  for (int i = 0; i < setting.rounds; ++i) {
    const Round round = append_round(setting, clients, events_each, HeadPolicy::floor);
    rate.ours.push_back(events / round.ours.seconds);
    rate.raw.push_back(events / round.raw.seconds);
  }
  setting.tell(rate);
}

void batches_of(const Setting& setting, std::uint64_t batch_events) {
  const auto batches =
      std::clamp<std::uint64_t>(setting.events / 20 / batch_events, 2, 20'000 / batch_events);
  const auto events = static_cast<double>(batches * batch_events);
  Figure rate{.name = fmt::format("atomic batches of {}, one sync each", batch_events),
              .unit = "events/s",
              .targets = {ratio_at_least(0.5)}};
  for (int round = 0; round < setting.rounds; ++round) {
    std::vector<Event> stored;
    {
      const auto ledger = fresh_ledger(appended(setting), HeadPolicy::floor);
      append(*ledger, {{unit_line, std::nullopt}});
      std::vector<std::vector<ledger::Proposal>> requests(batches);
      for (std::uint64_t i = 0; i < batches; ++i) {
        for (std::uint64_t k = 0; k < batch_events; ++k) {
          requests[i].push_back({place_line(i, k), std::nullopt});
        }
      }
      rate.ours.push_back(events / seconds_of([&] {
                            for (const auto& request : requests) append(*ledger, request);
                          }));
      stored = events_of(*ledger, 1, ledger->head().tree_size);
    }
    const auto entries = entries_of(stored, batch_events);
    fs::remove_all(setting.folder / "raw");
    RawStore store(setting.folder / "raw");
    rate.raw.push_back(events / seconds_of([&] {
                         for (const Batch& batch : entries) store.write(batch);
                       }));
  }
  setting.tell(rate);
}

}  // namespace

void append_rows(const Setting& setting) {
  one_client(setting, HeadPolicy::floor);
  one_client(setting, HeadPolicy::strict);
  many_clients(setting, 16);
  many_clients(setting, 64);
}

void batch_rows(const Setting& setting) {
  batches_of(setting, 100);
  batches_of(setting, 1'000);
}

}  // namespace liggare::bench
