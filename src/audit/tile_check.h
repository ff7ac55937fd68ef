// Checks a folder of tiles against its checkpoint: every entry, every hash, up to the root.
//
// One tile of each level is held at a time, whatever the size of the tree.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "audit/outcome.h"
#include "audit/trust.h"

namespace liggare::audit {

struct OldCheckpoint {
  std::string_view note;
  std::string place;  // Where it came from.
};

// With an older checkpoint also that the tree only grew since: recomputed, no proof is needed.
Outcome check_tiles(const std::filesystem::path& folder, const Trust& trust,
                    const std::optional<OldCheckpoint>& old_checkpoint = std::nullopt);

}  // namespace liggare::audit
