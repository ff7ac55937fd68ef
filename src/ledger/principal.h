// Who a process is, where nobody has signed in: the user of the operating system.
#pragma once

#include <unistd.h>

#include <string>

namespace liggare::ledger {

inline std::string local_principal() { return "local/" + std::to_string(::getuid()); }

}  // namespace liggare::ledger
