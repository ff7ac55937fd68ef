#include "ledger/backup_place.h"

#include <system_error>

#include "base/lies_in.h"

namespace liggare::ledger {

namespace fs = std::filesystem;

Result<void> check_backup_place(const Folders& folders, const fs::path& out) {
  for (const fs::path& folder : {folders.ledger, folders.keys}) {
    if (!lies_in(out, folder)) continue;
    return fail(ErrorCode::invalid_argument,
                out.string() + " lies in " + folder.string() + ": keep a backup apart from it");
  }
  return {};
}

Result<void> check_restore_place(const fs::path& ledger, const fs::path& backup) {
  if (!lies_in(ledger, backup) && !lies_in(backup, ledger)) return {};
  return fail(ErrorCode::invalid_argument,
              ledger.string() + " and the backup " + backup.string() +
                  " lie in each other; nothing was changed. Name another folder with --ledger");
}

Result<void> check_is_folder(const fs::path& place) {
  std::error_code error;
  const auto status = fs::status(place, error);
  if (!fs::exists(status) || fs::is_directory(status)) return {};
  return fail(ErrorCode::invalid_argument, place.string() + " is no folder");
}

}  // namespace liggare::ledger
