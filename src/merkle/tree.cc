#include "merkle/tree.h"

#include <bit>

namespace liggare::merkle {

Hash leaf_hash(std::string_view leaf) { return sha256({std::string_view("\0", 1), leaf}); }

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({std::string_view("\1", 1), left.view(), right.view()});
}

Hash empty_root() { return sha256({}); }

std::vector<NodeId> peaks_of(std::uint64_t tree_size) {
  std::vector<NodeId> peaks;
  std::uint64_t covered = 0;
  for (std::uint64_t left = tree_size; left != 0;) {
    const auto level = static_cast<unsigned>(std::bit_width(left) - 1);
    peaks.push_back({level, covered >> level});
    covered += std::uint64_t{1} << level;
    left -= std::uint64_t{1} << level;
  }
  return peaks;
}

Result<Frontier> Frontier::load(std::uint64_t tree_size, const NodeReader& read) {
  Frontier frontier;
  frontier.tree_size_ = tree_size;
  for (const NodeId& peak : peaks_of(tree_size)) {
    LIGGARE_TRY(Hash hash, read(peak));
    frontier.peaks_.push_back(hash);
  }
  return frontier;
}

void Frontier::append(const Hash& leaf, std::vector<Node>& completed) {
  Node node{{0, tree_size_}, leaf};
  completed.push_back(node);
  // A trailing one bit of the size is a peak that the new node completes into a larger one.
  for (std::uint64_t size = tree_size_; (size & 1) != 0; size >>= 1) {
    node = Node{{node.id.level + 1, node.id.index >> 1}, node_hash(peaks_.back(), node.hash)};
    peaks_.pop_back();
    completed.push_back(node);
  }
  peaks_.push_back(node.hash);
  ++tree_size_;
}

Hash Frontier::root() const {
  if (peaks_.empty()) return empty_root();
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) {
    root = node_hash(*peak, root);
  }
  return root;
}

}  // namespace liggare::merkle
