// Whether a ledger lies behind what was signed of it, as one whose folder was put back by hand.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/ledger.h"

namespace liggare::ledger {

// How many events were signed, where the log holds fewer and no accepted rollback says why. No
// value where SIGNED can't be read or is another ledger's: that is for the doctor to say.
std::optional<std::uint64_t> signed_beyond(const Ledger& ledger);

}  // namespace liggare::ledger
