// The program's commands, one file each.
#pragma once

#include "tools/command.h"

namespace liggare::tools {

// The program itself: the options of every command, and the commands.
Command program();

Command init_command();
Command import_command();
Command append_command();
Command approve_command();
Command show_command();
Command access_command();
Command export_command();
Command report_command();
Command why_command();
Command sql_command();
Command tail_command();
Command projections_command();
Command verify_command();
Command seal_command();
Command checkpoint_command();
Command vkey_command();
Command keys_command();
Command prove_command();
Command bundle_command();
Command find_command();
Command hold_command();
Command retention_command();
Command erase_command();
Command vault_command();
Command disclose_command();
Command consent_command();
Command review_command();
Command extract_command();
Command witness_command();
Command backup_command_of_ledger();
Command restore_command_of_ledger();
Command doctor_command();

}  // namespace liggare::tools
