#include "merkle/tile.h"

#include <algorithm>
#include <limits>

#include "base/assertion.h"
#include "base/bytes.h"
#include "merkle/plain_text.h"

namespace liggare::merkle {
namespace {

constexpr std::string_view hashes_prefix = "tile/";
constexpr std::string_view entries_prefix = "tile/entries/";
constexpr std::string_view partial_infix = ".p/";
constexpr std::size_t length_bytes = 2;
constexpr std::size_t record_bytes_max = 65'535;
constexpr auto tree_size_max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

Unexpected<Error> refuse(const std::string& why) { return fail(ErrorCode::invalid_argument, why); }

// How many hashes stand on a level of tiles.
std::uint64_t hashes_on(unsigned level, std::uint64_t tree_size) {
  return tree_size >> (level * tile_height);
}

// Whether a tree that can be has this tile.
bool exists(const TileId& tile) {
  if (tile.level > tile_level_max || tile.width == 0 || tile.width > tile_width) return false;
  const std::uint64_t hashes = hashes_on(tile.level, tree_size_max);
  return tile.width <= hashes && tile.index <= (hashes - tile.width) / tile_width;
}

// 1234067 is "x001/x234/067".
std::string index_path(std::uint64_t index) {
  std::string digits = std::to_string(index);
  digits.insert(0, (3 - digits.size() % 3) % 3, '0');
  std::string path;
  for (std::size_t start = 0; start < digits.size(); start += 3) {
    path += start + 3 == digits.size() ? "" : "x";
    path += digits.substr(start, 3);
    path += start + 3 == digits.size() ? "" : "/";
  }
  return path;
}

// Leaves it to the comparison with path() to find groups of other lengths, and stray signs.
Result<std::uint64_t> parse_index(std::string_view path) {
  std::string digits;
  std::copy_if(path.begin(), path.end(), std::back_inserter(digits),
               [](char c) { return c != 'x' && c != '/'; });
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return parse_decimal(digits);
}

// The unsigned number that `text` is, 0 where it is none or larger than any level or width: 0 has
// another text then.
unsigned small_number(std::string_view text) {
  const auto number = parse_decimal(text);
  return number && *number <= tile_width ? static_cast<unsigned>(*number) : 0;
}

// Takes "<level>/" or "entries/" off `rest`.
void take_kind(std::string_view& rest, TileId& tile) {
  if (rest.starts_with(entries_prefix)) {
    tile.kind = TileKind::entries;
    rest.remove_prefix(entries_prefix.size());
    return;
  }
  rest.remove_prefix(hashes_prefix.size());
  const std::size_t end = std::min(rest.find('/'), rest.size());
  tile.level = small_number(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
}

// The tiles of one kind and level that a level of `hashes` has and one of `old_hashes` has not.
void add_new_tiles(TileId tile, std::uint64_t old_hashes, std::uint64_t hashes,
                   std::vector<TileId>& tiles) {
  tile.width = tile_width;
  for (tile.index = old_hashes / tile_width; tile.index < hashes / tile_width; ++tile.index) {
    tiles.push_back(tile);
  }
  tile.width = static_cast<unsigned>(hashes % tile_width);
  if (tile.width != 0 && old_hashes != hashes) tiles.push_back(tile);
}

std::string wrong_size(const TileId& tile) { return tile.path() + ": not as long as it must be"; }

}  // namespace

std::string TileId::path() const {
  std::string path(kind == TileKind::entries ? entries_prefix : hashes_prefix);
  if (kind == TileKind::hashes) path += std::to_string(level) + "/";
  path += index_path(index);
  if (!is_full()) path += std::string(partial_infix) + std::to_string(width);
  return path;
}

Result<TileId> TileId::parse(std::string_view path) {
  if (!path.starts_with(hashes_prefix)) return refuse("not the path of a tile");
  TileId tile;
  std::string_view rest = path;
  take_kind(rest, tile);
  const std::size_t partial = rest.find(partial_infix);
  if (partial != std::string_view::npos) {
    tile.width = small_number(rest.substr(partial + partial_infix.size()));
  }
  const auto index = parse_index(rest.substr(0, partial));
  if (!index) return refuse("not the path of a tile");
  tile.index = *index;
  if (!exists(tile) || tile.path() != path) return refuse("not the path of a tile");
  return tile;
}

std::vector<TileId> tiles_between(std::uint64_t old_size, std::uint64_t tree_size) {
  LIGGARE_ASSERT(old_size <= tree_size, "tiles of a tree that shrinks");
  LIGGARE_ASSERT(tree_size <= tree_size_max, "a tree of 2^63 leaves");
  std::vector<TileId> tiles;
  for (unsigned level = 0; level <= tile_level_max; ++level) {
    add_new_tiles({TileKind::hashes, level}, hashes_on(level, old_size),
                  hashes_on(level, tree_size), tiles);
  }
  add_new_tiles({TileKind::entries}, old_size, tree_size, tiles);
  return tiles;
}

Result<std::string> hash_tile(const TileId& tile, const NodeReader& read) {
  LIGGARE_ASSERT(tile.kind == TileKind::hashes && exists(tile), "not a tile of hashes");
  std::string bytes;
  bytes.reserve(tile.width * hash_bytes);
  for (unsigned i = 0; i < tile.width; ++i) {
    LIGGARE_TRY(const Hash hash, read({tile.level * tile_height, tile.index * tile_width + i}));
    bytes.append(hash.view());
  }
  return bytes;
}

Result<std::vector<Hash>> read_hash_tile(const TileId& tile, std::string_view bytes) {
  if (bytes.size() != tile.width * hash_bytes) return refuse(wrong_size(tile));
  std::vector<Hash> hashes;
  hashes.reserve(tile.width);
  for (std::size_t start = 0; start < bytes.size(); start += hash_bytes) {
    hashes.push_back(Hash::from(bytes.substr(start, hash_bytes)));
  }
  return hashes;
}

void put_entry(std::string& bytes, std::string_view record) {
  LIGGARE_ASSERT(record.size() <= record_bytes_max, "a record too long for a tile");
  put_u16(bytes, static_cast<std::uint16_t>(record.size()));
  bytes.append(record);
}

Result<std::vector<std::string>> read_entries(const TileId& tile, std::string_view bytes) {
  std::vector<std::string> records;
  while (!bytes.empty()) {
    if (records.size() == tile.width || bytes.size() < length_bytes) {
      return refuse(wrong_size(tile));
    }
    const std::size_t size = get_u16(bytes);
    bytes.remove_prefix(length_bytes);
    if (bytes.size() < size) return refuse(wrong_size(tile));
    records.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  if (records.size() != tile.width) return refuse(wrong_size(tile));
  return records;
}

}  // namespace liggare::merkle
