#include <fmt/format.h>

#include "ledger/ledger.h"
#include "ledger/reading.h"
#include "tools/access_report.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/edition.h"
#include "tools/print_answer.h"
#include "tools/reader_options.h"
#include "tools/render_csv.h"
#include "tools/report_options.h"

namespace liggare::tools {
namespace {

Result<void> print_rows(const Json& rows, Console& console) {
  switch (console.format()) {
    case Format::table:
      return console.print(render_table(rows, columns_of(rows), console.style()));
    case Format::csv:
      return console.print(render_csv(rows, columns_of(rows)));
    default:
      return console.print_line(Json::object().add("reports", rows));
  }
}

// Options that mean something only beside another, which is not there.
Result<void> refuse_stray(const Arguments& arguments, std::string_view needed,
                          std::initializer_list<std::string_view> options) {
  if (arguments.has(std::string(needed))) return {};
  for (const std::string_view option : options) {
    if (!arguments.has(std::string(option))) continue;
    return fail(ErrorCode::invalid_argument, fmt::format("{} needs {} beside it", option, needed));
  }
  return {};
}

Result<Exit> list(const Arguments& arguments, Console& console) {
  LIGGARE_CHECK(refuse_stray(arguments, "--edition", {"--diff", "--public"}));
  if (arguments.has("--edition")) {
    LIGGARE_CHECK(refuse_stray(arguments, "--publish", {"--document", "--actor"}));
  }
  if (arguments.has("--edition")) return show_edition(arguments, console);
  for (const char* option : {"--publish", "--document", "--actor", "--as-of", "--at"}) {
    if (!arguments.has(option)) continue;
    return fail(ErrorCode::invalid_argument,
                std::string(option) + " needs the name of a report: liggare report NAME " + option);
  }
  Json rows = Json::array();
  for (const projection::Report& report : ledger::Ledger::reports()) {
    rows.push(Json::object()
                  .add("name", report.name)
                  .add("title", report_title(report.name, console.style().language)));
  }
  rows.push(Json::object()
                .add("name", "access")
                .add("title", report_title("access", console.style().language)));
  LIGGARE_CHECK(print_rows(rows, console));
  return Exit::done;
}

// The one report whose rows hold personal data.
bool shows_events(const projection::Report& report) { return report.name == "history"; }

Result<std::optional<ledger::Reader>> reader_of(const projection::Report& report,
                                                const Arguments& arguments) {
  if (!shows_events(report)) return std::optional<ledger::Reader>();
  LIGGARE_TRY(auto reader, reader_given(arguments));
  const bool would_stay = arguments.has("--publish") || arguments.has("--public");
  if (reader && would_stay) {
    return fail(ErrorCode::invalid_argument,
                "what is published holds no personal data; leave out --as");
  }
  return reader;
}

// What the reader may see stands in the rows; the rest of the answer is everyone's.
Result<void> open_for(const ledger::Reader& reader, const ledger::ReportRequest& request,
                      const ledger::Ledger& ledger, projection::Answer& answer) {
  LIGGARE_TRY(const auto reading, ledger::Reading::open(ledger));
  LIGGARE_TRY(
      answer.rows,
      reading->history(reader, {domain::StreamKind::participant, request.options.at("participant")},
                       answer.at));
  return {};
}

Result<Exit> run_report(const projection::Report& report, const Arguments& arguments,
                        Console& console) {
  if (arguments.has("--list")) return list(arguments, console);
  if (arguments.has("--edition")) {
    return fail(
        ErrorCode::invalid_argument,
        "an edition knows its report: liggare report --edition " + *arguments.text("--edition"));
  }
  LIGGARE_CHECK(refuse_stray(arguments, "--edition", {"--diff"}));
  LIGGARE_CHECK(refuse_stray(arguments, "--publish", {"--document", "--actor"}));
  LIGGARE_TRY(const ledger::ReportRequest request, report_request(report, arguments));
  LIGGARE_TRY(const auto reader, reader_of(report, arguments));
  if (arguments.has("--publish")) return publish_edition(request, arguments, console);
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(projection::Answer answer, ledger->report(request));
  if (reader) {
    LIGGARE_CHECK(open_for(*reader, request, *ledger, answer));
  }
  const bool fails = arguments.has("--fail-on-findings") && !answer.findings.as_array()->empty();
  LIGGARE_CHECK(print_answer(std::move(answer), console));
  return fails ? Exit::finding : Exit::done;
}

Command child(const projection::Report& report) {
  return {.name = std::string(report.name),
          .summary = report_title(report.name, Language::english),
          .details = {},
          .arguments = shows_events(report) ? joined(report_arguments(report), reader_arguments())
                                            : report_arguments(report),
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{report_example(report) + " --as-of 2021-12-31",
                        "What was true on that day, as known now."},
                       {report_example(report) + " --at 1000", "What the first 1000 events say."}},
          .children = {},
          .run = [&report](const Arguments& arguments, Console& console) {
            return run_report(report, arguments, console);
          }};
}

}  // namespace

Command report_command() {
  std::vector<Command> children;
  for (const projection::Report& report : ledger::Ledger::reports()) {
    children.push_back(child(report));
  }
  children.push_back(access_report_command());
  return {.name = "report",
          .summary = "answers a report; lists them without a name",
          .details = "Each report has a page of its own: liggare report NAME --help.",
          .arguments = {{"--as-of", "DAY", "what was true on that day; today otherwise"},
                        {"--at", "SIZE|TIME|FILE",
                         "what the first SIZE events say, what was recorded up to TIME, or what\n"
                         "the checkpoint in FILE was signed of"},
                        {"--public", "",
                         "hides small counts of persons; as of a month's last day, or an edition"},
                        {"--publish", "EDITION", "records the answer as an edition of that name"},
                        {"--document", "TEXT", "with --publish: the document it is published in"},
                        {"--actor", "KIND/ID", "with --publish: staff/ID or system/ID"},
                        {"--edition", "EDITION", "an edition's answer, as it was published"},
                        {"--diff", "", "with --edition: what has changed since, and why"},
                        {"--fail-on-findings", "", "exit code 1 when there are findings"},
                        {"--list", "", "list the reports"}},
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{"liggare report", "The reports, one a line."},
                       {"liggare report places --from 2019 --to 2021 --format csv > places.csv",
                        "A report for a spreadsheet."},
                       {"liggare report places --from 2019 --to 2021 --publish board-2021",
                        "The answer as an edition, which comes out the same for ever."},
                       {"liggare report --edition board-2021 --diff",
                        "What has changed since, and the events that caused it."},
                       {"liggare report reconcile --as-of 2021-12-31 --at 20000",
                        "What was known when the ledger had 20,000 events."}},
          .children = std::move(children),
          .run = list};
}

}  // namespace liggare::tools
