#include "ledger/sql.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "ledger/ledger.h"
#include "sql/table.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/display_text.h"
#include "tools/render_answer.h"
#include "tools/render_csv.h"
#include "tools/report_options.h"
#include "tools/stopping.h"

namespace liggare::tools {
namespace {

Json column_rows(const sql::Table& table) {
  Json rows = Json::array();
  for (const sql::Column& column : table.columns) {
    rows.push(Json::object()
                  .add("column", column.name)
                  .add("type", sql::name_of(column.type))
                  .add("meaning", column.meaning));
  }
  return rows;
}

Json tables_json() {
  Json tables = Json::array();
  for (const sql::Table& table : sql::all_tables()) {
    tables.push(Json::object()
                    .add("table", table.name)
                    .add("meaning", table.meaning)
                    .add("days", sql::meaning_of(table.days))
                    .add("columns", column_rows(table)));
  }
  return Json::object().add("tables", std::move(tables));
}

std::string tables_text(const Style& style) {
  std::string text;
  for (const sql::Table& table : sql::all_tables()) {
    const Json columns = column_rows(table);
    text += (text.empty() ? "" : "\n") + emphasised(std::string(table.name), style) + ": " +
            std::string(table.meaning) + " (" + std::string(sql::meaning_of(table.days)) + ")\n" +
            render_table(columns, columns_of(columns), style);
  }
  return text;
}

// One line a column, each with its table.
std::string tables_csv() {
  Json rows = Json::array();
  for (const sql::Table& table : sql::all_tables()) {
    for (const sql::Column& column : table.columns) {
      rows.push(Json::object()
                    .add("table", table.name)
                    .add("column", column.name)
                    .add("type", sql::name_of(column.type))
                    .add("meaning", column.meaning));
    }
  }
  return render_csv(rows, columns_of(rows));
}

Result<void> print_tables(Console& console) {
  switch (console.format()) {
    case Format::table:
      return console.print(tables_text(console.style()));
    case Format::csv:
      return console.print(tables_csv());
    default:
      return console.print_line(tables_json());
  }
}

Result<std::string> read_question(const std::string& name) {
  std::ifstream file;
  if (name != "-") {
    std::error_code error;
    if (std::filesystem::is_directory(name, error)) {
      return fail(ErrorCode::io, name + " is a folder");
    }
    file.open(name, std::ios::binary);
    if (!file) return fail(ErrorCode::io, name + " can't be read");
  }
  std::istream& input = name == "-" ? std::cin : file;
  std::string text{std::istreambuf_iterator<char>(input), {}};
  if (input.bad()) return fail(ErrorCode::io, name + " can't be read to its end");
  return text;
}

Result<std::string> question_of(const Arguments& arguments) {
  const std::string* given = arguments.text("SQL");
  const std::string* file = arguments.text("-f");
  if ((given == nullptr) == (file == nullptr)) {
    return fail(ErrorCode::invalid_argument,
                "liggare sql takes one statement: in quotation marks, or from a file with -f; see "
                "liggare sql --help");
  }
  if (given != nullptr) return *given;
  return read_question(*file);
}

// Names to tell columns apart by, where SQL has given two the same.
std::vector<std::string> distinct(const std::vector<std::string>& columns) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const std::string& column : columns) {
    std::string name = visible(column);
    for (int n = 2; !taken.insert(name).second; ++n)
      name = visible(column) + ":" + std::to_string(n);
    names.push_back(std::move(name));
  }
  return names;
}

Json rows_as_objects(const Json& rows, const std::vector<std::string>& names) {
  Json objects = Json::array();
  for (const Json& row : *rows.as_array()) {
    Json object = Json::object();
    for (std::size_t i = 0; i < names.size(); ++i) object.add(names[i], (*row.as_array())[i]);
    objects.push(std::move(object));
  }
  return objects;
}

Result<void> print(const ledger::SqlAnswer& reply, Console& console) {
  if (console.format() == Format::json) {
    return console.print_line(Json::object()
                                  .add("asOf", reply.as_of)
                                  .add("at", reply.at)
                                  .add("columns", Json::list(reply.columns))
                                  .add("rows", reply.rows));
  }
  const std::vector<std::string> names = distinct(reply.columns);
  const Columns columns(names.begin(), names.end());
  projection::Answer answer;
  answer.report = "sql";
  answer.as_of = reply.as_of;
  answer.at = reply.at;
  answer.rows = rows_as_objects(reply.rows, names);
  return console.print(console.format() == Format::csv
                           ? render_csv(answer.rows, columns)
                           : render_answer(answer, columns, console.style()));
}

Result<Exit> run_sql(const Arguments& arguments, Console& console) {
  if (arguments.has("--tables")) {
    LIGGARE_CHECK(print_tables(console));
    return Exit::done;
  }
  LIGGARE_TRY(const std::string question, question_of(arguments));
  LIGGARE_TRY(const std::optional<std::uint64_t> seconds, arguments.number("--timeout"));
  constexpr std::uint64_t seconds_max = 1'000'000;
  if (seconds && *seconds > seconds_max) {
    return fail(ErrorCode::invalid_argument, "--timeout takes at most 1000000 seconds");
  }
  ledger::SqlRequest request;
  LIGGARE_TRY(request.as_of, as_of_given(arguments));
  LIGGARE_TRY(request.at, at_given(arguments));
  request.version = LIGGARE_VERSION;
  const Stopping stopping(seconds);
  request.stop = stopping.when();
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  const auto reply = ledger->sql(question, request);
  if (!reply) return stopping.ending(reply.error());
  LIGGARE_CHECK(print(*reply, console));
  return Exit::done;
}

}  // namespace

Command sql_command() {
  return {.name = "sql",
          .summary = "answers a question in SQL over tables of facts",
          .details =
              "One statement that reads, in SQLite's dialect. Tables hold what was true on\n"
              "--as-of, as known at --at; no personal data. --tables lists them. What stands\n"
              "in docs/sql.md are questions of boards, auditors and data protection officers.",
          .arguments = {{"SQL", "", "the statement"},
                        {"-f", "FILE", "read the statement from a file; - is standard input"},
                        {"--as-of", "DAY", "what was true on that day; today otherwise"},
                        {"--at", "SIZE|TIME|FILE",
                         "what the first SIZE events say, what was recorded up to TIME, or what\n"
                         "the checkpoint in FILE was signed of"},
                        {"--timeout", "SECONDS", "give up after so long; never otherwise"},
                        {"--tables", "", "list the tables and their columns; needs no ledger"}},
          .formats = {Format::table, Format::json, Format::csv},
          .examples = {{"liggare sql --tables", "What there is to ask about."},
                       {"liggare sql \"SELECT programme, count(*) FROM enrolments "
                        "WHERE state = 'active' GROUP BY programme\"",
                        "How many are enrolled where, today."},
                       {"liggare sql -f question.sql --as-of 2019-12-31 --format csv > answer.csv",
                        "A question from a file, as of a day, for a spreadsheet."}},
          .children = {},
          .run = run_sql};
}

}  // namespace liggare::tools
