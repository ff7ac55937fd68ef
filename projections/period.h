// Years, quarters and months, as answers name them.
#pragma once

#include <string>
#include <string_view>

#include "base/day.h"

namespace liggare::projections {

enum class PeriodLength { year, quarter, month };

class Period {
 public:
  static Period of(Day day, PeriodLength length);

  Day first_day() const;
  Day last_day() const;
  Period next() const { return Period(length_, index_ + 1); }
  // Negative where `other`, of the same length, comes later.
  int periods_since(const Period& other) const { return index_ - other.index_; }
  // "2019", "2019-Q1", "2019-03".
  std::string text() const;
  auto operator<=>(const Period&) const = default;

 private:
  Period(PeriodLength length, int index) : length_(length), index_(index) {}

  PeriodLength length_;
  int index_;  // Years, quarters or months since the year 0.
};

}  // namespace liggare::projections
