// The program liggare-verify: checks what an auditor took home, with no ledger at hand.
#pragma once

#include "tools/command.h"

namespace liggare::tools {

Command verifier();

}  // namespace liggare::tools
