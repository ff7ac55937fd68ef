#include "merkle/tile.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

void look_into(const merkle::TileId& tile, std::string_view bytes) {
  const auto records = merkle::read_entries(tile, bytes);
  if (!records) return;
  std::string again;
  for (const std::string& record : *records) merkle::put_entry(again, record);
  LIGGARE_ASSERT(again == bytes, "entries that have two texts");
}

}  // namespace

// The first line is a path; what follows it, a tile's bytes.
void tile_path(std::string_view input) {
  const std::size_t end = input.find('\n');
  const std::string_view path = input.substr(0, end);
  const auto tile = merkle::TileId::parse(path);
  if (!tile) return;
  LIGGARE_ASSERT(tile->path() == path, "a tile that has two paths");
  if (end != std::string_view::npos) look_into(*tile, input.substr(end + 1));
}

}  // namespace liggare::fuzz
