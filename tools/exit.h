// How a command ends (contract, section 5).
#pragma once

#include "base/result.h"

namespace liggare::tools {

enum class Exit {
  done = 0,
  finding = 1,
  usage = 2,
  incomplete = 3,
  refused = 4,
  denied = 5,
  not_found = 6,
  interrupted = 130,    // 128 + SIGINT
  output_closed = 141,  // 128 + SIGPIPE: what a shell shows for `liggare export | head`.
  terminated = 143      // 128 + SIGTERM
};

Exit exit_of(ErrorCode code);

}  // namespace liggare::tools
