#include "tools/commands.h"
#include "tools/console.h"

namespace liggare::tools {

Command program() {
  return {
      .name = "liggare",
      .summary = "an event-sourced, audit-ready ledger",
      .details =
          "Answers go to standard output, everything else to standard error.\n"
          "Exit codes: 0 done, 1 a finding, 2 wrong usage, 3 could not complete, 4 refused,\n"
          "5 denied, 6 not found.",
      .arguments = global_arguments(),
      .formats = {},
      .examples = {{"liggare init --ledger town", "Makes an empty ledger in the folder town."},
                   {"liggare import events.ndjson --ledger town", "Fills it from a file."},
                   {"liggare report places --from 2019 --to 2021 --ledger town",
                    "Answers a report: a table on a terminal, JSON in a pipe."},
                   {"liggare verify --ledger town", "Reads every byte again and says what holds."}},
      .children = {init_command(),
                   import_command(),
                   append_command(),
                   approve_command(),
                   show_command(),
                   access_command(),
                   export_command(),
                   report_command(),
                   why_command(),
                   sql_command(),
                   tail_command(),
                   projections_command(),
                   verify_command(),
                   seal_command(),
                   checkpoint_command(),
                   vkey_command(),
                   keys_command(),
                   prove_command(),
                   bundle_command(),
                   disclose_command(),
                   consent_command(),
                   review_command(),
                   extract_command(),
                   find_command(),
                   hold_command(),
                   retention_command(),
                   erase_command(),
                   vault_command(),
                   backup_command_of_ledger(),
                   restore_command_of_ledger(),
                   doctor_command(),
                   witness_command()},
      .run = nullptr};
}

}  // namespace liggare::tools
