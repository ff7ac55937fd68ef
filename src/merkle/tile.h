// Tiles: a log's hashes and entries as static files (C2SP tlog-tiles).
//
// A tile holds up to 256 hashes that stand side by side on every eighth level of the tree. A full
// tile never changes; a tile of the right edge is partial and named after its width.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/tree.h"

namespace liggare::merkle {

inline constexpr unsigned tile_height = 8;
inline constexpr unsigned tile_width = 256;
inline constexpr unsigned tile_level_max = 7;  // 2^63 leaves need no more.

enum class TileKind { hashes, entries };

struct TileId {
  TileKind kind = TileKind::hashes;
  unsigned level = 0;  // Hashes of subtrees of 256^level leaves. Of entries: 0.
  std::uint64_t index = 0;
  unsigned width = tile_width;  // 1 … 256; below 256 it is partial.

  bool is_full() const { return width == tile_width; }
  // "tile/0/x001/067", "tile/1/000.p/5", "tile/entries/000".
  std::string path() const;
  // invalid_argument for anything that path() would not give.
  static Result<TileId> parse(std::string_view path);
  auto operator<=>(const TileId&) const = default;
};

// The tiles that a tree of `tree_size` leaves has and one of `old_size` has not, hashes before
// entries, level by level. Requires old_size ≤ tree_size < 2^63.
std::vector<TileId> tiles_between(std::uint64_t old_size, std::uint64_t tree_size);

// A hash tile's bytes: its hashes joined. Fails as `read` does.
Result<std::string> hash_tile(const TileId& tile, const NodeReader& read);
// The hashes in a hash tile's bytes; invalid_argument unless there are exactly tile.width.
Result<std::vector<Hash>> read_hash_tile(const TileId& tile, std::string_view bytes);

// Appends a record to an entries tile: u16 length ‖ record. Requires at most 65,535 bytes.
void put_entry(std::string& bytes, std::string_view record);
// The records in an entries tile's bytes; invalid_argument unless there are exactly tile.width,
// and nothing after them.
Result<std::vector<std::string>> read_entries(const TileId& tile, std::string_view bytes);

}  // namespace liggare::merkle
