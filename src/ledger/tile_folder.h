// The ledger as static files that any tlog-tiles client reads (C2SP tlog-tiles; evidence,
// section 5).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "ledger/ledger.h"
#include "merkle/checkpoint.h"

namespace liggare::ledger {

struct TileExport {
  std::uint64_t old_size = 0;  // Of the checkpoint that the folder held before.
  std::uint64_t size = 0;
  std::uint64_t tiles = 0;  // Files written: hashes, and entries.
  std::uint64_t entries = 0;
};

// Brings the folder up to `note`, a checkpoint of this ledger: entries first, then hashes, then the
// checkpoint, each durable before the next begins; so what a reader finds under a checkpoint is all
// there. Tiles that the folder holds already are not written again, and those that it lacks are.
// invalid_argument where it holds another ledger's tiles, newer ones, or other files and no tiles;
// diverged where its checkpoint is no prefix of this ledger.
// `progress` gets files written and in all.
Result<TileExport> export_tiles(
    const Ledger& ledger, const merkle::SignedNote& note, const std::filesystem::path& folder,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress = {});

}  // namespace liggare::ledger
