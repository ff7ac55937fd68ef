#include <fmt/format.h>

#include <algorithm>

#include "ledger/ledger.h"
#include "tools/columns.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/progress_bar.h"

namespace liggare::tools {
namespace {

Result<void> print_rows(Json rows, Console& console) {
  if (console.format() == Format::table) {
    return console.print(render_table(rows, columns_of(rows), console.style()));
  }
  return console.print_line(Json::object().add("projections", std::move(rows)));
}

Result<Exit> list(const Arguments&, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto kept, ledger->projections());
  Json rows = Json::array();
  for (const ledger::ProjectionStatus& status : kept) {
    rows.push(Json::object()
                  .add("name", status.name)
                  .add("version", status.version)
                  .add("kept", status.kept ? Json(*status.kept) : Json())
                  .add("position", status.position)
                  .add("lag", status.lag)
                  .add("rows", status.rows)
                  .add("previous", status.previous ? Json(*status.previous) : Json()));
  }
  LIGGARE_CHECK(print_rows(std::move(rows), console));
  return Exit::done;
}

std::string name_given(const Arguments& arguments) {
  const std::string* name = arguments.text("NAME");
  return name == nullptr ? std::string() : *name;
}

Json json_of(const projection::RebuiltProjection& rebuilt) {
  const auto& difference = rebuilt.difference;
  const auto count = [&](std::uint64_t number) { return difference ? Json(number) : Json(); };
  return Json::object()
      .add("name", rebuilt.name)
      .add("version", rebuilt.version)
      .add("position", rebuilt.position)
      .add("rows", rebuilt.rows)
      .add("replaced", rebuilt.replaced_version ? Json(*rebuilt.replaced_version) : Json())
      .add("added", count(difference ? difference->added : 0))
      .add("removed", count(difference ? difference->removed : 0))
      .add("changed", count(difference ? difference->changed : 0));
}

Result<Exit> rebuild(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  std::optional<ProgressBar> bar(std::in_place, "rebuild");
  LIGGARE_TRY(const auto rebuilt,
              ledger->rebuild_projections(
                  name_given(arguments), [&](std::uint64_t done, std::uint64_t total) {
                    bar->show(done, total, std::to_string(done) + " events");
                  }));
  bar.reset();
  Json rows = Json::array();
  for (const auto& each : rebuilt) rows.push(json_of(each));
  LIGGARE_CHECK(print_rows(std::move(rows), console));
  return Exit::done;
}

Result<Exit> print_names(const std::vector<std::string>& names, Console& console) {
  Json rows = Json::array();
  for (const std::string& name : names) rows.push(Json::object().add("name", name));
  LIGGARE_CHECK(print_rows(std::move(rows), console));
  return Exit::done;
}

Result<Exit> confirm(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto names, ledger->confirm_projections(name_given(arguments)));
  return print_names(names, console);
}

Result<Exit> revert(const Arguments& arguments, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto names, ledger->revert_projections(name_given(arguments)));
  return print_names(names, console);
}

Result<Exit> verify(const Arguments&, Console& console) {
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::read));
  LIGGARE_TRY(const auto checks, ledger->verify_projections());
  Json rows = Json::array();
  for (const ledger::ProjectionCheck& check : checks) {
    rows.push(Json::object()
                  .add("name", check.name)
                  .add("equal", check.equal)
                  .add("keptDigest", check.kept_digest)
                  .add("rebuiltDigest", check.rebuilt_digest));
  }
  LIGGARE_CHECK(print_rows(std::move(rows), console));
  const bool all_equal =
      std::all_of(checks.begin(), checks.end(), [](const auto& check) { return check.equal; });
  return all_equal ? Exit::done : Exit::finding;
}

Command child(std::string name, std::string summary, std::string details,
              std::function<Result<Exit>(const Arguments&, Console&)> run) {
  const std::string command = "liggare projections " + name;
  return {.name = std::move(name),
          .summary = summary,
          .details = std::move(details),
          .arguments = {},
          .formats = {Format::table, Format::json},
          .examples = {{command, "All of them, in this ledger."}},
          .children = {},
          .run = std::move(run)};
}

}  // namespace

Command projections_command() {
  Command rebuilding = child(
      "rebuild", "folds every stream anew and puts the rows in place of what is kept",
      "The events are the truth: a rebuild changes no answer, and the row counts that it\n"
      "prints (added, removed, changed) are 0 unless what was kept had drifted. Appends go on\n"
      "meanwhile. After an interruption the next rebuild goes on where it stopped. What it\n"
      "replaces is kept until `confirm`; `revert` brings it back.",
      rebuild);
  Command confirming = child("confirm", "forgets the rows that the last rebuild replaced",
                             "Prints the names of the projections that had some.", confirm);
  Command reverting = child("revert", "brings back the rows that the last rebuild replaced",
                            "Prints the names of the projections that had some.", revert);
  for (Command* command : {&rebuilding, &confirming, &reverting}) {
    command->arguments = {{"NAME", "", "only this one"}};
  }
  return {
      .name = "projections",
      .summary = "lists, rebuilds or verifies the kept projections",
      .details = {},
      .arguments = {},
      .formats = {},
      .examples = {{"liggare projections list", "How far each one is."},
                   {"liggare projections verify", "Exit code 1 if one has drifted."}},
      .children = {child("list", "says how far each one is", {}, list), std::move(rebuilding),
                   std::move(confirming), std::move(reverting),
                   child("verify", "folds every stream anew and compares digests",
                         "Changes nothing. Exit code 1 where a projection has drifted.", verify)},
      .run = nullptr};
}

}  // namespace liggare::tools
