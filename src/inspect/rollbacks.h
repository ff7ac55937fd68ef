// The rollbacks that a ledger tells of itself.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "domain/ledger_events.h"
#include "merkle/tree.h"

namespace liggare::store {
class Database;
}

namespace liggare::inspect {

// Whether the event at `position` took away events which `head` speaks of: those that stood at its
// own place or after it, as far as it remembers. Of its last size it knows the root; of more than
// that it can say nothing.
bool took_away(const domain::LedgerRolledBack& rollback, std::uint64_t position,
               const merkle::TreeHead& head);

// The position of the newest ledger.rolled-back that took away events which `head` speaks of. No
// value where there is none, or none that can be read. Says why they are gone, not that it was
// right: whoever writes the ledger can write such an event. Fails as the disk does.
Result<std::optional<std::uint64_t>> rollback_behind(const store::Database& database,
                                                     const merkle::TreeHead& head);

}  // namespace liggare::inspect
