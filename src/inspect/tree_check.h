// Recomputes the stored nodes of the Merkle tree, level by level. Internal to inspect.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "inspect/examination.h"
#include "merkle/tree.h"

namespace liggare::inspect {

// One node: as it follows from what lies below it, and as it is stored. After a discrepancy both
// are carried upwards, and a parent may follow from either: so one bad node is one finding, not
// one on every level above it.
struct NodeSlot {
  std::optional<Hash> computed;
  std::optional<Hash> stored;
  bool is_reported = false;
};
using Level = std::vector<NodeSlot>;

// Leaves first ≤ position < end. `first` is a multiple of the widest subtree that is looked at.
struct LeafSpan {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  bool reaches_end = false;  // It is the last one: what is stored beyond it belongs to it.
};

// Compares `leaves`, whose computed hashes are there already, with what is stored of them.
Result<void> compare_leaves(const Examination& examination, const LeafSpan& span, Level& leaves,
                            Tally& tally);

// Levels `from` … `to` above `below`, which is level from − 1; gives level `to`. Where nothing is
// stored of a level, both forms follow from those below.
struct Climb {
  unsigned from;
  unsigned to;
};
std::string node_place(merkle::NodeId id);
Result<Level> climb(const Examination& examination, const LeafSpan& span, Climb levels, Level below,
                    Tally& tally);

}  // namespace liggare::inspect
