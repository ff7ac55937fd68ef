// Tells of events that the ledger refused.
#pragma once

#include <vector>

#include "ledger/ledger.h"
#include "tools/console.h"

namespace liggare::tools {

// One problem for each refused event; the others' verdicts carry no promise.
Exit tell_refused(const std::vector<ledger::Refusal>& refused, Console& console);

}  // namespace liggare::tools
