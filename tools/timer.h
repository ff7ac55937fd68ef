// Waiting between the turns of a command that goes on.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/result.h"

namespace liggare::tools {

// "30s", "15m", "1h", "1d"; invalid_argument for anything else, or less than a second.
Result<std::chrono::seconds> parse_pause(const std::string& text);

class Timer {
 public:
  explicit Timer(std::chrono::seconds pause);

  // Until the next turn, counted from the one before; false at once where `stopped` says so.
  bool wait(const std::function<bool()>& stopped);

 private:
  std::chrono::seconds pause_;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace liggare::tools
