#include "audit/given_key.h"
#include "base/bytes.h"
#include "base/file.h"
#include "ledger/access_years.h"
#include "ledger/ledger.h"
#include "tools/actor.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/print_answer.h"

namespace liggare::tools {
namespace {

Json instant_or_null(const std::optional<Instant>& instant) {
  return instant ? Json(instant->text()) : Json();
}

Json rows_of(const std::vector<ledger::AccessYear>& years) {
  Json rows = Json::array();
  for (const ledger::AccessYear& year : years) {
    rows.push(Json::object()
                  .add("year", year.year)
                  .add("size", year.head.tree_size)
                  .add("rootHash", to_hex(year.head.root_hash.view()))
                  .add("first", instant_or_null(year.first))
                  .add("last", instant_or_null(year.last)));
  }
  return rows;
}

Json rows_of(const std::vector<ledger::AccessFinding>& findings) {
  Json rows = Json::array();
  for (const ledger::AccessFinding& finding : findings) {
    rows.push(Json::object()
                  .add("year", finding.year)
                  .add("place", finding.place)
                  .add("expected", finding.expected)
                  .add("found", finding.found));
  }
  return rows;
}

Json rows_of(const std::vector<inspect::DroppedYear>& dropped) {
  Json rows = Json::array();
  for (const inspect::DroppedYear& year : dropped) {
    rows.push(Json::object()
                  .add("year", year.end.year)
                  .add("size", year.end.size)
                  .add("rootHash", to_hex(year.end.root.view()))
                  .add("droppedBy", year.who)
                  .add("recorded", year.recorded.text()));
  }
  return rows;
}

std::string table_of(const Json& rows, const Style& style) {
  if (rows.as_array()->empty()) return std::string(text_of(style.language, "line.no-rows")) + "\n";
  return render_table(rows, columns_of(rows), style);
}

Result<Exit> list(const Arguments&, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto years, ledger::list_access_years(*ledger));
  const Json rows = rows_of(years);
  LIGGARE_CHECK(print_forms(
      {table_of(rows, console.style()), rows, Json::object().add("years", rows)}, console));
  return Exit::done;
}

Json rows_of(const std::vector<inspect::SignedYear>& held) {
  Json rows = Json::array();
  for (const inspect::SignedYear& year : held) {
    rows.push(Json::object()
                  .add("checkpoint", year.name)
                  .add("year", year.year)
                  .add("size", year.head.tree_size));
  }
  return rows;
}

Result<Exit> verify(const Arguments& arguments, Console& console) {
  std::vector<inspect::GivenCheckpoint> checkpoints;
  std::optional<merkle::VerifierKey> key;
  if (const std::string* file = arguments.text("--checkpoint")) {
    LIGGARE_TRY(std::string note, read_file_or_pipe(*file));
    checkpoints.push_back({*file, std::move(note)});
  }
  if (const std::string* given = arguments.text("--vkey")) {
    LIGGARE_TRY(key, audit::read_given_key("--vkey", *given));
  }
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto report, ledger::verify_access_log(*ledger, checkpoints, key));
  const bool is_intact = report.findings.empty();
  const Json years = rows_of(report.years);
  const Json findings = rows_of(report.findings);
  const Json dropped = rows_of(report.dropped);
  std::string table = table_of(years, console.style());
  if (!report.dropped.empty()) table += "\n" + table_of(dropped, console.style());
  if (!is_intact) table += "\n" + table_of(findings, console.style());
  const auto& left_behind = report.left_behind_at;
  const Json json = Json::object()
                        .add("verdict", is_intact ? "intact" : "damaged")
                        .add("years", years)
                        .add("held", rows_of(report.held))
                        .add("dropped", dropped)
                        .add("leftBehindAt", left_behind ? Json(*left_behind) : Json())
                        .add("findings", findings);
  LIGGARE_CHECK(print_forms({table, is_intact ? years : findings, json}, console));
  return is_intact ? Exit::done : Exit::finding;
}

Result<Exit> drop(const Arguments& arguments, Console& console) {
  const std::string& given = *arguments.text("YEAR");
  const auto year = parse_decimal(given);
  constexpr std::uint64_t year_max = 9999;
  if (!year || *year == 0 || *year > year_max) {
    return fail(ErrorCode::invalid_argument, "YEAR is a year such as 2026, not \"" + given + "\"");
  }
  LIGGARE_TRY(const std::string who, staff_of(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto reason, ledger::drop_access_year(*ledger, static_cast<int>(*year), who));
  if (reason) {
    console.complain(refusal("must-be-kept", *reason + "; nothing was changed"));
    return Exit::refused;
  }
  const Json json = Json::object().add("dropped", static_cast<int>(*year)).add("droppedBy", who);
  LIGGARE_CHECK(console.print_line(json));
  return Exit::done;
}

Command child(std::string name, std::string summary, std::vector<Argument> arguments,
              std::vector<Format> formats, Result<Exit> (*run)(const Arguments&, Console&)) {
  const std::string example =
      "liggare access " + name + (name == "drop" ? " 2019 --as staff/dpo1" : "");
  return {.name = std::move(name),
          .summary = summary,
          .details = {},
          .arguments = std::move(arguments),
          .formats = std::move(formats),
          .examples = {{example, summary}},
          .children = {},
          .run = run};
}

}  // namespace

Command access_command() {
  const std::vector<Format> all = {Format::table, Format::json, Format::csv};
  return {.name = "access",
          .summary = "looks after the access log",
          .details =
              "Who has read what is told by liggare report access. Each year has a tree of\n"
              "its own; a seal of the ledger covers the newest.",
          .arguments = {},
          .formats = {},
          .examples = {{"liggare access verify", "Reads every record again."}},
          .children = {child("list", "lists the years", {}, all, list),
                       child("verify", "reads every record again and says what holds",
                             {{"--checkpoint", "FILE",
                               "a checkpoint of a year, kept elsewhere: it began so"},
                              {"--vkey", "KEY|@FILE",
                               "the key it is signed with; that of SIGNED.access otherwise"}},
                             all, verify),
                       child("drop", "removes a year whose last root is sealed",
                             {{"YEAR", "", "the oldest year", Argument::Presence::required},
                              {"--as", "staff/ID", "the data protection officer who drops it",
                               Argument::Presence::required}},
                             {Format::json}, drop)},
          .run = nullptr};
}

}  // namespace liggare::tools
