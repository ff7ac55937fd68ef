// Reads the stored leaf hashes of a log that keeps them in tiles. Internal to inspect.
#pragma once

#include "inspect/tree_check.h"

namespace liggare::inspect {

// Puts what is stored of the span's leaves into `leaves`: its tiles, and after the last one the
// edge. The span that reaches the end also looks for nodes on the levels that tiles stand for.
Result<void> read_tiles(const Examination& examination, const LeafSpan& span, Level& leaves);

}  // namespace liggare::inspect
