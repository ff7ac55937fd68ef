// Runs a program: reads its command line, runs the command that it names, and gives the exit code.
#pragma once

#include <string>

#include "tools/command.h"

namespace liggare::tools {

// `version` is what --version prints. What main() returns.
int run_program(const Command& program, const std::string& version, int argument_count,
                char** arguments);

}  // namespace liggare::tools
