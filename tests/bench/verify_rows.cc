// Verification on two threads, beside reading, hashing and folding the same records and nothing
// else: no index, no stored node, no record read.
#include "inspect/verify.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "projections/all.h"
#include "store/event_log.h"
#include "tests/bench/setting.h"

namespace liggare::bench {
namespace {

constexpr unsigned threads = 2;
constexpr std::uint64_t part_events = std::uint64_t{1} << 16;  // One subtree.

Hash root_of_part(const store::EventLog& log, store::PositionRange range) {
  merkle::Frontier frontier;
  std::vector<merkle::Node> completed;
  LIGGARE_ASSERT(log.scan(range,
                          [&](std::uint64_t, std::string_view bytes) -> Result<void> {
                            completed.clear();
                            frontier.append(merkle::leaf_hash(bytes), completed);
                            return {};
                          }),
                 "scan");
  return frontier.root();
}

double bare_seconds(const store::EventLog& log) {
  const merkle::TreeHead head = log.head();
  std::vector<Hash> roots((head.tree_size + part_events - 1) / part_events);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t part = next++; part < roots.size(); part = next++) {
      const std::uint64_t first = part * part_events;
      roots[part] = root_of_part(log, {first, std::min(first + part_events, head.tree_size)});
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

double verify_seconds(const Setting& setting, bool is_full) {
  inspect::VerifyOptions options;
  options.ledger = setting.town().ledger;
  options.threads = threads;
  options.is_full = is_full;
  options.projections = projections::all_projections();
  return seconds_of([&] {
    const auto report = inspect::verify(options);
    LIGGARE_ASSERT(report && report->findings.empty(), "verify");
  });
}

}  // namespace

void verify_rows(const Setting& setting) {
  Figure verify{.name = "verify, 2 threads, beside scan, hashes and root",
                .unit = "events/s",
                .targets = {ratio_at_least(0.6)}};
  Figure full{.name = "verify --full, 2 threads", .unit = "events/s"};
  const auto ledger = open_ledger(setting.town(), ledger::Mode::read);
  const auto events = static_cast<double>(ledger->head().tree_size);
  for (int round = 0; round < setting.rounds; ++round) {
    verify.raw.push_back(events / bare_seconds(ledger->log()));
    verify.ours.push_back(events / verify_seconds(setting, false));
  }
  full.ours.push_back(events / verify_seconds(setting, true));
  setting.tell(verify);
  setting.tell(full);
}

}  // namespace liggare::bench
