#include "merkle/tree.h"

#include <bit>

#include "base/assertion.h"

namespace liggare::merkle {
namespace {

Result<std::vector<Hash>> read_peaks(LeafRange range, const NodeReader& read) {
  std::vector<Hash> peaks;
  for (const NodeId& peak : peaks_of(range)) {
    LIGGARE_TRY(Hash hash, read(peak));
    peaks.push_back(hash);
  }
  return peaks;
}

Hash fold(const std::vector<Hash>& peaks) {
  if (peaks.empty()) return empty_root();
  Hash root = peaks.back();
  for (auto peak = peaks.rbegin() + 1; peak != peaks.rend(); ++peak) {
    root = node_hash(*peak, root);
  }
  return root;
}

}  // namespace

Hash leaf_hash(std::string_view leaf) { return sha256({std::string_view("\0", 1), leaf}); }

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({std::string_view("\1", 1), left.view(), right.view()});
}

Hash empty_root() { return sha256({}); }

std::vector<NodeId> peaks_of(LeafRange range) {
  std::vector<NodeId> peaks;
  std::uint64_t first = range.first;
  for (std::uint64_t left = range.count; left != 0;) {
    const auto level = static_cast<unsigned>(std::bit_width(left) - 1);
    const std::uint64_t width = std::uint64_t{1} << level;
    LIGGARE_ASSERT(first % width == 0, "a range of leaves that starts inside of a subtree");
    peaks.push_back({level, first >> level});
    first += width;
    left -= width;
  }
  return peaks;
}

std::vector<NodeId> peaks_of(std::uint64_t tree_size) { return peaks_of({0, tree_size}); }

Result<Hash> root_of(LeafRange range, const NodeReader& read) {
  LIGGARE_TRY(const std::vector<Hash> peaks, read_peaks(range, read));
  return fold(peaks);
}

Result<Hash> root_at(std::uint64_t tree_size, const NodeReader& read) {
  return root_of({0, tree_size}, read);
}

Result<Frontier> Frontier::load(std::uint64_t tree_size, const NodeReader& read) {
  Frontier frontier;
  frontier.tree_size_ = tree_size;
  LIGGARE_TRY(frontier.peaks_, read_peaks({0, tree_size}, read));
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

Hash Frontier::root() const { return fold(peaks_); }

}  // namespace liggare::merkle
