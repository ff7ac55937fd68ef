// Who does something, as --actor says it.
#pragma once

#include <string>

#include "base/result.h"
#include "tools/command.h"

namespace liggare::tools {

// system/liggare where nobody was named; invalid_argument for what is no actor.
Result<std::string> actor_of(const Arguments& arguments);

Argument actor_argument();

// The staff member who acts, as --as says it; empty where nobody was named, invalid_argument for
// what is no staff/ID.
Result<std::string> staff_of(const Arguments& arguments);
// The same of who sends events, staff/ID or system/ID.
Result<std::string> principal_of(const Arguments& arguments);

}  // namespace liggare::tools
