#include "codec/event_json.h"
#include "tools/commands.h"
#include "tools/console.h"

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

Result<Exit> run(const Arguments& arguments, Console& console) {
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
          .summary = "writes events as NDJSON, in position order",
          .details = "Personal data are sealed.",
          .arguments = {{"--from", "N", "the first position; 0 otherwise"},
                        {"--to", "N",
                         "stop before that position, so that pieces join; the size otherwise"},
                        {"--stream", "KIND/ID", "only that stream's events"}},
          .formats = {Format::json},
          .examples = {{"liggare export > events.ndjson", "The whole ledger."},
                       {"liggare export --from 1000 --to 2000", "Positions 1000 to 1999."},
                       {"liggare export --stream participant/P1042", "One stream."}},
          .children = {},
          .run = run};
}

}  // namespace liggare::tools
