#include <fmt/format.h>

#include "ledger/ledger.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/print_answer.h"
#include "tools/progress_bar.h"
#include "tools/report_options.h"

namespace liggare::tools {
namespace {

// "administration=KoF,year=2019"
Result<std::map<std::string, std::string>> members_of(const std::string& option,
                                                      const std::string& text) {
  std::map<std::string, std::string> members;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string pair = text.substr(begin, end - begin);
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return fail(ErrorCode::invalid_argument,
                  option + " takes COLUMN=VALUE[,COLUMN=VALUE …], not \"" + text + "\"");
    }
    members[pair.substr(0, equals)] = pair.substr(equals + 1);
    begin = end + 1;
  }
  return members;
}

Result<ledger::Selector> selector_of(const Arguments& arguments) {
  const std::string* row = arguments.text("--row");
  const std::string* finding = arguments.text("--finding");
  if ((row == nullptr) == (finding == nullptr)) {
    return fail(ErrorCode::invalid_argument,
                "why needs either --row COLUMN=VALUE or --finding COLUMN=VALUE");
  }
  ledger::Selector selector;
  if (row != nullptr) {
    LIGGARE_TRY(selector.members, members_of("--row", *row));
  } else {
    selector.of = ledger::Selector::Of::finding;
    LIGGARE_TRY(selector.members, members_of("--finding", *finding));
  }
  return selector;
}

std::string titled(std::string_view key, const Json& rows, const Style& style) {
  const std::string title =
      fmt::format(fmt::runtime(text_of(style.language, key)), rows.as_array()->size());
  std::string out = "\n" + emphasised(title, style) + "\n";
  if (rows.as_array()->empty()) return out;
  return out + render_table(rows, columns_of(rows), style);
}

std::string table_of(const ledger::Why& why, const Style& style) {
  const Json explained = Json::array().push(why.explained);
  return emphasised(fmt::format(fmt::runtime(text_of(style.language, "line.heading")),
                                report_title(why.answer.report, style.language),
                                why.answer.as_of.text(), why.answer.at),
                    style) +
         "\n\n" + render_table(explained, columns_of(explained), style) +
         titled("line.rests-on", why.rests_on, style) +
         titled("line.refers-to", why.refers_to, style);
}

Json json_of(const ledger::Why& why, ledger::Selector::Of of) {
  return Json::object()
      .add("report", why.answer.report)
      .add("asOf", why.answer.as_of)
      .add("at", why.answer.at)
      .add("parameters", why.answer.parameters)
      .add(of == ledger::Selector::Of::row ? "row" : "finding", why.explained)
      .add("restsOn", why.rests_on)
      .add("refersTo", why.refers_to);
}

Result<Exit> run_why(const projection::Report& report, const Arguments& arguments,
                     Console& console) {
  LIGGARE_TRY(const ledger::Selector selector, selector_of(arguments));
  LIGGARE_TRY(const ledger::ReportRequest request, report_request(report, arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  std::optional<ProgressBar> bar(std::in_place, "why");
  LIGGARE_TRY(const ledger::Why why, ledger->why(request, selector, [&](std::uint64_t asked) {
    bar->show(asked, std::nullopt, std::to_string(asked) + " questions");
  }));
  bar.reset();
  LIGGARE_CHECK(print_forms(
      {table_of(why, console.style()), why.rests_on, json_of(why, selector.of)}, console));
  return Exit::done;
}

Command child(const projection::Report& report) {
  const std::string example =
      "liggare why" + report_example(report).substr(std::string_view("liggare report").size());
  return {.name = std::string(report.name),
          .summary = report_title(report.name, Language::english),
          .details = {},
          .arguments = report_arguments(report),
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{example + " --row " + std::string(report.columns.front()) + "=…",
                        "The events that this row rests on."}},
          .children = {},
          .run = [&report](const Arguments& arguments, Console& console) {
            return run_why(report, arguments, console);
          }};
}

}  // namespace

Command why_command() {
  std::vector<Command> children;
  for (const projection::Report& report : ledger::Ledger::reports()) {
    children.push_back(child(report));
  }
  return {.name = "why",
          .summary = "names the events that a row or a finding of a report rests on",
          .details =
              "They alone give the same row, and without any one of them it is another:\n"
              "every number can be followed to its facts. Beside them stand the events\n"
              "that those need to be accepted, such as a unit's registration.",
          .arguments = {{"--row", "COLUMN=VALUE,…", "the row that has these values"},
                        {"--finding", "COLUMN=VALUE,…", "the finding that has these values"},
                        {"--as-of", "DAY", "what was true on that day; today otherwise"},
                        {"--at", "SIZE|TIME",
                         "what the first SIZE events say, or what was recorded up to TIME"}},
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{"liggare why places --from 2019 --to 2019 --row administration=KoF",
                        "Which placements make up the figures of an administration."},
                       {"liggare why disclosures --finding code=no-basis,subject=participant/P1042",
                        "Which events a finding rests on."}},
          .children = std::move(children),
          .run = nullptr};
}

}  // namespace liggare::tools
