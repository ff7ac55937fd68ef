#include "tests/audit/evidence_folder.h"

#include <fstream>

#include "merkle/tile.h"

namespace liggare::audit {
namespace {

std::string tile_bytes(const merkle::TileId& tile, const SampleEvidence& evidence) {
  if (tile.kind == merkle::TileKind::hashes) {
    return merkle::hash_tile(tile, [&](merkle::NodeId id) { return evidence.node(id); }).value();
  }
  std::string bytes;
  for (unsigned i = 0; i < tile.width; ++i) {
    merkle::put_entry(bytes, evidence.leaf(tile.index * merkle::tile_width + i));
  }
  return bytes;
}

}  // namespace

void write_files(const std::filesystem::path& folder, const BundleFiles& files) {
  for (const auto& [path, bytes] : files) {
    std::filesystem::create_directories((folder / path).parent_path());
    std::ofstream(folder / path, std::ios::binary) << bytes;
  }
}

void write_tiles(const std::filesystem::path& folder, const SampleEvidence& evidence,
                 std::uint64_t size) {
  BundleFiles files;
  for (const merkle::TileId& tile : merkle::tiles_between(0, size)) {
    files[tile.path()] = tile_bytes(tile, evidence);
  }
  files[std::string(checkpoint_name)] = evidence.checkpoint(size);
  write_files(folder, files);
}

}  // namespace liggare::audit
