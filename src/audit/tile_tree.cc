#include "audit/tile_tree.h"

#include <algorithm>
#include <utility>

#include "audit/whole_file.h"
#include "base/bytes.h"
#include "codec/record.h"

namespace liggare::audit {
namespace {

using merkle::TileId;
using merkle::TileKind;

constexpr std::size_t length_bytes = 2;
constexpr std::size_t tile_bytes_max =
    merkle::tile_width * (length_bytes + codec::record_bytes_max);

// Where two tiles part, none where one begins with the other.
template <class T>
std::optional<std::size_t> first_difference(const std::vector<T>& left,
                                            const std::vector<T>& right) {
  const std::size_t count = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (left[i] != right[i]) return i;
  }
  return std::nullopt;
}

}  // namespace

TileTree::TileTree(std::filesystem::path folder, std::uint64_t tree_size,
                   std::optional<merkle::TreeHead> older)
    : folder_(std::move(folder)), tree_size_(tree_size), older_(older) {}

Checked<void> TileTree::read_all() {
  LIGGARE_CHECK(check_older());
  while (frontier_.tree_size() < tree_size_) {
    const std::uint64_t index = frontier_.tree_size() / merkle::tile_width;
    const std::uint64_t left = tree_size_ - frontier_.tree_size();
    const auto width = static_cast<unsigned>(std::min<std::uint64_t>(left, merkle::tile_width));
    LIGGARE_CHECK(read_entries({TileKind::entries, 0, index, width}));
  }
  for (unsigned level = 0; level < filling_.size(); ++level) {
    if (filling_[level].empty()) continue;
    LIGGARE_CHECK(finish_tile(level));
  }
  return {};
}

Checked<std::string> TileTree::read(const TileId& tile) const {
  return read_whole(folder_ / tile.path(), tile_bytes_max, Links::refused, tile.path());
}

Checked<void> TileTree::read_entries(const TileId& tile) {
  LIGGARE_TRY(const std::string bytes, read(tile));
  const auto records = merkle::read_entries(tile, bytes);
  if (!records) return refuse(records.error(), Reason::malformed, tile.path());
  ++entry_tiles_;
  for (const std::string& record : *records) {
    LIGGARE_CHECK(take(merkle::leaf_hash(record)));
  }
  return {};
}

Checked<void> TileTree::take(const Hash& leaf) {
  std::vector<merkle::Node> completed;
  frontier_.append(leaf, completed);
  for (const merkle::Node& node : completed) {
    if (node.id.level % merkle::tile_height != 0) continue;
    const unsigned level = node.id.level / merkle::tile_height;
    if (level > merkle::tile_level_max) continue;
    filling_[level].push_back(node.hash);
    if (filling_[level].size() < merkle::tile_width) continue;
    LIGGARE_CHECK(finish_tile(level));
  }
  return check_older();
}

Checked<void> TileTree::check_older() const {
  if (!older_ || older_->tree_size != frontier_.tree_size()) return {};
  if (frontier_.root() == older_->root_hash) return {};
  return refuse(Reason::rewritten, "tile/entries",
                {Circumstance::beginning_differs, {std::to_string(older_->tree_size)}});
}

Checked<void> TileTree::finish_tile(unsigned level) {
  std::vector<Hash>& expected = filling_[level];
  const TileId tile{TileKind::hashes, level, index_[level], static_cast<unsigned>(expected.size())};
  LIGGARE_TRY(const std::string bytes, read(tile));
  const auto found = merkle::read_hash_tile(tile, bytes);
  if (!found) return refuse(found.error(), Reason::malformed, tile.path());
  if (const auto place = first_difference(*found, expected)) {
    return refuse(Reason::tile_differs, tile.path(),
                  {Circumstance::tile_hash_differs,
                   {std::to_string(*place), to_hex((*found)[*place].view()),
                    to_hex(expected[*place].view())}});
  }
  ++hash_tiles_;
  ++index_[level];
  expected.clear();
  return {};
}

std::optional<TileId> TileTree::in_tree(TileId tile) const {
  const std::uint64_t hashes = tree_size_ >> (tile.level * merkle::tile_height);
  // No multiplication: the index may be any number.
  const std::uint64_t full = hashes / merkle::tile_width;
  const auto rest = static_cast<unsigned>(hashes % merkle::tile_width);
  if (tile.index < full) {
    tile.width = merkle::tile_width;
  } else if (tile.index == full && rest > 0) {
    tile.width = rest;
  } else {
    return std::nullopt;
  }
  return tile;
}

Checked<void> TileTree::check_other_width(const TileId& other, const TileId& ours) const {
  LIGGARE_TRY(const std::string other_bytes, read(other));
  LIGGARE_TRY(const std::string our_bytes, read(ours));
  std::optional<std::size_t> difference;
  if (other.kind == TileKind::entries) {
    const auto found = merkle::read_entries(other, other_bytes);
    const auto expected = merkle::read_entries(ours, our_bytes);
    if (!found) return refuse(found.error(), Reason::malformed, other.path());
    if (!expected) return refuse(expected.error(), Reason::malformed, ours.path());
    difference = first_difference(*found, *expected);
  } else {
    const auto found = merkle::read_hash_tile(other, other_bytes);
    const auto expected = merkle::read_hash_tile(ours, our_bytes);
    if (!found) return refuse(found.error(), Reason::malformed, other.path());
    if (!expected) return refuse(expected.error(), Reason::malformed, ours.path());
    difference = first_difference(*found, *expected);
  }
  if (!difference) return {};
  return refuse(Reason::tile_differs, other.path(),
                {Circumstance::tiles_differ, {std::to_string(*difference), ours.path()}});
}

}  // namespace liggare::audit
