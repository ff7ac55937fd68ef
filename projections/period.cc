#include "projections/period.h"

#include <fmt/format.h>

namespace liggare::projections {
namespace {

constexpr int months_in(PeriodLength length) {
  switch (length) {
    case PeriodLength::year:
      return 12;
    case PeriodLength::quarter:
      return 3;
    default:
      return 1;
  }
}

}  // namespace

Period Period::of(Day day, PeriodLength length) {
  return {length, (12 * day.year() + day.month() - 1) / months_in(length)};
}

Day Period::first_day() const {
  const int month = index_ * months_in(length_);
  return *Day::from_date(month / 12, month % 12 + 1, 1);
}

Day Period::last_day() const {
  const int after = (index_ + 1) * months_in(length_);
  const auto next = Day::from_date(after / 12, after % 12 + 1, 1);
  return next ? next->plus_days(-1) : Day::last();
}

std::string Period::text() const {
  const int in_year = 12 / months_in(length_);
  const int year = index_ / in_year;
  const int part = index_ % in_year + 1;
  switch (length_) {
    case PeriodLength::year:
      return fmt::format("{:04}", year);
    case PeriodLength::quarter:
      return fmt::format("{:04}-Q{}", year, part);
    default:
      return fmt::format("{:04}-{:02}", year, part);
  }
}

}  // namespace liggare::projections
