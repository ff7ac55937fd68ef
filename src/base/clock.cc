#include "base/clock.h"

#include <fmt/format.h>

#include <chrono>

namespace liggare {
namespace {

constexpr std::int64_t microseconds_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t microseconds_per_day = seconds_per_day * microseconds_per_second;

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  return value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);
}

// Reads a text from left to right; any mismatch makes it fail for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = take();
      if (c < '0' || c > '9') ok_ = false;
      value = value * 10 + (c - '0');
    }
    return value;
  }
  void expect(std::string_view any_of) {
    if (any_of.find(take()) == std::string_view::npos) ok_ = false;
  }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  char take() {
    if (rest_.empty()) {
      ok_ = false;
      return '0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void fail() { ok_ = false; }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

// The part after the seconds' full stop, as microseconds.
int read_fraction(Reader& reader) {
  int microseconds = 0;
  int count = 0;
  while (reader.peek() >= '0' && reader.peek() <= '9') {
    const int digit = reader.take() - '0';
    if (count < 6) microseconds = microseconds * 10 + digit;
    ++count;
  }
  if (count == 0) reader.fail();
  for (; count < 6; ++count) microseconds *= 10;
  return microseconds;
}

// Minutes east of UTC.
int read_offset(Reader& reader) {
  const char sign = reader.take();
  if (sign == 'Z' || sign == 'z') return 0;
  if (sign != '+' && sign != '-') reader.fail();
  const int hours = reader.number(2);
  reader.expect(":");
  const int minutes = reader.number(2);
  if (hours > 23 || minutes > 59) reader.fail();
  return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

std::string Instant::text() const {
  const std::int64_t day = floor_divide(microseconds, microseconds_per_day);
  const std::int64_t in_day = microseconds - day * microseconds_per_day;
  const std::int64_t seconds = in_day / microseconds_per_second;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z",
                     Day::from_number(static_cast<std::int32_t>(day)).text(), seconds / 3600,
                     seconds / 60 % 60, seconds % 60, in_day % microseconds_per_second);
}

Day Instant::ledger_day() const {
  constexpr std::int64_t two_hours = 7'200 * microseconds_per_second;
  return Day::from_number(
      static_cast<std::int32_t>(floor_divide(microseconds + two_hours, microseconds_per_day)));
}

std::optional<WrittenTime> parse_rfc3339(std::string_view text) {
  if (text.size() < 20) return std::nullopt;
  const auto date = Day::parse(text.substr(0, 10));
  if (!date) return std::nullopt;
  Reader reader(text.substr(10));
  reader.expect("Tt");
  const int hour = reader.number(2);
  reader.expect(":");
  const int minute = reader.number(2);
  reader.expect(":");
  const int second = reader.number(2);
  int fraction = 0;
  if (reader.peek() == '.') {
    reader.take();
    fraction = read_fraction(reader);
  }
  const int offset = read_offset(reader);
  if (!reader.ok() || !reader.at_end() || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  const std::int64_t minutes = std::int64_t{hour} * 60 + minute - offset;
  // RFC 3339, 5.7: second 60 only where a leap second can be, at 23:59 UTC.
  if (second == 60 && ((minutes % 1440) + 1440) % 1440 != 1439) return std::nullopt;
  const std::int64_t seconds = date->number() * seconds_per_day + minutes * 60 + second;
  return WrittenTime{Instant{seconds * microseconds_per_second + fraction}, *date};
}

Instant SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace liggare
