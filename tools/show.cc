#include "ledger/ledger.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"

namespace liggare::tools {
namespace {

Result<Exit> run(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const std::uint64_t position, position_named(*ledger, *arguments.text("EVENT")));
  if (console.format() == Format::leaf) {
    LIGGARE_TRY(const std::string leaf, ledger->leaf(position));
    LIGGARE_CHECK(console.print(leaf));
    return Exit::done;
  }
  LIGGARE_TRY(const Json entry, ledger->history_entry(position));
  LIGGARE_CHECK(console.print_line(entry));
  return Exit::done;
}

}  // namespace

Command show_command() {
  return {.name = "show",
          .summary = "shows one event",
          .details = "As the history shows it, with its status. Personal data are sealed.",
          .arguments = {{"EVENT", "", "an event's id, or its position: 0 is the first",
                         Argument::Presence::required}},
          .formats = {Format::json, Format::leaf},
          .examples = {{"liggare show lk-00012", "The event with that id."},
                       {"liggare show 812 --format leaf | sha256sum",
                        "The stored bytes of the event at position 812."}},
          .children = {},
          .run = run};
}

}  // namespace liggare::tools
