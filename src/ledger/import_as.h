// Importing under a name of one's own (append_authority.h), as staff/ID or as a listed system.
#pragma once

#include <string>

#include "ledger/ledger.h"

namespace liggare::ledger {

// As Ledger::import(), in write mode, but that each line is judged by what `principal` may write
// once all before it are stored: a role or a protection counts from the line that gives it. So
// every line is made durable by itself. With options.atomic all are judged by what was there
// before, as one append() is. denied, and recorded, at the first line that may not be written; what
// came before it is stored, unless atomic.
Result<ImportSummary> import_as(Ledger& ledger, const std::string& principal,
                                const std::string& input, const ImportOptions& options);

}  // namespace liggare::ledger
