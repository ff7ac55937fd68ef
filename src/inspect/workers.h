// Tasks 0 … count − 1, each done once, by several threads. Internal to inspect.
#pragma once

#include <cstdint>
#include <functional>

#include "base/result.h"

namespace liggare::inspect {

struct WorkPlan {
  std::uint64_t tasks = 0;
  unsigned threads = 0;  // 0: as many as there are cores.
};

// The first error stops all threads after their present task, and is the result.
Result<void> share_out(const WorkPlan& plan,
                       const std::function<Result<void>(std::uint64_t)>& task);

}  // namespace liggare::inspect
