#include "merkle/node_block.h"

#include "base/assertion.h"

namespace liggare::merkle {

NodeBlock::NodeBlock(NodeId first, unsigned height, std::vector<Hash> hashes) : first_(first) {
  LIGGARE_ASSERT(first.level + height <= 64 && hashes.size() <= std::size_t{1} << height &&
                     first.index % (std::uint64_t{1} << height) == 0,
                 "a block of nodes that is none");
  levels_.reserve(height);
  levels_.push_back(std::move(hashes));
  while (levels_.size() < height) {
    const std::vector<Hash>& below = levels_.back();
    std::vector<Hash> level;
    level.reserve(below.size() / 2);
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
      level.push_back(node_hash(below[i], below[i + 1]));
    }
    levels_.push_back(std::move(level));
  }
}

std::optional<Hash> NodeBlock::node(NodeId id) const {
  if (id.level < first_.level || id.level - first_.level >= levels_.size()) return std::nullopt;
  const unsigned rise = id.level - first_.level;
  const std::uint64_t begin = first_.index >> rise;
  const std::vector<Hash>& level = levels_[rise];
  if (id.index < begin || id.index - begin >= level.size()) return std::nullopt;
  return level[id.index - begin];
}

}  // namespace liggare::merkle
