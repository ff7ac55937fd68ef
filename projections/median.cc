#include "projections/median.h"

#include <algorithm>

namespace liggare::projections {

Json median_of(std::vector<std::int64_t> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  if (values.size() % 2 == 1) return values[half];
  const std::int64_t sum = values[half - 1] + values[half];
  if (sum % 2 == 0) return sum / 2;
  return static_cast<double>(sum) / 2;
}

}  // namespace liggare::projections
