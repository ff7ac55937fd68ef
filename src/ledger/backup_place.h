// Where a backup may lie.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

// invalid_argument where `out` lies in the ledger's folder or that of its keys, also through
// symbolic links: a copy beside its key, or beside what it is a copy of, is none.
Result<void> check_backup_place(const Folders& folders, const std::filesystem::path& out);

}  // namespace liggare::ledger
