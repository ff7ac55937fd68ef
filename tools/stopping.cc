#include "tools/stopping.h"

#include <csignal>
#include <string>

namespace liggare::tools {
namespace {

volatile std::sig_atomic_t signal_received = 0;

extern "C" void remember_stopping_signal(int signal) { signal_received = signal; }

}  // namespace

Stopping::Stopping(std::optional<std::uint64_t> seconds_max) : seconds_max_(seconds_max) {
  if (seconds_max_) {
    deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(*seconds_max_);
  }
  struct sigaction action = {};
  action.sa_handler = remember_stopping_signal;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

std::function<bool()> Stopping::when() const {
  return [this] { return signal_received != 0 || is_time_up(); };
}

std::optional<Exit> Stopping::signalled() const {
  if (signal_received == 0) return std::nullopt;
  return signal_received == SIGINT ? Exit::interrupted : Exit::terminated;
}

Result<Exit> Stopping::ending(const Error& error) const {
  if (error.code != ErrorCode::io) return Unexpected{error};
  if (const auto exit = signalled()) return *exit;
  if (!is_time_up()) return Unexpected{error};
  return fail(ErrorCode::io, "no answer within " + std::to_string(*seconds_max_) +
                                 " seconds; give --timeout more, or ask for less");
}

}  // namespace liggare::tools
