#include <fmt/format.h>

#include <algorithm>

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
                  .add("position", status.position)
                  .add("lag", status.lag)
                  .add("rows", status.rows));
  }
  LIGGARE_CHECK(print_rows(std::move(rows), console));
  return Exit::done;
}

Result<Exit> rebuild(const Arguments& arguments, Console& console) {
  const std::string* name = arguments.text("NAME");
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  {
    ProgressBar bar("rebuild");
    LIGGARE_CHECK(ledger->rebuild_projections(
        name ? *name : std::string(), [&](std::uint64_t done, std::uint64_t total) {
          bar.show(done, total, std::to_string(done) + " streams");
        }));
  }
  if (console.format() == Format::table) {
    const Language language = console.style().language;
    const std::string what = name ? *name : std::string(text_of(language, "line.all-projections"));
    LIGGARE_CHECK(
        console.print(fmt::format(fmt::runtime(text_of(language, "line.rebuilt")), what) + "\n"));
    return Exit::done;
  }
  LIGGARE_CHECK(
      console.print_line(Json::object().add("rebuilt", name ? Json(*name) : Json("all"))));
  return Exit::done;
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
  Command rebuilding = child("rebuild", "folds every stream anew and replaces what is kept",
                             "The events are the truth: a rebuild changes no answer.", rebuild);
  rebuilding.arguments = {{"NAME", "", "only this one"}};
  return {
      .name = "projections",
      .summary = "lists, rebuilds or verifies the kept projections",
      .details = {},
      .arguments = {},
      .formats = {},
      .examples = {{"liggare projections list", "How far each one is."},
                   {"liggare projections verify", "Exit code 1 if one has drifted."}},
      .children = {child("list", "says how far each one is", {}, list), std::move(rebuilding),
                   child("verify", "folds every stream anew and compares digests",
                         "Changes nothing. Exit code 1 where a projection has drifted.", verify)},
      .run = nullptr};
}

}  // namespace liggare::tools
