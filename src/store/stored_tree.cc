#include "store/stored_tree.h"

#include <fmt/format.h>

#include "merkle/node_block.h"

namespace liggare::store {
namespace {

Unexpected<Error> corrupt(std::string message) {
  return fail(ErrorCode::corrupt, std::move(message));
}

Unexpected<Error> corrupt_node(merkle::NodeId id, bool is_missing) {
  return corrupt(fmt::format("node ({}, {}) of the stored tree is {}", id.level, id.index,
                             is_missing ? "missing" : "damaged"));
}

}  // namespace

Result<Hash> StoredTree::node(merkle::NodeId id) const {
  if (has_nodes(layout_, id.level)) {
    LIGGARE_TRY(const auto bytes, database_.get(Family::tree, node_key(id)));
    if (bytes && bytes->size() == hash_bytes) return Hash::from(*bytes);
    return corrupt_node(id, !bytes);
  }
  const std::uint64_t tile = id.index >> (tile_level - id.level);
  LIGGARE_TRY(auto hashes, leaves_of_tile(tile));
  if (id.level == 0) {
    const std::uint64_t offset = id.index % tile_leaves;
    return offset < hashes.size() ? Result<Hash>(hashes[offset]) : corrupt_node(id, true);
  }
  const merkle::NodeBlock block({0, tile * tile_leaves}, tile_level, std::move(hashes));
  const auto hash = block.node(id);
  return hash ? Result<Hash>(*hash) : corrupt_node(id, true);
}

Result<std::vector<Hash>> StoredTree::run(unsigned level, PositionRange indexes) const {
  if (!has_nodes(layout_, level)) {
    LIGGARE_ASSERT(level == 0, "a run of nodes that are not stored");
    return leaves(indexes);
  }
  KeyRange keys{Family::tree, node_key({level, indexes.from}), node_key({level, indexes.to})};
  keys.keeps_blocks = true;
  std::vector<Hash> hashes;
  hashes.reserve(indexes.to - indexes.from);
  const auto take = [&](std::string_view key, std::string_view value) -> Result<void> {
    const merkle::NodeId next{level, indexes.from + hashes.size()};
    if (read_node_key(key) != next) return corrupt_node(next, true);
    if (value.size() != hash_bytes) return corrupt_node(next, false);
    hashes.push_back(Hash::from(value));
    return {};
  };
  LIGGARE_CHECK(database_.for_each(keys, take));
  if (hashes.size() == indexes.to - indexes.from) return hashes;
  return corrupt_node({level, indexes.from + hashes.size()}, true);
}

// A writer may complete the tile between the two look-ups: then it is there at the second try.
Result<std::vector<Hash>> StoredTree::leaves_of_tile(std::uint64_t index) const {
  for (int attempt = 0; attempt < 2; ++attempt) {
    LIGGARE_TRY(const auto bytes, database_.get(Family::tree, tile_key(index)));
    if (bytes) {
      auto leaves = read_tile(*bytes);
      if (!leaves) return corrupt(fmt::format("tile {} of the stored tree is damaged", index));
      return *std::move(leaves);
    }
    LIGGARE_TRY(const auto edge_value, database_.get(Family::heads, edge_key));
    auto edge = edge_value ? read_edge(*edge_value) : std::nullopt;
    if (!edge) return corrupt("log: the edge of the stored tree is missing or damaged");
    if (edge->tile == index) return std::move(edge->leaves);
    if (edge->tile < index) break;
  }
  return corrupt(fmt::format("tile {} of the stored tree is missing", index));
}

Result<std::vector<Hash>> StoredTree::leaves(PositionRange indexes) const {
  std::vector<Hash> hashes;
  hashes.reserve(indexes.to - indexes.from);
  while (indexes.from < indexes.to) {
    LIGGARE_TRY(const auto tile, leaves_of_tile(indexes.from / tile_leaves));
    std::uint64_t offset = indexes.from % tile_leaves;
    if (offset >= tile.size()) return corrupt_node({0, indexes.from}, true);
    for (; offset < tile.size() && indexes.from < indexes.to; ++offset, ++indexes.from) {
      hashes.push_back(tile[offset]);
    }
  }
  return hashes;
}

}  // namespace liggare::store
