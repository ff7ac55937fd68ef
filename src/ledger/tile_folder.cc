#include "ledger/tile_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

#include "base/file.h"
#include "base/file_descriptor.h"
#include "ledger/checkpoints.h"
#include "merkle/tile.h"
#include "store/event_log.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;
using merkle::TileId;
using merkle::TileKind;

constexpr const char* checkpoint_file = "checkpoint";

// The size that the folder has tiles for.
Result<std::uint64_t> size_in(const Ledger& ledger, const fs::path& folder, std::uint64_t newest) {
  const auto text = read_file(folder / checkpoint_file);
  if (!text && text.error().code == ErrorCode::not_found) return std::uint64_t{0};
  if (!text) return Unexpected{text.error()};
  const auto note = merkle::SignedNote::parse(*text);
  if (!note) {
    return fail(ErrorCode::invalid_argument,
                (folder / checkpoint_file).string() + " is no checkpoint: " + note.error().message);
  }
  LIGGARE_TRY(const auto checkpoint, accept_checkpoint(ledger, *note));
  if (checkpoint.head.tree_size > newest) {
    return fail(ErrorCode::invalid_argument,
                folder.string() + " holds tiles of " + std::to_string(checkpoint.head.tree_size) +
                    " events, more than the checkpoint's " + std::to_string(newest));
  }
  return checkpoint.head.tree_size;
}

// Under another name first: whoever reads the folder meanwhile never sees a part of a tile.
Result<void> write_file(const fs::path& path, std::string_view bytes) {
  fs::path unfinished = path;
  unfinished += ".new";
  {
    LIGGARE_TRY(const auto file, FileDescriptor::open(unfinished, O_WRONLY | O_CREAT | O_TRUNC));
    LIGGARE_CHECK(write_all(file, bytes, unfinished));
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0)
    return system_failure("cannot replace", path);
  return {};
}

// Everything written to the file system so far: one call instead of two for each small file.
Result<void> sync_all(const fs::path& folder) {
  LIGGARE_TRY(const auto descriptor, FileDescriptor::open(folder, O_RDONLY | O_DIRECTORY));
  if (::syncfs(descriptor.number()) != 0) return system_failure("cannot sync", folder);
  return {};
}

Result<std::string> entries_of(const Ledger& ledger, const TileId& tile) {
  const std::uint64_t first = tile.index * merkle::tile_width;
  std::string bytes;
  LIGGARE_CHECK(ledger.log().scan({first, first + tile.width},
                                  [&](std::uint64_t, std::string_view record) -> Result<void> {
                                    merkle::put_entry(bytes, record);
                                    return {};
                                  }));
  return bytes;
}

Result<std::string> bytes_of(const Ledger& ledger, const TileId& tile) {
  if (tile.kind == TileKind::entries) return entries_of(ledger, tile);
  return merkle::hash_tile(tile, [&](merkle::NodeId id) { return ledger.log().node(id); });
}

Result<void> write_tile(const Ledger& ledger, const TileId& tile, const fs::path& folder) {
  LIGGARE_TRY(const std::string bytes, bytes_of(ledger, tile));
  const fs::path path = folder / tile.path();
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return fail(ErrorCode::io, path.parent_path().string() + ": " + error.message());
  return write_file(path, bytes);
}

}  // namespace

Result<TileExport> export_tiles(
    const Ledger& ledger, const merkle::SignedNote& note, const fs::path& folder,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress) {
  LIGGARE_TRY(const auto checkpoint, merkle::Checkpoint::parse(note.text));
  TileExport outcome;
  outcome.size = checkpoint.head.tree_size;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  LIGGARE_TRY(outcome.old_size, size_in(ledger, folder, outcome.size));
  const auto tiles = merkle::tiles_between(outcome.old_size, outcome.size);
  std::uint64_t done = 0;
  for (const TileKind kind : {TileKind::entries, TileKind::hashes}) {
    for (const TileId& tile : tiles) {
      if (tile.kind != kind) continue;
      LIGGARE_CHECK(write_tile(ledger, tile, folder));
      ++(kind == TileKind::entries ? outcome.entries : outcome.tiles);
      if (progress) progress(++done, tiles.size());
    }
    LIGGARE_CHECK(sync_all(folder));
  }
  LIGGARE_CHECK(replace_file(folder / checkpoint_file, note.print(), Readers::everyone));
  return outcome;
}

}  // namespace liggare::ledger
