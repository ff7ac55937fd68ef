// Who reads personal data, and what for: the options of every command that shows them.
#pragma once

#include <optional>
#include <vector>

#include "ledger/reading.h"
#include "tools/command.h"

namespace liggare::tools {

// --as, --purpose, --classes, --reason and --break-glass.
std::vector<Argument> reader_arguments();

// Nothing where --as was not given: then nothing personal is shown. invalid_argument, which never
// repeats a reason, where --purpose is missing or unknown, a class is, or --as names no staff.
Result<std::optional<ledger::Reader>> reader_given(const Arguments& arguments);

}  // namespace liggare::tools
