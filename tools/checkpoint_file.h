// Which checkpoint a command works with.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/checkpoints.h"
#include "tools/command.h"

namespace liggare::tools {

class Console;

// not_found where there is no such file, invalid_argument where it holds no signed note; both name
// the file.
Result<merkle::SignedNote> note_in(const std::string& file);

// The one that --checkpoint names, checked against the ledger; else the newest, signed now where
// that is needed, and cosigned under --policy.
Result<ledger::NewestCheckpoint> checkpoint_for(ledger::Ledger& ledger, const Arguments& arguments,
                                                Console& console);

// The options that checkpoint_for() reads.
std::vector<Argument> checkpoint_arguments();

}  // namespace liggare::tools
