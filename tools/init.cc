#include "ledger/ledger.h"
#include "tools/commands.h"
#include "tools/console.h"

namespace liggare::tools {
namespace {

Result<ledger::HeadPolicy> head_policy(const Arguments& arguments) {
  const std::string* given = arguments.text("--head");
  if (given == nullptr || *given == "floor") return ledger::HeadPolicy::floor;
  if (*given == "strict") return ledger::HeadPolicy::strict;
  return fail(ErrorCode::invalid_argument, "--head takes floor or strict, not \"" + *given + "\"");
}

Result<Exit> run_init(const Arguments& arguments, Console& console) {
  ledger::CreateOptions options;
  LIGGARE_TRY(options.folders, console.folders());
  LIGGARE_TRY(options.head, head_policy(arguments));
  if (const std::string* origin = arguments.text("--origin")) options.origin = *origin;
  LIGGARE_CHECK(ledger::Ledger::create(options));

  LIGGARE_TRY(const auto made, console.open(ledger::Mode::read));
  const std::string folder = options.folders.ledger.string();
  const std::string keys = options.folders.keys.string();
  if (console.format() == Format::table) {
    LIGGARE_CHECK(console.print_text("line.created", folder, keys, made->origin()));
    return Exit::done;
  }
  LIGGARE_CHECK(console.print_line(Json::object()
                                       .add("ledger", folder)
                                       .add("keys", keys)
                                       .add("origin", made->origin())
                                       .add("size", made->head().tree_size)));
  return Exit::done;
}

}  // namespace

Command init_command() {
  return {.name = "init",
          .summary = "makes an empty ledger",
          .details =
              "The folder must not hold a ledger yet. The keys lie beside it, in DIR.keys,\n"
              "and are never part of a backup of the ledger.",
          .arguments = {{"--origin", "NAME",
                         "the ledger's name in checkpoints; from the folder's name otherwise"},
                        {"--head", "POLICY",
                         "floor (HEAD may lag behind after a crash) or strict (never)"}},
          .formats = {Format::table, Format::json},
          .examples = {{"liggare init --ledger /var/lib/liggare/town",
                        "Makes the ledger and /var/lib/liggare/town.keys."},
                       {"liggare init --ledger town --origin ledger.example.org/town",
                        "Gives it the name that its checkpoints will bear."}},
          .children = {},
          .run = run_init};
}

}  // namespace liggare::tools
