// The ledger's clock: instants, their ledger day, and where they come from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"

namespace liggare {

// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Instant {
  std::int64_t microseconds = 0;
  auto operator<=>(const Instant&) const = default;

  // RFC 3339 in UTC with six decimals, "2026-11-22T08:15:00.000000Z".
  std::string text() const;
  // The ledger day: the UTC date two hours later (contract, section 2).
  Day ledger_day() const;
};

// An RFC 3339 date-time as written: the instant and the date that stands in the text.
struct WrittenTime {
  Instant instant;  // Whole microseconds; further decimals are cut off.
  Day date;
};
std::optional<WrittenTime> parse_rfc3339(std::string_view text);

// Implemented by the system clock and by tests. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

}  // namespace liggare
