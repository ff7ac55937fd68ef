// The events of the ledger's own stream, as its index has them. Internal to inspect.
#pragma once

#include <functional>

#include "base/result.h"
#include "codec/record.h"

namespace liggare::store {
class Database;
}

namespace liggare::inspect {

// In their order. What can't be read is left out: that is for the checks to find. Fails as the disk
// does.
Result<void> for_each_own_event(const store::Database& database,
                                const std::function<void(const codec::Record& record)>& use);

}  // namespace liggare::inspect
