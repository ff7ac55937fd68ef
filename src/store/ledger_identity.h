// What a ledger is, written once when it is made: its name, how its HEAD is kept, its format.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "store/tree_layout.h"

namespace liggare::store {

// When HEAD is written: some time after an append is acknowledged, or before (evidence, section 3).
enum class HeadMode { floor, strict };

struct LedgerIdentity {
  std::string origin;  // The ledger's name in its checkpoints.
  HeadMode head_mode = HeadMode::floor;
  TreeLayout tree_layout = TreeLayout::leaf_tiles;
  bool operator==(const LedgerIdentity&) const = default;
};

// The small text that is stored: a line for the format's number, one for each member.
// Requires an origin that holds characters, none of them a control character.
Result<std::string> write_identity(const LedgerIdentity& identity);
// unsupported for a format newer than this program, corrupt for anything else that is not ours.
Result<LedgerIdentity> read_identity(std::string_view text);

}  // namespace liggare::store
