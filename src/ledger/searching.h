// Finds participants by their number. A search is a reading: it is recorded before it is answered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/reading.h"

namespace liggare::ledger {

// The bare ids of participants whose identity, as stored now, has this personnummer or
// samordningsnummer (twelve digits), in order: those whose identity the reader may see. The others
// are as if they were not there. invalid_argument, which does not repeat it, for anything that is
// no such number; else errors as Reading::ask(), but denied.
Result<std::vector<std::string>> find_by_number(Reading& reading, const Ledger& ledger,
                                                Reader reader, std::string_view number);

}  // namespace liggare::ledger
