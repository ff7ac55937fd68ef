// Who does something, as --actor says it.
#pragma once

#include <string>

#include "base/result.h"
#include "tools/command.h"

namespace liggare::tools {

// system/liggare where nobody was named; invalid_argument for what is no actor.
Result<std::string> actor_of(const Arguments& arguments);

Argument actor_argument();

}  // namespace liggare::tools
