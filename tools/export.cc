#include "codec/event_json.h"
#include "ledger/sql.h"
#include "tools/commands.h"
#include "tools/console.h"
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

Result<domain::Subject> subject_of(const std::string& text) {
  const auto slash = text.find('/');
  const auto kind = domain::stream_kind_named(std::string_view(text).substr(0, slash));
  if (slash == std::string::npos || !kind) {
    return fail(ErrorCode::invalid_argument,
                "--stream takes KIND/ID such as participant/P1042, not \"" + text + "\"");
  }
  return domain::Subject{*kind, text.substr(slash + 1)};
}

Result<void> print(const domain::RecordedEvent& event, Console& console) {
  return console.print_line(codec::event_json(event, codec::sealed_view));
}

Result<void> print_stream(const ledger::Ledger& ledger, const domain::Subject& subject, Span span,
                          Console& console) {
  LIGGARE_TRY(const domain::Stream stream, ledger.stream(subject, ledger.head().tree_size));
  if (stream.empty()) {
    return fail(ErrorCode::not_found, "no event has the subject " + subject.text());
  }
  for (const domain::RecordedEventPtr& event : stream) {
    if (event->position < span.from || event->position >= span.to) continue;
    LIGGARE_CHECK(print(*event, console));
  }
  return {};
}

Result<void> print_all(const ledger::Ledger& ledger, Span span, Console& console) {
  Result<void> printed;
  LIGGARE_CHECK(
      ledger.scan(span.from, span.to, [&](const domain::RecordedEvent& event, std::string_view) {
        printed = print(event, console);
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

Result<Exit> run(const Arguments& arguments, Console& console) {
  if (const std::string* file = arguments.text("--sqlite")) {
    return export_sqlite(*file, arguments, console);
  }
  LIGGARE_CHECK(refuse(arguments, {"--as-of", "--at"}, " goes with --sqlite"));
  const std::string* stream = arguments.text("--stream");
  std::optional<domain::Subject> subject;
  if (stream != nullptr) {
    LIGGARE_TRY(subject, subject_of(*stream));
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
          .summary = "writes events as NDJSON, or facts as a SQLite file",
          .details =
              "Events come in position order, personal data sealed. --sqlite writes the tables\n"
              "of liggare sql to a new file; FILE.partial is on the way to it.",
          .arguments = {{"--from", "N", "the first position; 0 otherwise"},
                        {"--to", "N",
                         "stop before that position, so that pieces join; the size otherwise"},
                        {"--stream", "KIND/ID", "only that stream's events"},
                        {"--sqlite", "FILE", "the facts, as a new SQLite file"},
                        {"--as-of", "DAY", "with --sqlite: what was true on that day"},
                        {"--at", "SIZE|TIME", "with --sqlite: what was known then"}},
          .formats = {Format::json},
          .examples = {{"liggare export > events.ndjson", "The whole ledger."},
                       {"liggare export --from 1000 --to 2000", "Positions 1000 to 1999."},
                       {"liggare export --stream participant/P1042", "One stream."},
                       {"liggare export --sqlite town.db --as-of 2019-12-31",
                        "The facts of a day, for any tool that opens SQLite."}},
          .children = {},
          .run = run};
}

}  // namespace liggare::tools
