// The report `access` on the command line: it reads the access log and not the ledger.
#pragma once

#include "tools/command.h"

namespace liggare::tools {

Command access_report_command();

}  // namespace liggare::tools
