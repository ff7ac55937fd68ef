#include "tests/bench/setting.h"

#include <fmt/format.h>

#include <thread>

namespace liggare::bench {

namespace fs = std::filesystem;

std::unique_ptr<ledger::Ledger> fresh_ledger(const ledger::Folders& folders,
                                             ledger::HeadPolicy head) {
  fs::remove_all(folders.ledger);
  fs::remove_all(folders.keys);
  LIGGARE_ASSERT(ledger::Ledger::create({folders, "bench.example.org", head}), "create");
  return open_ledger(folders, ledger::Mode::write);
}

std::unique_ptr<ledger::Ledger> open_ledger(const ledger::Folders& folders, ledger::Mode mode) {
  auto opened = ledger::Ledger::open({folders, mode, nullptr});
  LIGGARE_ASSERT(opened, "open");
  return *std::move(opened);
}

std::vector<Event> events_of(const ledger::Ledger& ledger, std::uint64_t from, std::uint64_t to) {
  std::vector<Event> events;
  LIGGARE_ASSERT(ledger.scan(from, to,
                             [&](const domain::RecordedEvent& event, std::string_view leaf) {
                               events.push_back({event.event.id, event.event.subject.text(),
                                                 event.version, std::string(leaf)});
                               return true;
                             }),
                 "scan");
  return events;
}

const std::string unit_line =
    R"({"specversion":"1.0","id":"unit","source":"/bench","type":"unit.registered",)"
    R"("subject":"unit/A","effective":"2015-01-01","actor":"system/bench",)"
    R"("data":{"name":"A","kind":"administration"}})";

std::string place_line(std::uint64_t client, std::uint64_t number) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"b-{0}-{1}","source":"/bench","type":"place.offered",)"
      R"("subject":"place/b-{0}-{1}","effective":"2020-01-01","actor":"system/bench",)"
      R"("data":{{"administration":"A","category":"ordinary","profile":"{2:.<120}"}}}})",
      client, number, "");
}

std::string participant_line(const std::string& id) {
  return fmt::format(
      R"({{"specversion":"1.0","id":"reg-{0}","source":"/bench","type":"participant.registered",)"
      R"("subject":"participant/{0}","effective":"2020-01-01","actor":"system/bench",)"
      R"("data":{{}}}})",
      id);
}

Appends appends_by(unsigned clients, std::uint64_t events_each,
                   const std::function<void(unsigned client, std::uint64_t number)>& send) {
  std::vector<std::vector<double>> times(clients);
  Appends appends;
  appends.seconds = seconds_of([&] {
    std::vector<std::jthread> threads;
    for (unsigned client = 0; client < clients; ++client) {
      threads.emplace_back([&, client] {
        for (std::uint64_t i = 0; i < events_each; ++i) {
          times[client].push_back(1e6 * seconds_of([&] { send(client, i); }));
        }
      });
    }
  });
  for (const auto& of_one : times) {
    appends.microseconds.insert(appends.microseconds.end(), of_one.begin(), of_one.end());
  }
  return appends;
}

}  // namespace liggare::bench
