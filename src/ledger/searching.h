// Finds participants by their number. A search is a reading: it is recorded before it is answered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/reading.h"

namespace liggare::ledger {

// The bare ids of participants whose identity, as stored now, has this personnummer or
// samordningsnummer, in order: those whose identity the reader may see. The others are as if they
// were not there. `text` is the number in any form that domain::twelve_digits() takes; what is
// stored has twelve digits (contract, section 1). invalid_argument, which does not repeat it, for
// anything else; else errors as Reading::ask(), but denied.
Result<std::vector<std::string>> find_by_number(Reading& reading, const Ledger& ledger,
                                                Reader reader, std::string_view text);

}  // namespace liggare::ledger
