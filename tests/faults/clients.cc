#include "tests/faults/clients.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>

#include "base/assertion.h"
#include "tests/support/chance.h"

namespace liggare::faults {
namespace {

std::int64_t now() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

std::string line(const std::string& id, const std::string& stream, const std::string& type,
                 const std::string& data) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"{}","source":"/test","type":"{}","subject":"unit/{}",)"
      R"("effective":"2020-01-01","actor":"staff/A","data":{{{}}}}})",
      id, type, stream, data);
}

void tell(const std::function<void(const Operation&)>& whom, const Operation& operation) {
  if (whom) whom(operation);
}

struct Client {
  ledger::Ledger& ledger;
  const Workload& workload;
  std::size_t number;
  test::Chance chance;
  std::vector<Operation> seen = {};
  std::uint64_t sent = 0;

  std::string some_stream() {
    return fmt::format("{}-{}", workload.name, chance.below(workload.streams));
  }

  std::uint64_t version_of(const std::string& stream) {
    const auto read = ledger.stream({domain::StreamKind::unit, stream}, ledger.head().tree_size);
    LIGGARE_ASSERT(read.has_value(), "a stream can't be read");
    return read->size();
  }

  void read() {
    Operation operation{Kind::read, some_stream()};
    operation.began = now();
    operation.value = version_of(operation.stream);
    operation.ended = now();
    see(operation);
  }

  // With an expectation that is right, a little behind, or ahead; or with none.
  void append() {
    Operation operation{Kind::append, some_stream()};
    std::optional<std::uint64_t> expected;
    if (chance.percent(75)) {
      expected = version_of(operation.stream);
      if (chance.percent(10)) *expected += 1;
      if (chance.percent(10)) *expected -= std::min<std::uint64_t>(*expected, 1);
      operation.has_expectation = true;
      operation.expected = *expected;
    }
    const std::string id = fmt::format("{}-{}c{}-{}", workload.name, workload.turn, number, sent++);
    const std::string text =
        line(id, operation.stream, "unit.renamed", fmt::format(R"("name":"{}")", id));
    operation.event = id;
    operation.began = now();
    tell(workload.began, operation);
    const auto verdicts = ledger.append({{text, expected}});
    operation.ended = now();
    if (!verdicts) {
      operation.kind = Kind::unknown;
    } else if (const ledger::Verdict& verdict = verdicts->front(); verdict) {
      operation.value = verdict->stream_version;
      operation.position = verdict->position;
    } else {
      LIGGARE_ASSERT(domain::name_of(verdict.error().rejection.code) == "version-conflict",
                     "refused for another reason");
      operation.kind = Kind::conflict;
      operation.value = operation.expected;
    }
    see(operation);
  }

  void see(const Operation& operation) {
    seen.push_back(operation);
    tell(workload.ended, operation);
  }

  void work(std::size_t operations) {
    for (std::size_t i = 0; i < operations; ++i) {
      if (chance.percent(30)) {
        read();
      } else {
        append();
      }
    }
  }
};

// The streams' first events, as seen by one more client.
std::vector<Operation> make_streams(ledger::Ledger& ledger, const Workload& workload) {
  std::vector<Operation> seen;
  for (std::size_t i = 0; i < workload.streams; ++i) {
    Operation made{Kind::append, fmt::format("{}-{}", workload.name, i)};
    made.event = "u-" + made.stream;
    made.began = now();
    tell(workload.began, made);
    const auto verdicts = ledger.append(
        {{line(made.event, made.stream, "unit.registered", R"("name":"A","kind":"team")"),
          std::nullopt}});
    made.ended = now();
    LIGGARE_ASSERT(verdicts && verdicts->front(), "no stream");
    made.value = verdicts->front()->stream_version;
    made.position = verdicts->front()->position;
    if (verdicts->front()->duplicate) continue;  // Of an earlier process.
    seen.push_back(made);
    tell(workload.ended, made);
  }
  return seen;
}

}  // namespace

std::vector<Operation> work_together(ledger::Ledger& ledger, const Workload& workload) {
  std::vector<Operation> history = make_streams(ledger, workload);
  std::vector<Client> clients;
  for (std::size_t i = 0; i < workload.clients; ++i) {
    clients.push_back({ledger, workload, i, test::Chance(workload.seed * 100 + i)});
  }
  {
    std::vector<std::jthread> threads;
    for (Client& client : clients) {
      threads.emplace_back([&] { client.work(workload.operations / workload.clients); });
    }
  }
  for (Client& client : clients) {
    std::move(client.seen.begin(), client.seen.end(), std::back_inserter(history));
  }
  return history;
}

}  // namespace liggare::faults
