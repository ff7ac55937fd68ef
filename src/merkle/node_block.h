// Neighbouring nodes of one level, and the complete subtrees above them.
#pragma once

#include <optional>
#include <vector>

#include "merkle/tree.h"

namespace liggare::merkle {

// Hashes once what it can answer. Thread-safe after that.
class NodeBlock {
 public:
  // `hashes` are of the nodes of first's level, from `first` on. Requires a first.index that is a
  // multiple of 2^height, at most 2^height hashes, and first.level + height ≤ 64.
  NodeBlock(NodeId first, unsigned height, std::vector<Hash> hashes);

  // The nodes on the levels first.level … first.level + height − 1 that these hashes complete;
  // no value for any other.
  std::optional<Hash> node(NodeId id) const;

 private:
  NodeId first_;
  std::vector<std::vector<Hash>> levels_;
};

}  // namespace liggare::merkle
