// Where a backup may lie.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

// invalid_argument where `out` lies in the ledger's folder or that of its keys, also through
// symbolic links: a copy beside its key, or beside what it is a copy of, is none.
Result<void> check_backup_place(const Folders& folders, const std::filesystem::path& out);
// invalid_argument where the two lie in each other: restoring one would take away the other.
Result<void> check_restore_place(const std::filesystem::path& ledger,
                                 const std::filesystem::path& backup);
// invalid_argument where there is something else than a folder. Nothing need be there.
Result<void> check_is_folder(const std::filesystem::path& place);

}  // namespace liggare::ledger
