// Clients at work on one ledger until they are killed, who say at once what they ask and see.
// Arguments: ledger, name of the streams, turn of this process, clients, seed.
//
// Says "open", then "began OPERATION" before each append is sent and "ended OPERATION" after each
// answer (history.h). With LIGGARE_FAULT_PLANTED=early an append is said to be accepted before it
// is sent, with the answer that one client alone would get: a bug for the tests to find.
#include <cstdlib>
#include <limits>
#include <string>

#include "base/assertion.h"
#include "tests/faults/clients.h"
#include "tests/faults/say.h"

namespace liggare::faults {
namespace {

void say_early(const ledger::Ledger& ledger, Operation operation) {
  const auto size = ledger.head().tree_size;
  const auto stream = ledger.stream({domain::StreamKind::unit, operation.stream}, size);
  LIGGARE_ASSERT(stream.has_value(), "a stream can't be read");
  if (operation.has_expectation && operation.expected != stream->size()) return;
  operation.value = stream->size() + 1;
  operation.position = size;
  operation.ended = operation.began;
  say("ended " + line_of(operation));
}

int work_until_killed(const std::string& folder, Workload workload) {
  auto opened = ledger::Ledger::open({ledger::Folders::of(folder), ledger::Mode::write});
  if (!opened) {
    say("closed " + opened.error().message);
    return 3;
  }
  say("open");
  const bool is_early = std::getenv("LIGGARE_FAULT_PLANTED") != nullptr;
  workload.began = [&](const Operation& operation) {
    say("began " + line_of(operation));
    if (is_early) say_early(**opened, operation);
  };
  workload.ended = [&](const Operation& operation) {
    if (is_early && operation.kind != Kind::read) return;
    say("ended " + line_of(operation));
  };
  work_together(**opened, workload);
  return 0;
}

}  // namespace
}  // namespace liggare::faults

int main(int count, char** arguments) {
  if (count != 6) return 2;
  liggare::faults::Workload workload;
  workload.name = arguments[2];
  workload.turn = arguments[3];
  workload.clients = std::strtoull(arguments[4], nullptr, 10);
  workload.operations = std::numeric_limits<std::uint32_t>::max();
  workload.seed = std::strtoull(arguments[5], nullptr, 10);
  return liggare::faults::work_until_killed(arguments[1], workload);
}
