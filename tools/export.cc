#include "ledger/erased_view.h"
#include "ledger/ledger.h"
#include "ledger/sql.h"
#include "ledger/tile_folder.h"
#include "tools/checkpoint_file.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/event_place.h"
#include "tools/progress_bar.h"
#include "tools/report_options.h"
#include "tools/stopping.h"

namespace liggare::tools {
namespace {

struct Span {
  std::uint64_t from = 0;
  std::uint64_t to = 0;  // The first position that is left out.
};

Result<Span> span_of(const Arguments& arguments, std::uint64_t size) {
  LIGGARE_TRY(const std::optional<std::uint64_t> from, arguments.number("--from"));
  LIGGARE_TRY(const std::optional<std::uint64_t> to, arguments.number("--to"));
  const Span span{from.value_or(0), to.value_or(size)};
  if (span.to > size || span.from > size) {
    return fail(ErrorCode::invalid_argument,
                "--from and --to go up to the ledger's size, " + std::to_string(size));
  }
  if (span.from > span.to) {
    return fail(ErrorCode::invalid_argument, "--from " + std::to_string(span.from) +
                                                 " lies after --to " + std::to_string(span.to));
  }
  return span;
}

Result<void> print_stream(const ledger::Ledger& ledger, const domain::Subject& subject, Span span,
                          Console& console) {
  LIGGARE_TRY(const domain::Stream stream, ledger.stream(subject, ledger.head().tree_size));
  if (stream.empty()) {
    return fail(ErrorCode::not_found, "no event has the subject " + subject.text());
  }
  ledger::ErasedView view(ledger.log());
  for (const domain::RecordedEventPtr& event : stream) {
    if (event->position < span.from || event->position >= span.to) continue;
    LIGGARE_CHECK(console.print_line(view.event_json(*event)));
  }
  return {};
}

Result<void> print_all(const ledger::Ledger& ledger, Span span, Console& console) {
  ledger::ErasedView view(ledger.log());
  Result<void> printed;
  LIGGARE_CHECK(
      ledger.scan(span.from, span.to, [&](const domain::RecordedEvent& event, std::string_view) {
        printed = console.print_line(view.event_json(event));
        return printed.has_value();
      }));
  return printed;
}

// Some of the options say which events to write, the others which facts.
Result<void> refuse(const Arguments& arguments, std::initializer_list<const char*> options,
                    const std::string& why) {
  for (const char* option : options) {
    if (arguments.has(option)) return fail(ErrorCode::invalid_argument, option + why);
  }
  return {};
}

Result<Exit> export_sqlite(const std::string& file, const Arguments& arguments, Console& console) {
  LIGGARE_CHECK(refuse(arguments, {"--from", "--to", "--stream"},
                       " goes with events: the tables of --sqlite are cut by --as-of and --at"));
  ledger::SqlRequest request;
  LIGGARE_TRY(request.as_of, as_of_given(arguments));
  LIGGARE_TRY(request.at, at_given(arguments));
  request.version = LIGGARE_VERSION;
  const Stopping stopping(std::nullopt);
  request.stop = stopping.when();
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  const auto written = ledger->export_sql(file, request);
  if (!written) return stopping.ending(written.error());
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("file", file)
                                       .add("asOf", written->as_of)
                                       .add("at", written->at)
                                       .add("rootHash", written->root_hash)));
  return Exit::done;
}

Result<Exit> export_tiles(const std::string& folder, const Arguments& arguments, Console& console) {
  LIGGARE_CHECK(refuse(arguments, {"--from", "--to", "--stream", "--sqlite", "--as-of", "--at"},
                       " does not go with --tiles: tiles are of a whole checkpoint"));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto newest, checkpoint_for(*ledger, arguments, console));
  std::optional<ProgressBar> bar(std::in_place, "tiles");
  LIGGARE_TRY(const auto written,
              ledger::export_tiles(*ledger, newest.note, folder,
                                   [&](std::uint64_t done, std::uint64_t total) {
                                     bar->show(done, total, std::to_string(done) + " files");
                                   }));
  bar.reset();
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("folder", folder)
                                       .add("size", written.size)
                                       .add("sizeBefore", written.old_size)
                                       .add("tiles", written.tiles)
                                       .add("entries", written.entries)));
  return Exit::done;
}

Result<Exit> run_export(const Arguments& arguments, Console& console) {
  if (const std::string* folder = arguments.text("--tiles")) {
    return export_tiles(*folder, arguments, console);
  }
  LIGGARE_CHECK(refuse(arguments, {"--checkpoint", "--policy", "--witness"}, " goes with --tiles"));
  if (const std::string* file = arguments.text("--sqlite")) {
    return export_sqlite(*file, arguments, console);
  }
  LIGGARE_CHECK(refuse(arguments, {"--as-of", "--at"}, " goes with --sqlite"));
  const std::string* stream = arguments.text("--stream");
  std::optional<domain::Subject> subject;
  if (stream != nullptr) {
    LIGGARE_TRY(subject, subject_named(*stream, "--stream"));
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const Span span, span_of(arguments, ledger->head().tree_size));
  LIGGARE_CHECK(subject ? print_stream(*ledger, *subject, span, console)
                        : print_all(*ledger, span, console));
  return Exit::done;
}

}  // namespace

Command export_command() {
  return {.name = "export",
          .summary = "writes events as NDJSON, facts as a SQLite file, or the ledger as tiles",
          .details =
              "Events come in position order, personal data sealed. --sqlite writes the tables\n"
              "of liggare sql to a new file; FILE.partial is on the way to it. --tiles writes a\n"
              "folder that C2SP tlog-tiles clients read, and adds what is new when it is run\n"
              "again; its entries are everyone's pseudonymous records: hand them to those with\n"
              "the right.",
          .arguments = joined(
              {{"--from", "N", "the first position; 0 otherwise"},
               {"--to", "N", "stop before that position, so that pieces join; the size otherwise"},
               {"--stream", "KIND/ID", "only that stream's events"},
               {"--sqlite", "FILE", "the facts, as a new SQLite file"},
               {"--tiles", "DIR", "the ledger as tiles, up to the newest checkpoint"},
               {"--as-of", "DAY", "with --sqlite: what was true on that day"},
               {"--at", "SIZE|TIME|FILE", "with --sqlite: what was known then"}},
              checkpoint_arguments()),
          .formats = {Format::json},
          .examples = {{"liggare export > events.ndjson", "The whole ledger."},
                       {"liggare export --from 1000 --to 2000", "Positions 1000 to 1999."},
                       {"liggare export --stream participant/P1042", "One stream."},
                       {"liggare export --sqlite town.db --as-of 2019-12-31",
                        "The facts of a day, for any tool that opens SQLite."},
                       {"liggare export --tiles /srv/www/town", "For outsiders to check."}},
          .children = {},
          .run = run_export};
}

}  // namespace liggare::tools
