// Tasks 0 … count − 1, each done once, by several threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <thread>

#include "base/result.h"

namespace liggare {

inline unsigned core_count() { return std::max(1U, std::thread::hardware_concurrency()); }

struct WorkPlan {
  std::uint64_t tasks = 0;
  unsigned threads = 0;  // 0: as many as there are cores.
};

// Waits for all, and works itself. The first error stops all threads after their present task, and
// is the result.
Result<void> share_out(const WorkPlan& plan,
                       const std::function<Result<void>(std::uint64_t)>& task);

}  // namespace liggare
