// Work on all cores. Internal to projection.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"

namespace liggare::projection {

inline unsigned core_count() { return std::max(1U, std::thread::hardware_concurrency()); }

// Runs `work` on so many threads, this one among them, and waits.
inline void on_threads(unsigned count, const std::function<void()>& work) {
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < count; ++i) helpers.emplace_back(work);
  work();
}

// Does work(i) for each i < count, on so many threads, and waits. After a failure no more is begun;
// gives the first.
template <class Work>
Result<void> each_on_threads(unsigned threads, std::size_t count, const Work& work) {
  std::optional<Error> failure;
  std::mutex mutex;
  std::atomic<std::size_t> next = 0;
  on_threads(threads, [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      const Result<void> done = work(i);
      if (done) continue;
      next = count;
      const std::scoped_lock lock(mutex);
      if (!failure) failure = done.error();
    }
  });
  if (failure) return Unexpected{*std::move(failure)};
  return {};
}

}  // namespace liggare::projection
