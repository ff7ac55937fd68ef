// The tree's nodes as proofs ask for them. Internal to store.
//
// A proof wants one node of each level, and each would cost a search of its own. Siblings on
// neighbouring levels lie under one subtree, so a run of neighbours is read at once and what stands
// above it is hashed. The levels from the fourth up are few nodes, kept for every later proof.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "merkle/node_block.h"
#include "store/event_log.h"

namespace liggare::store {

// Blocks of the upper levels. A complete subtree never changes, so they hold for every later tree.
// Thread-safe.
class UpperBlocks {
 public:
  using Block = std::shared_ptr<const merkle::NodeBlock>;

  // Null where the block has not been kept.
  Block find(merkle::NodeId first) const;
  void keep(merkle::NodeId first, Block block);

 private:
  static constexpr std::size_t blocks_max = 4'096;  // 64 MiB: of 16 million events.

  mutable std::mutex mutex_;
  std::map<merkle::NodeId, Block> blocks_;
};

// Answers for one thread, within one tree.
class ProofNodes {
 public:
  // Gives the hashes of the level's nodes in the range.
  using ReadRun = std::function<Result<std::vector<Hash>>(unsigned level, PositionRange indexes)>;

  // `upper` must outlive it.
  ProofNodes(UpperBlocks& upper, std::uint64_t tree_size, ReadRun read)
      : upper_(upper), tree_size_(tree_size), read_(std::move(read)) {}

  // As EventLog::node.
  Result<Hash> node(merkle::NodeId id);

 private:
  struct Place {
    merkle::NodeId first;
    unsigned height = 0;
  };
  static Place place_of(merkle::NodeId id);
  Result<UpperBlocks::Block> read_block(const Place& place) const;

  UpperBlocks& upper_;
  std::uint64_t tree_size_;
  ReadRun read_;
  std::map<unsigned, std::pair<merkle::NodeId, UpperBlocks::Block>> newest_;  // By lowest level.
};

}  // namespace liggare::store
