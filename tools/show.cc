#include "tools/commands.h"
#include "tools/console.h"

namespace liggare::tools {
namespace {

// A decimal number is a position unless an event has it as its id.
Result<std::uint64_t> find(const ledger::Ledger& ledger, const std::string& name) {
  LIGGARE_TRY(const std::optional<std::uint64_t> position, ledger.position_of(name));
  if (position) return *position;
  const auto number = parse_decimal(name);
  const std::uint64_t size = ledger.head().tree_size;
  if (number && *number < size) return *number;
  return fail(ErrorCode::not_found, "no event has the id or position \"" + name +
                                        "\"; the ledger has " + std::to_string(size) + " events");
}

Result<Exit> run(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const std::uint64_t position, find(*ledger, *arguments.text("EVENT")));
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
