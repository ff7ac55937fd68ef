#include "ledger/folder_exchange.h"

#include <fcntl.h>
#include <stdio.h>

#include <cerrno>
#include <system_error>

#include "base/file.h"
#include "base/file_descriptor.h"
#include "base/is_there.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

constexpr const char* replaced = ".replaced";

int exchange_by_system(const fs::path& left, const fs::path& right) {
  const int failed = ::renameat2(AT_FDCWD, left.c_str(), AT_FDCWD, right.c_str(), RENAME_EXCHANGE);
  return failed == 0 ? 0 : errno;
}

// What a file system answers that has no such call: NFS, FUSE, old kernels.
bool is_missing(int number) { return number == EINVAL || number == ENOSYS || number == ENOTSUP; }

Result<void> exchange_in_three(const fs::path& place, const fs::path& other,
                               const std::function<void()>& at_step) {
  const fs::path apart = beside(place, replaced);
  LIGGARE_CHECK(rename_folder(place, apart));
  at_step();
  if (auto put = rename_folder(other, place); !put) {
    LIGGARE_CHECK(rename_folder(apart, place));
    return put;
  }
  at_step();
  return rename_folder(apart, other);
}

}  // namespace

fs::path beside(const fs::path& folder, const char* ending) { return folder.string() + ending; }

Result<void> rename_folder(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_failure("cannot rename", from);
  LIGGARE_CHECK(sync_folder(from.parent_path()));
  return sync_folder(to.parent_path());
}

Result<void> exchange_folders(const fs::path& place, const fs::path& other,
                              const ExchangeCall& call, const std::function<void()>& at_step) {
  const int failed = call ? call(other, place) : exchange_by_system(other, place);
  if (failed == 0) return sync_folder(place.parent_path());
  if (is_missing(failed)) return exchange_in_three(place, other, at_step);
  return fail(ErrorCode::io, "cannot put " + other.string() + " in the place of " + place.string() +
                                 ": " + std::generic_category().message(failed));
}

bool is_vacant(const fs::path& place) {
  std::error_code error;
  return !is_there(place) || (fs::is_directory(place, error) && fs::is_empty(place, error));
}

bool is_exchange_open(const fs::path& place) { return is_there(beside(place, replaced)); }

Result<bool> end_exchange(const fs::path& place, const fs::path& other) {
  const fs::path apart = beside(place, replaced);
  if (!is_there(apart)) return false;
  if (is_vacant(place)) {
    LIGGARE_CHECK(rename_folder(apart, place));
    return true;
  }
  if (is_there(other)) {
    return fail(ErrorCode::io, apart.string() + " and " + other.string() +
                                   " are both there, which no restore leaves: look at them, and "
                                   "move away what is not wanted");
  }
  LIGGARE_CHECK(rename_folder(apart, other));
  return false;
}

}  // namespace liggare::ledger
