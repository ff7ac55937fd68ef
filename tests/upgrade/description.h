// A ledger in words: what must be the same whichever release reads it.
#pragma once

#include <string>

#include "ledger/ledger.h"

namespace liggare::upgrade {

// A line each for the origin, the root of every size, the leaf hash of every event, the stored
// bytes of the first event of each type, and the answers of reports at two sizes. Everything is
// worked out from stored bytes.
std::string describe(const ledger::Ledger& ledger);

}  // namespace liggare::upgrade
