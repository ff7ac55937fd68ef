#include "inspect/tile_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

using store::tile_leaves;

class TileCheck {
 public:
  TileCheck(const Examination& examination, const LeafSpan& span, Level& leaves)
      : examination_(examination),
        span_(span),
        leaves_(leaves),
        first_(span.first / tile_leaves),
        end_(span.end / tile_leaves) {}

  Result<void> run() {
    LIGGARE_CHECK(read({store::Family::tree, store::tile_key(first_),
                        span_.reaches_end ? "" : store::tile_key(end_)},
                       [this](std::string_view key, std::string_view value) { take(key, value); }));
    if (!span_.reaches_end) return {};
    LIGGARE_CHECK(take_edge());
    return read({store::Family::tree, "", store::node_key({store::tile_level, 0})},
                [this](std::string_view key, std::string_view) { add_extra(key); });
  }

 private:
  template <class Take>
  Result<void> read(const store::KeyRange& keys, const Take& take) {
    const auto read = examination_.database.for_each(
        keys, [&](std::string_view key, std::string_view value) -> Result<void> {
          take(key, value);
          return {};
        });
    return read ? Result<void>() : leave_unread(read.error());
  }

  // What could not be read is not missing.
  Result<void> leave_unread(const Error& error) {
    LIGGARE_CHECK(examination_.findings.take(error));
    for (auto& leaf : leaves_) leaf.is_reported |= !leaf.stored;
    return {};
  }

  void take(std::string_view key, std::string_view value) {
    const auto index = store::read_tile_key(key);
    if (!index) return add_unknown(key);
    const std::string place = fmt::format("tile {}", *index);
    if (*index < first_ || *index >= end_) {
      return add(*index, {"node-extra", place, "no entry", "an entry"});
    }
    const auto tile = store::read_tile(value);
    if (tile) return put(*index, *tile);
    for (std::uint64_t i = 0; i < tile_leaves; ++i) slot(*index, i).is_reported = true;
    add(*index, {"node-differs", place, fmt::format("{} bytes", store::tile_bytes),
                 fmt::format("{} bytes", value.size())});
  }

  NodeSlot& slot(std::uint64_t tile, std::uint64_t offset) {
    return leaves_[tile * tile_leaves + offset - span_.first];
  }

  void put(std::uint64_t tile, const std::vector<Hash>& hashes) {
    for (std::uint64_t i = 0; i < hashes.size(); ++i) slot(tile, i).stored = hashes[i];
  }

  Result<void> take_edge() {
    const auto value = examination_.database.get(store::Family::heads, store::edge_key);
    if (!value) return leave_unread(value.error());
    const std::uint64_t count = span_.end % tile_leaves;
    auto edge = *value ? store::read_edge(**value) : std::nullopt;
    const bool is_of_tile = edge && edge->tile == end_;
    if (!is_of_tile || edge->leaves.size() != count) {
      add(end_, {"node-differs", "edge of the tree", fmt::format("tile {}: {} hashes", end_, count),
                 found_as_edge(*value, edge)});
    }
    if (!is_of_tile) {
      for (std::uint64_t i = 0; i < count; ++i) slot(end_, i).is_reported = true;
      return {};
    }
    edge->leaves.resize(std::min<std::uint64_t>(edge->leaves.size(), count));
    put(end_, edge->leaves);
    return {};
  }

  static std::string found_as_edge(const std::optional<std::string>& value,
                                   const std::optional<store::TreeEdge>& edge) {
    if (edge) return fmt::format("tile {}: {} hashes", edge->tile, edge->leaves.size());
    return value ? fmt::format("{} bytes", value->size()) : "nothing";
  }

  void add_extra(std::string_view key) {
    const auto id = store::read_node_key(key);
    if (!id) return add_unknown(key);
    add(id->index, {"node-extra", node_place(*id), "no entry", "an entry"});
  }

  void add_unknown(std::string_view key) {
    add(first_, {"node-key", fmt::format("tree key {}", printable(key)), "no entry", "an entry"});
  }

  void add(std::uint64_t index, Finding finding) {
    examination_.findings.add({Part::tree, index, leaf_step}, std::move(finding));
  }

  const Examination& examination_;
  const LeafSpan& span_;
  Level& leaves_;
  const std::uint64_t first_;  // Whole tiles: first ≤ index < end.
  const std::uint64_t end_;
};

}  // namespace

Result<void> read_tiles(const Examination& examination, const LeafSpan& span, Level& leaves) {
  return TileCheck(examination, span, leaves).run();
}

}  // namespace liggare::inspect
