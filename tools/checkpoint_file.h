// Checkpoints that commands take from files.
#pragma once

#include <string>

#include "base/result.h"
#include "ledger/checkpoints.h"
#include "tools/command.h"

namespace liggare::tools {

// not_found where there is no such file, invalid_argument where it holds no signed note; both name
// the file.
Result<merkle::SignedNote> note_in(const std::string& file);

// The one that --checkpoint names, checked against the ledger; else the newest, signed now where
// that is needed.
Result<ledger::NewestCheckpoint> checkpoint_for(const ledger::Ledger& ledger,
                                                const Arguments& arguments);

// The option that checkpoint_for() reads.
Argument checkpoint_argument();

}  // namespace liggare::tools
