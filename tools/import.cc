#include <filesystem>

#include "base/lies_in.h"
#include "ledger/import_as.h"
#include "ledger/ledger.h"
#include "tools/actor.h"
#include "tools/commands.h"
#include "tools/console.h"
#include "tools/progress_bar.h"
#include "tools/refusals.h"

namespace liggare::tools {
namespace {

namespace fs = std::filesystem;

// Writing rejects over the events themselves, or over the ledger, would lose them.
Result<void> check_apart(const std::string& input, const std::string& rejects,
                         const ledger::Folders& folders) {
  if (rejects.empty()) return {};
  std::error_code ignored;
  if (fs::equivalent(input, rejects, ignored)) {
    return fail(ErrorCode::invalid_argument,
                "--rejects names the file that is imported, " + input + "; name another");
  }
  if (lies_in(rejects, folders.ledger) || lies_in(rejects, folders.keys)) {
    return fail(ErrorCode::invalid_argument,
                "--rejects names a file in the ledger's folder or its keys'; name another");
  }
  return {};
}

Result<Exit> run_import(const Arguments& arguments, Console& console) {
  const std::string& input = *arguments.text("FILE");
  const std::string* given = arguments.text("--rejects");
  const std::string rejects = given ? *given : std::string();
  LIGGARE_TRY(const auto folders, console.folders());
  LIGGARE_CHECK(check_apart(input, rejects, folders));
  LIGGARE_TRY(const std::string principal, principal_of(arguments));
  LIGGARE_TRY(const auto ledger, console.open(ledger::Mode::write));
  LIGGARE_TRY(const auto refusals, Refusals::open(rejects));

  ledger::ImportOptions options;
  options.atomic = arguments.has("--atomic");
  options.refused = [&](std::uint64_t line, const ledger::Refusal& refusal, std::string_view text) {
    refusals->take(line, refusal, text);
  };
  ledger::ImportSummary summary;
  {
    ProgressBar bar("import");
    options.progress = [&](std::uint64_t read, std::optional<std::uint64_t> total,
                           std::uint64_t events) {
      bar.show(read, total, std::to_string(events) + " events");
    };
    LIGGARE_TRY(summary, principal.empty() ? ledger->import(input, options)
                                           : ledger::import_as(*ledger, principal, input, options));
  }
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("accepted", summary.accepted)
                                       .add("duplicates", summary.duplicates)
                                       .add("refused", summary.refused)
                                       .add("size", summary.size)));
  refusals->tell(console, options.atomic ? "nothing was written" : "all others are in the ledger");
  LIGGARE_CHECK(refusals->finish());
  return summary.refused > 0 ? Exit::refused : Exit::done;
}

}  // namespace

Command import_command() {
  return {
      .name = "import",
      .summary = "appends every event of a file",
      .details =
          "One event a line (NDJSON), plain or compressed (gzip, Zstandard). Refused\n"
          "lines are passed over and make exit code 4. Importing a file again is\n"
          "harmless: events that are there already answer as duplicates.\n"
          "With --as the sender may write only what its roles allow, as with append --as; the\n"
          "first line that it may not write ends the import.",
      .arguments = {{"FILE", "", "the file, or - for standard input", Argument::Presence::required},
                    {"--rejects", "FILE",
                     "gets each refused line: {\"line\", \"code\", \"message\", \"event\"}"},
                    {"--atomic", "", "takes all events or none"},
                    {"--as", "WHO", "staff/ID or system/ID, held to what it may write"}},
      .formats = {Format::json},
      .examples = {{"liggare import events.ndjson --rejects rejects.ndjson",
                    "Takes what it can and writes what was refused to a file."},
                   {"zcat events.gz | liggare import - --atomic",
                    "Takes all of standard input or nothing."}},
      .children = {},
      .run = run_import};
}

}  // namespace liggare::tools
