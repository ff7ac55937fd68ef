// Waits a little for what another process holds.
#pragma once

#include <chrono>
#include <thread>

#include "base/result.h"

namespace liggare::ledger {

// Calls `take` until it answers something else than busy, for two seconds at most.
template <class Take>
auto with_patience(const Take& take) {
  constexpr std::chrono::milliseconds pause{20};
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{2};
  for (;;) {
    auto taken = take();
    const bool is_busy = !taken && taken.error().code == ErrorCode::busy;
    if (!is_busy || std::chrono::steady_clock::now() > end) return taken;
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace liggare::ledger
