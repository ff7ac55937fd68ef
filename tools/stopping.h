// Ends long work in good order: on Ctrl-C and SIGTERM, or when its time is up.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "base/result.h"
#include "tools/exit.h"

namespace liggare::tools {

// Asked by the work now and then; it stops once it is told so. Make one before the work begins:
// signals are caught from then on.
class Stopping {
 public:
  explicit Stopping(std::optional<std::uint64_t> seconds_max);

  std::function<bool()> when() const;
  // How a command that goes on until it is told to stop ends: interrupted or terminated, once a
  // signal has come.
  std::optional<Exit> signalled() const;
  // How the command ends where `error` is that the work was stopped: interrupted, or the error
  // that the time was up. Any other error stays what it is.
  Result<Exit> ending(const Error& error) const;

 private:
  bool is_time_up() const { return deadline_ && std::chrono::steady_clock::now() >= *deadline_; }

  std::optional<std::uint64_t> seconds_max_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
};

}  // namespace liggare::tools
