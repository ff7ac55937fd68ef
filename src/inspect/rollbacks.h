// The rollbacks that a ledger tells of itself. Internal to inspect.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "merkle/tree.h"

namespace liggare::store {
class Database;
}

namespace liggare::inspect {

// The position of the newest ledger.rolled-back that took away events which `head` speaks of. No
// value where there is none, or none that can be read. Says why they are gone, not that it was
// right: whoever writes the ledger can write such an event. Fails as the disk does.
Result<std::optional<std::uint64_t>> rollback_behind(const store::Database& database,
                                                     const merkle::TreeHead& head);

}  // namespace liggare::inspect
