// What a program that may be killed says on standard output. Internal to tests/faults.
#pragma once

#include <string>

namespace liggare::faults {

// One whole line, whoever says it; thread-safe. Ends the process where nobody can be told.
void say(const std::string& line);

}  // namespace liggare::faults
