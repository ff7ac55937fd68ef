#include "store/proof_nodes.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/tree_layout.h"

namespace liggare::store {
namespace {

// Long runs cost more to read than the searches that they save, unless they are kept.
constexpr unsigned run_height = tile_level;
constexpr unsigned kept_height = 8;
constexpr unsigned kept_level_min = run_height;

}  // namespace

UpperBlocks::Block UpperBlocks::find(merkle::NodeId first) const {
  const std::lock_guard lock(mutex_);
  const auto found = blocks_.find(first);
  return found == blocks_.end() ? nullptr : found->second;
}

void UpperBlocks::keep(merkle::NodeId first, Block block) {
  const std::lock_guard lock(mutex_);
  if (blocks_.size() >= blocks_max) blocks_.erase(blocks_.begin());
  blocks_.insert_or_assign(first, std::move(block));
}

ProofNodes::Place ProofNodes::place_of(merkle::NodeId id) {
  const bool is_kept = id.level >= kept_level_min;
  const unsigned height = is_kept ? kept_height : run_height;
  const unsigned rise = is_kept ? (id.level - kept_level_min) % kept_height : id.level;
  const std::uint64_t begin = id.index >> (height - rise) << height;
  return {{id.level - rise, begin}, height};
}

Result<UpperBlocks::Block> ProofNodes::read_block(const Place& place) const {
  const std::uint64_t width = tree_size_ >> place.first.level;
  const std::uint64_t end = std::min(place.first.index + (std::uint64_t{1} << place.height), width);
  LIGGARE_TRY(auto hashes, read_(place.first.level, {place.first.index, end}));
  return std::make_shared<const merkle::NodeBlock>(place.first, place.height, std::move(hashes));
}

Result<Hash> ProofNodes::node(merkle::NodeId id) {
  if (id.level >= 64 || id.index >= tree_size_ >> id.level) {
    return fail(ErrorCode::not_found,
                fmt::format("the tree has no complete subtree ({}, {})", id.level, id.index));
  }
  const Place place = place_of(id);
  auto& [first, block] = newest_[place.first.level];
  if (!block || first != place.first) {
    first = place.first;
    block = place.first.level < kept_level_min ? nullptr : upper_.find(place.first);
  }
  // A block that was kept of a smaller tree may lack what has become complete.
  if (auto hash = block ? block->node(id) : std::nullopt) return *hash;
  LIGGARE_TRY(block, read_block(place));
  if (place.first.level >= kept_level_min) upper_.keep(place.first, block);
  const auto hash = block->node(id);
  LIGGARE_ASSERT(hash, "a block of nodes that lacks what it was read for");
  return *hash;
}

}  // namespace liggare::store
