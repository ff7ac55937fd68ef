// The tree that a folder's entries make, compared with its tiles of hashes while it grows.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/outcome.h"
#include "merkle/tile.h"
#include "merkle/tree.h"

namespace liggare::audit {

class TileTree {
 public:
  // Reads the tiles of a tree of `tree_size` leaves. `older` is a head that it has to pass through.
  TileTree(std::filesystem::path folder, std::uint64_t tree_size,
           std::optional<merkle::TreeHead> older);

  // Refusals: missing, unreadable, malformed and tile_differs name the tile; rewritten the folder's
  // entries.
  Checked<void> read_all();

  merkle::TreeHead head() const { return frontier_.head(); }
  std::uint64_t entry_tiles() const { return entry_tiles_; }
  std::uint64_t hash_tiles() const { return hash_tiles_; }

  // The tile that stands at `tile`'s place in this tree, of whatever width; nothing beyond it.
  std::optional<merkle::TileId> in_tree(merkle::TileId tile) const;
  // Whether `other`, a tile of another width at the place of `ours`, begins as ours does, or ours
  // as it does. Refusals as read_all().
  Checked<void> check_other_width(const merkle::TileId& other, const merkle::TileId& ours) const;

 private:
  Checked<std::string> read(const merkle::TileId& tile) const;
  Checked<void> read_entries(const merkle::TileId& tile);
  Checked<void> take(const Hash& leaf);
  Checked<void> check_older() const;
  Checked<void> finish_tile(unsigned level);

  std::filesystem::path folder_;
  std::uint64_t tree_size_;
  std::optional<merkle::TreeHead> older_;
  merkle::Frontier frontier_;
  // By level of tiles: the hashes of the tile that is being filled, and its index.
  std::array<std::vector<Hash>, merkle::tile_level_max + 1> filling_;
  std::array<std::uint64_t, merkle::tile_level_max + 1> index_{};
  std::uint64_t entry_tiles_ = 0;
  std::uint64_t hash_tiles_ = 0;
};

}  // namespace liggare::audit
