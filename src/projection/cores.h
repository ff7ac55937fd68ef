// Work on all cores. Internal to projection.
#pragma once

#include <algorithm>
#include <functional>
#include <thread>
#include <vector>

namespace liggare::projection {

inline unsigned core_count() { return std::max(1U, std::thread::hardware_concurrency()); }

// Runs `work` on so many threads, this one among them, and waits.
inline void on_threads(unsigned count, const std::function<void()>& work) {
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < count; ++i) helpers.emplace_back(work);
  work();
}
inline void on_all_cores(const std::function<void()>& work) { on_threads(core_count(), work); }

}  // namespace liggare::projection
