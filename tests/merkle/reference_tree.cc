#include "tests/merkle/reference_tree.h"

namespace liggare::merkle {
namespace {

constexpr std::uint64_t all_the_same = ~std::uint64_t{0};

// k of section 2.1: the largest power of two that is smaller than `count`.
std::uint64_t split_of(std::uint64_t count) {
  std::uint64_t power = 1;
  while (power < count - power) power *= 2;
  return power;
}

std::vector<Hash> with(std::vector<Hash> path, const Hash& last) {
  path.push_back(last);
  return path;
}

}  // namespace

ReferenceTree ReferenceTree::with_one_odd_leaf(std::uint64_t index) {
  ReferenceTree tree;
  tree.odd_leaf_ = index;
  return tree;
}

Hash ReferenceTree::root(LeafRange range) const {
  const auto [first, count] = range;
  if (count == 0) return empty_root();
  const bool has_odd = odd_leaf_ && *odd_leaf_ >= first && *odd_leaf_ - first < count;
  const std::pair key(odd_leaf_ && !has_odd ? all_the_same : first, count);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  Hash hash;
  if (count == 1) {
    hash = leaf_hash(!odd_leaf_ ? "leaf " + std::to_string(first) : has_odd ? "odd" : "same");
  } else {
    const std::uint64_t k = split_of(count);
    hash = node_hash(root({first, k}), root({first + k, count - k}));
  }
  known_.emplace(key, hash);
  return hash;
}

std::vector<Hash> ReferenceTree::path(std::uint64_t leaf_index, std::uint64_t tree_size) const {
  return path_in({0, tree_size}, leaf_index);
}

std::vector<Hash> ReferenceTree::path_in(LeafRange range, std::uint64_t leaf_index) const {
  if (range.count == 1) return {};
  const std::uint64_t k = split_of(range.count);
  const LeafRange left{range.first, k};
  const LeafRange right{range.first + k, range.count - k};
  return leaf_index < right.first ? with(path_in(left, leaf_index), root(right))
                                  : with(path_in(right, leaf_index), root(left));
}

std::vector<Hash> ReferenceTree::proof(std::uint64_t old_size, std::uint64_t new_size) const {
  if (old_size == 0) return {};
  return subproof({0, new_size}, old_size, true);
}

std::vector<Hash> ReferenceTree::subproof(LeafRange range, std::uint64_t old_end,
                                          bool is_old_tree) const {
  if (range.first + range.count == old_end) {
    return is_old_tree ? std::vector<Hash>{} : std::vector<Hash>{root(range)};
  }
  const std::uint64_t k = split_of(range.count);
  const LeafRange left{range.first, k};
  const LeafRange right{range.first + k, range.count - k};
  return old_end <= right.first ? with(subproof(left, old_end, is_old_tree), root(right))
                                : with(subproof(right, old_end, false), root(left));
}

NodeReader ReferenceTree::stored(std::uint64_t tree_size) const {
  return [this, tree_size](NodeId id) -> Result<Hash> {
    const std::uint64_t complete = id.level > 63 ? 0 : tree_size >> id.level;
    if (id.index >= complete) return fail(ErrorCode::not_found, "a node that is not stored");
    return root({id.index << id.level, std::uint64_t{1} << id.level});
  };
}

}  // namespace liggare::merkle
