#include <algorithm>

#include "ledger/erased_view.h"
#include "ledger/ledger.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/stopping.h"

namespace liggare::tools {
namespace {

constexpr std::uint64_t events_shown = 10;
constexpr int poll_milliseconds = 100;

Result<void> print_from(const ledger::Ledger& ledger, std::uint64_t from, Console& console) {
  ledger::ErasedView view(ledger.log());
  Result<void> printed;
  LIGGARE_CHECK(ledger.scan(from, ledger.head().tree_size,
                            [&](const domain::RecordedEvent& event, std::string_view) {
                              printed = console.print_line(view.event_json(event));
                              return printed.has_value();
                            }));
  LIGGARE_CHECK(std::move(printed));
  return console.out().flush();
}

Result<Exit> follow(ledger::Ledger& ledger, const Stopping& stopping, Console& console) {
  while (!stopping.signalled()) {
    if (!console.out().reader_stays(poll_milliseconds)) return Exit::output_closed;
    const std::uint64_t seen = ledger.head().tree_size;
    LIGGARE_TRY(const bool grew, ledger.refresh());
    if (!grew) continue;
    LIGGARE_CHECK(print_from(ledger, seen, console));
  }
  return *stopping.signalled();
}

Result<Exit> run_tail(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::optional<std::uint64_t> wanted, arguments.number("-n"));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  std::optional<Stopping> stopping;
  if (arguments.has("--follow")) stopping.emplace(std::nullopt);
  const std::uint64_t size = ledger->head().tree_size;
  LIGGARE_CHECK(print_from(*ledger, size - std::min(size, wanted.value_or(events_shown)), console));
  return stopping ? follow(*ledger, *stopping, console) : Exit::done;
}

}  // namespace

Command tail_command() {
  return {.name = "tail",
          .summary = "shows the newest events, and those to come",
          .details = "As NDJSON, in position order. Personal data are sealed.",
          .arguments = {{"--follow", "", "go on with each event that is added, until interrupted"},
                        {"-n", "N", "how many events to begin with; 10 otherwise"}},
          .formats = {Format::json},
          .examples = {{"liggare tail -n 3", "The three newest events."},
                       {"liggare tail --follow -n 0", "Only what comes from now on."}},
          .children = {},
          .run = run_tail};
}

}  // namespace liggare::tools
