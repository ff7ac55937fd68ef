#include "tools/timer.h"

#include <algorithm>
#include <thread>

#include "tools/command.h"

namespace liggare::tools {
namespace {

constexpr std::chrono::milliseconds look_every{100};
constexpr std::uint64_t pause_seconds_max = 366 * 86'400;

std::uint64_t seconds_in(char unit) {
  switch (unit) {
    case 's':
      return 1;
    case 'm':
      return 60;
    case 'h':
      return 3'600;
    case 'd':
      return 86'400;
    default:
      return 0;
  }
}

}  // namespace

Result<std::chrono::seconds> parse_pause(const std::string& text) {
  const std::uint64_t unit = text.empty() ? 0 : seconds_in(text.back());
  const auto number = parse_decimal(text.substr(0, text.size() - (text.empty() ? 0 : 1)));
  if (unit == 0 || !number || *number == 0 || *number > pause_seconds_max / unit) {
    return fail(ErrorCode::invalid_argument,
                "\"" + text + "\" is no time between turns; write 30s, 15m, 1h or 1d");
  }
  return std::chrono::seconds(*number * unit);
}

Timer::Timer(std::chrono::seconds pause)
    : pause_(pause), next_(std::chrono::steady_clock::now() + pause) {}

bool Timer::wait(const std::function<bool()>& stopped) {
  using SteadyClock = std::chrono::steady_clock;
  while (!stopped()) {
    const auto left = next_ - SteadyClock::now();
    if (left <= SteadyClock::duration::zero()) {
      // Turns that were missed, as when the machine slept, are not made up for.
      next_ = std::max(next_ + pause_, SteadyClock::now());
      return true;
    }
    std::this_thread::sleep_for(std::min<SteadyClock::duration>(left, look_every));
  }
  return false;
}

}  // namespace liggare::tools
