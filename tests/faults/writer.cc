// Appends notes from several clients until it is killed or its disk fails, and says at once what
// was acknowledged. Arguments: ledger, run, clients, notes a client (0: no end), bytes of text.
// Standard input: ids of earlier runs to send again first.
//
// Says "open", then for each answer one line: "ack ID POSITION VERSION LEAF RECORDED",
// "refused ID CODE" or "error ID CODE". A client goes on for three notes after its first error.
// Exit code 3 where there was one. With LIGGARE_FAULT_PLANTED=early each note is said to be
// acknowledged ("ack ID") before it is appended: a bug for the tests to find.
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "ledger/ledger.h"
#include "tests/faults/say.h"
#include "tests/faults/story.h"

namespace liggare::faults {
namespace {

std::atomic<bool> has_failed = false;

struct Client {
  ledger::Ledger& ledger;
  std::size_t text_bytes;
  bool acknowledges_early;
  int errors = 0;

  void send(const std::string& id) {
    if (acknowledges_early) say("ack " + id);
    const auto verdicts = ledger.append({{note_line(id, text_bytes), std::nullopt}});
    if (!verdicts) {
      ++errors;
      has_failed = true;
      return say(fmt::format("error {} {}", id, name_of(verdicts.error().code)));
    }
    const ledger::Verdict& verdict = verdicts->front();
    if (!verdict) {
      const auto code = domain::name_of(verdict.error().rejection.code);
      return say(fmt::format("refused {} {}", id, code));
    }
    if (acknowledges_early) return;
    say(fmt::format("ack {} {} {} {} {}", id, verdict->position, verdict->stream_version,
                    to_hex(verdict->leaf_hash.view()), verdict->recorded.text()));
  }
};

struct Order {
  std::string run;
  std::size_t clients;
  std::uint64_t notes;
  std::size_t text_bytes;
  std::vector<std::string> again;
};

void write_notes(ledger::Ledger& ledger, const Order& order) {
  const bool is_early = std::getenv("LIGGARE_FAULT_PLANTED") != nullptr;
  std::vector<std::jthread> threads;
  for (std::size_t number = 0; number < order.clients; ++number) {
    threads.emplace_back([&ledger, &order, is_early, number] {
      Client client{ledger, order.text_bytes, is_early};
      for (std::size_t i = number; i < order.again.size(); i += order.clients) {
        client.send(order.again[i]);
      }
      for (std::uint64_t i = 0; (order.notes == 0 || i < order.notes) && client.errors < 4; ++i) {
        client.send(fmt::format("r{}-c{}-{}", order.run, number, i));
      }
    });
  }
}

int write_until_killed(const std::string& folder, const Order& order) {
  auto opened = ledger::Ledger::open({ledger::Folders::of(folder), ledger::Mode::write});
  if (!opened) {
    say(fmt::format("closed {}: {}", name_of(opened.error().code), opened.error().message));
    return 3;
  }
  say("open");
  write_notes(**opened, order);
  return has_failed ? 3 : 0;
}

}  // namespace
}  // namespace liggare::faults

int main(int count, char** arguments) {
  if (count != 6) return 2;
  liggare::faults::Order order{.run = arguments[2],
                               .clients = std::strtoull(arguments[3], nullptr, 10),
                               .notes = std::strtoull(arguments[4], nullptr, 10),
                               .text_bytes = std::strtoull(arguments[5], nullptr, 10),
                               .again = {}};
  for (std::string id; std::getline(std::cin, id);) order.again.push_back(id);
  return liggare::faults::write_until_killed(arguments[1], order);
}
