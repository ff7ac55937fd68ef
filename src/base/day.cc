#include "base/day.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace liggare {
namespace {

std::chrono::year_month_day calendar(std::int32_t number) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{number}}};
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Day> Day::from_date(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Day(static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count()));
}

std::optional<Day> Day::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return from_date(*year, *month, *day);
}

std::string Day::text() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }

int Day::year() const { return static_cast<int>(calendar(number_).year()); }
int Day::month() const {
  return static_cast<int>(static_cast<unsigned>(calendar(number_).month()));
}
int Day::day() const { return static_cast<int>(static_cast<unsigned>(calendar(number_).day())); }

Day Day::plus_months(int months) const {
  const auto date = calendar(number_);
  const auto month =
      std::chrono::year_month{date.year(), date.month()} + std::chrono::months{months};
  const auto month_end = (month / std::chrono::last).day();
  const auto moved = month / std::min(date.day(), month_end);
  return Day(static_cast<std::int32_t>(std::chrono::sys_days{moved}.time_since_epoch().count()));
}

}  // namespace liggare
