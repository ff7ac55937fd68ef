// A day of the proleptic Gregorian calendar, 0001-01-01 … 9999-12-31, without any time zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liggare {

class Day {
 public:
  // No value where year, month and day make no day in the years 1…9999.
  static std::optional<Day> from_date(int year, int month, int day);
  // Reads exactly "YYYY-MM-DD".
  static std::optional<Day> parse(std::string_view text);
  // Days since 1970-01-01; for storage. Requires a number that number() gave.
  static Day from_number(std::int32_t number) { return Day(number); }
  static constexpr Day first() { return Day(-719'162); }
  static constexpr Day last() { return Day(2'932'896); }

  std::string text() const;
  std::int32_t number() const { return number_; }
  int year() const;
  int month() const;
  int day() const;

  Day plus_days(std::int32_t days) const { return Day(number_ + days); }
  // The same day of the month that many months later, clamped to that month's last day.
  Day plus_months(int months) const;
  // Days from `earlier` to this one; negative when `earlier` lies after it.
  std::int32_t days_since(Day earlier) const { return number_ - earlier.number_; }

  auto operator<=>(const Day&) const = default;

 private:
  constexpr explicit Day(std::int32_t number) : number_(number) {}
  std::int32_t number_;
};

}  // namespace liggare
