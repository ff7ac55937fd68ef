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

fs::path unfinished(const fs::path& path) {
  fs::path name = path;
  name += ".new";
  return name;
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
  return merkle::hash_tile(tile, ledger.log().proof_nodes());
}

Result<void> write_unfinished(const Ledger& ledger, const TileId& tile, const fs::path& folder) {
  LIGGARE_TRY(const std::string bytes, bytes_of(ledger, tile));
  const fs::path path = folder / tile.path();
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return fail(ErrorCode::io, path.parent_path().string() + ": " + error.message());
  LIGGARE_TRY(const auto file,
              FileDescriptor::open(unfinished(path), O_WRONLY | O_CREAT | O_TRUNC));
  return write_all(file, bytes, path);
}

// Tiles get their names once all of them are durable. So what has a tile's name is whole, whatever
// happened, and needs not be written again.
Result<void> write_tiles(const Ledger& ledger, const std::vector<TileId>& tiles,
                         const fs::path& folder, const std::function<void()>& written) {
  for (const TileId& tile : tiles) {
    LIGGARE_CHECK(write_unfinished(ledger, tile, folder));
    if (written) written();
  }
  LIGGARE_CHECK(sync_all(folder));
  for (const TileId& tile : tiles) {
    const fs::path path = folder / tile.path();
    if (::rename(unfinished(path).c_str(), path.c_str()) != 0) {
      return system_failure("cannot name", path);
    }
  }
  return sync_all(folder);
}

// Those that the folder has not.
std::vector<TileId> missing_in(const fs::path& folder, std::uint64_t size, TileKind kind) {
  std::vector<TileId> missing;
  for (const TileId& tile : merkle::tiles_between(0, size)) {
    std::error_code ignored;
    if (tile.kind == kind && !fs::exists(folder / tile.path(), ignored)) missing.push_back(tile);
  }
  return missing;
}

// Tiles among other files would be anyone's guess, and their checkpoint might take another's place.
Result<void> check_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / "tile", error)) return {};
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name == checkpoint_file || name.ends_with(".checkpoint")) continue;
    return fail(ErrorCode::invalid_argument, folder.string() + " holds " + name +
                                                 " and no tiles: nothing was changed. Name a new "
                                                 "folder, or one with tiles of this ledger");
  }
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  return {};
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
  // Two at once would write the same unfinished files.
  LIGGARE_TRY(const auto lock, lock_folder(folder));
  LIGGARE_CHECK(check_folder(folder));
  LIGGARE_TRY(outcome.old_size, size_in(ledger, folder, outcome.size));
  const auto entries = missing_in(folder, outcome.size, TileKind::entries);
  const auto hashes = missing_in(folder, outcome.size, TileKind::hashes);
  outcome.entries = entries.size();
  outcome.tiles = hashes.size();
  std::uint64_t done = 0;
  const auto written = [&] {
    if (progress) progress(++done, entries.size() + hashes.size());
  };
  LIGGARE_CHECK(write_tiles(ledger, entries, folder, written));
  LIGGARE_CHECK(write_tiles(ledger, hashes, folder, written));
  LIGGARE_CHECK(replace_file(folder / checkpoint_file, note.print(), Readers::everyone));
  return outcome;
}

}  // namespace liggare::ledger
