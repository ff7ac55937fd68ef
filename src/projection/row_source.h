// Where reports read facts: kept projections at now, a fold of the prefix at the past.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace liggare::projection {

class RowSource {
 public:
  virtual ~RowSource() = default;
  // Visits the rows of `table` in the order of their keys. corrupt or io where they can't be read.
  using Visit = std::function<void(std::string_view key, std::string_view row)>;
  virtual Result<void> scan(std::string_view table, const Visit& visit) const = 0;
};

}  // namespace liggare::projection
