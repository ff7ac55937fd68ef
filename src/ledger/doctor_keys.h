// What the doctor sees in the key folder: the keys themselves, and what they signed last, which the
// log and the access log must still hold.
#pragma once

#include "ledger/examination.h"

namespace liggare::ledger {

// Whether the keys are there, whole, and shut to others.
void look_at_keys(Examination& seen);
// The log against what was signed last, SIGNED.
void look_at_signatures(const Ledger& ledger, Examination& seen);
// The access log against what was signed last, SIGNED.access.
void hold_access_log(const Ledger& ledger, Examination& seen);

}  // namespace liggare::ledger
