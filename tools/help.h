// The help page of a command.
#pragma once

#include <string>
#include <vector>

#include "tools/command.h"

namespace liggare::tools {

// Of the last command in `path`: usage, arguments, its parents' options, examples.
std::string help_text(const std::vector<const Command*>& path);

}  // namespace liggare::tools
