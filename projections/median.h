// The median as answers show it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/json.h"

namespace liggare::projections {

// The middle value, or the mean of the middle two where there are as many; null of none.
Json median_of(std::vector<std::int64_t> values);

}  // namespace liggare::projections
