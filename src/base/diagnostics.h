// Diagnostics for whoever runs the program: what it repaired, rebuilt or could not do.
//
// Lines on standard error, never part of an answer. They name files, positions and codes, and
// never hold personal data. LIGGARE_LOG sets the least level shown: debug, info, warn (when it is
// unset), error or off.
#pragma once

#include <string_view>

namespace liggare::diagnostics {

// Thread-safe.
void debug(std::string_view message);
void info(std::string_view message);
void warn(std::string_view message);
void error(std::string_view message);

}  // namespace liggare::diagnostics
