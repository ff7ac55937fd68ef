// A register extract as a page for the person: accessible, printable, in one file.
#pragma once

#include <string>

#include "base/json.h"
#include "tools/texts.h"

namespace liggare::tools {

// Requires an extract as ledger/extract.h makes it.
std::string extract_page(const Json& extract, Language language);

}  // namespace liggare::tools
