#include "ledger/ledger.h"
#include "ledger/reading.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/reader_options.h"

namespace liggare::tools {
namespace {

Result<Json> entry_for(const ledger::Reader& reader, const ledger::Ledger& ledger,
                       std::uint64_t position, const std::string& name) {
  LIGGARE_TRY(const auto reading, ledger::Reading::open(ledger));
  auto entry = reading->entry(reader, position);
  // Who may not know of the participant learns no more of the event.
  if (!entry && entry.error().code == ErrorCode::not_found) return no_such_event(ledger, name);
  return entry;
}

Result<Exit> run_show(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto reader, reader_given(arguments));
  if (reader && console.format() == Format::leaf) {
    return fail(ErrorCode::invalid_argument,
                "--format leaf writes the stored bytes, which stay sealed; leave out --as");
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  const std::string& name = *arguments.text("EVENT");
  LIGGARE_TRY(const std::uint64_t position, position_named(*ledger, name));
  if (console.format() == Format::leaf) {
    LIGGARE_TRY(const std::string leaf, ledger->leaf(position));
    LIGGARE_CHECK(console.print(leaf));
    return Exit::done;
  }
  LIGGARE_TRY(const Json entry, reader ? entry_for(*reader, *ledger, position, name)
                                       : ledger->history_entry(position));
  LIGGARE_CHECK(console.print_line(entry));
  return Exit::done;
}

}  // namespace

Command show_command() {
  return {.name = "show",
          .summary = "shows one event",
          .details =
              "As the history shows it, with its status. Personal data are sealed, but for\n"
              "who has the right to read them: --as and --purpose. That is recorded first.",
          .arguments = joined({{"EVENT", "", "an event's id, or its position: 0 is the first",
                                Argument::Presence::required}},
                              reader_arguments()),
          .formats = {Format::json, Format::leaf},
          .examples = {{"liggare show lk-00012", "The event with that id."},
                       {"liggare show 812 --format leaf | sha256sum",
                        "The stored bytes of the event at position 812."},
                       {"liggare show lk-00012 --as staff/S7 --purpose case-work",
                        "With the personal data that S7 may read."}},
          .children = {},
          .run = run_show};
}

}  // namespace liggare::tools
