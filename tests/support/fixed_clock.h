// A clock that stands still until it is told otherwise.
#pragma once

#include <atomic>

#include "base/clock.h"

namespace liggare::test {

class FixedClock final : public Clock {
 public:
  // Noon UTC of a day.
  explicit FixedClock(Day day)
      : microseconds_((std::int64_t{day.number()} * 24 + 12) * 3'600'000'000) {}
  Instant now() const override { return Instant{microseconds_}; }
  void set(Instant instant) { microseconds_ = instant.microseconds; }

 private:
  std::atomic<std::int64_t> microseconds_;
};

}  // namespace liggare::test
