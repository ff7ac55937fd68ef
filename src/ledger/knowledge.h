// What was known: a size, or an instant, as the number of events that it means.
#pragma once

#include "ledger/ledger.h"
#include "store/event_log.h"

namespace liggare::ledger {

// An instant means the events recorded up to it, that one included (contract P12).
// invalid_argument for a size beyond the ledger, or another ledger's checkpoint; diverged for one
// of this ledger that is not of its events.
Result<std::uint64_t> size_at(const store::EventLog& log, const At& at);

}  // namespace liggare::ledger
