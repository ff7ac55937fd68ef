#include "ledger/seal.h"
#include "tools/actor.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/progress_bar.h"
#include "tools/stopping.h"
#include "tools/tell_refused.h"
#include "tools/timer.h"

namespace liggare::tools {
namespace {

Json json_of(const ledger::Seal& seal) {
  Json json = Json::object()
                  .add("position", seal.position)
                  .add("id", seal.event_id)
                  .add("recorded", seal.recorded.text())
                  .add("new", seal.is_new);
  const Json data = ledger::data_json(seal.data);
  for (const auto& [name, value] : *data.as_object()) json.add(name, value);
  return json;
}

Result<void> print(const ledger::Seal& seal, Console& console) {
  if (console.format() == Format::json) return console.print_line(json_of(seal));
  const std::string_view key = seal.is_new ? "line.books-closed" : "line.books-closed-before";
  return console.print_text(key, seal.data.size, seal.position, seal.data.directory_root);
}

Result<Exit> seal_once(const std::string& actor, Console& console) {
  ledger::Bookkeeper bookkeeper;
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  std::optional<ProgressBar> bar(std::in_place, "seal");
  LIGGARE_TRY(const auto sealed,
              bookkeeper.seal(*ledger, actor, [&](std::uint64_t done, std::uint64_t total) {
                bar->show(done, total, std::to_string(done) + " events");
              }));
  bar.reset();
  if (!sealed) return tell_refused({sealed.error()}, console);
  LIGGARE_CHECK(print(*sealed, console));
  return Exit::done;
}

// Another process may be writing just then: its turn ends, and the next seal covers what it wrote.
Result<Exit> seal_again_and_again(std::chrono::seconds pause, const std::string& actor,
                                  Console& console) {
  const Stopping stopping(std::nullopt);
  Timer timer(pause);
  do {
    const auto sealed = seal_once(actor, console);
    if (!sealed && sealed.error().code == ErrorCode::busy) {
      console.note(sealed.error().message + "; tried again at the next turn");
    } else if (!sealed || *sealed != Exit::done) {
      return sealed;
    }
    LIGGARE_CHECK(console.out().flush());
  } while (timer.wait(stopping.when()));
  return Exit::done;
}

Result<Exit> run_seal(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const std::string actor, actor_of(arguments));
  const std::string* every = arguments.text("--every");
  if (every == nullptr) return seal_once(actor, console);
  LIGGARE_TRY(const auto pause, parse_pause(*every));
  return seal_again_and_again(pause, actor, console);
}

}  // namespace

Command seal_command() {
  return {
      .name = "seal",
      .summary = "closes the books: says how long every stream is and what every projection holds",
      .details =
          "Appends ledger.sealed over all events so far. From then on a bundle can prove that\n"
          "it is complete: that a stream has no further events. Where nothing has come since\n"
          "the last seal, that one is shown. `verify --full` checks every seal.",
      .arguments = {{"--every", "TIME", "go on, and seal again: 30s, 15m, 1h, 1d"},
                    actor_argument()},
      .formats = {Format::table, Format::json},
      .examples = {{"liggare seal", "Closes the books now."},
                   {"liggare seal --every 1d", "And every day from now on, until it is stopped."}},
      .children = {},
      .run = run_seal};
}

}  // namespace liggare::tools
