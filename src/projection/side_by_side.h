// Two readings of rows at once.
#pragma once

#include <thread>

#include "projection/row_source.h"

namespace liggare::projection {

// Does both, the second on a thread of its own where `threads` may read at once; neither may touch
// what the other does. Where both fail, the error is the first's.
template <class First, class Second>
Result<void> side_by_side(unsigned threads, const First& first, const Second& second) {
  if (threads < 2) {
    LIGGARE_CHECK(first());
    return second();
  }
  Result<void> second_done;
  Result<void> first_done;
  {
    const std::jthread helper([&] { second_done = second(); });
    first_done = first();
  }
  LIGGARE_CHECK(std::move(first_done));
  return second_done;
}

template <class First, class Second>
Result<void> side_by_side(const RowSource& rows, const First& first, const Second& second) {
  return side_by_side(rows.threads(), first, second);
}

}  // namespace liggare::projection
