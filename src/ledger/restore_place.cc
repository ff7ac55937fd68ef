#include "ledger/restore_place.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/file.h"
#include "base/file_descriptor.h"
#include "base/is_denied.h"
#include "base/is_mount_point.h"
#include "base/is_there.h"
#include "ledger/access_log.h"
#include "ledger/backup_manifest.h"
#include "ledger/patience.h"
#include "ledger/restored_tree.h"
#include "store/log_remains.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

// Beside a folder that is being filled, from before it is made until it is whole. Without it, that
// folder is somebody's ledger.
constexpr const char* unfinished = ".restoring-unfinished";
constexpr const char* turn = ".restore-lock";

Result<void> check_may_be_read(const fs::path& folder) {
  std::vector<fs::path> parts = {folder / "HEAD", folder / "log", folder / "access"};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder / "log", error)) {
    parts.push_back(entry.path());
  }
  for (const fs::path& part : parts) {
    if (!is_denied(part)) continue;
    return fail(ErrorCode::io, part.string() +
                                   ": permission denied; nothing was changed. Restore as the one "
                                   "who owns the ledger");
  }
  return {};
}

// What can't be renamed is said before anything is made.
Result<void> check_may_be_replaced(const fs::path& ledger) {
  std::error_code error;
  if (fs::is_symlink(ledger, error) && !fs::exists(ledger, error)) {
    return fail(ErrorCode::invalid_argument,
                ledger.string() +
                    " is a link that leads nowhere; nothing was changed. Remove it, "
                    "or name another folder");
  }
  if (is_mount_point(ledger)) {
    return fail(ErrorCode::invalid_argument,
                ledger.string() +
                    " is a mount point, which nothing can take the place of; nothing "
                    "was changed. Unmount it, or name a new folder");
  }
  if (is_mount_point(ledger / "vault")) {
    return fail(ErrorCode::invalid_argument,
                (ledger / "vault").string() +
                    " is a mount point, and the vault moves into the restored ledger; nothing was "
                    "changed. Unmount it, restore, and mount it there again");
  }
  return {};
}

}  // namespace

std::optional<FormerLog> FormerLog::in(const fs::path& folder) {
  if (auto opened = store::EventLog::open({folder, store::Access::read_only, nullptr})) {
    const std::shared_ptr<const store::EventLog> log = *std::move(opened);
    return FormerLog{log->identity().origin, log->head(),
                     [log](std::uint64_t size) { return ledger::root_at(*log, size); }};
  }
  if (auto opened = store::LogRemains::open(folder)) {
    const auto remains = std::make_shared<const store::LogRemains>(*std::move(opened));
    return FormerLog{remains->identity().origin, remains->head(),
                     [remains](std::uint64_t size) { return remains->root_at(size); }};
  }
  return std::nullopt;
}

RestorePlace::~RestorePlace() {
  std::error_code ignored;
  if (turn_) fs::remove(beside(ledger_, turn), ignored);
}

Result<void> RestorePlace::take() {
  std::error_code error;
  if (!fs::is_directory(ledger_.parent_path(), error)) {
    return fail(ErrorCode::invalid_argument,
                ledger_.parent_path().string() + " is no folder: make it first");
  }
  LIGGARE_CHECK(check_may_be_replaced(ledger_));
  LIGGARE_CHECK(take_turn());
  LIGGARE_CHECK(end_earlier());
  if (!fs::exists(ledger_, error) && !error) return {};
  if (!fs::is_directory(ledger_, error)) {
    return fail(ErrorCode::invalid_argument,
                ledger_.string() + " is no folder; name a new one, or the ledger that is lost");
  }
  if (fs::is_empty(ledger_, error) && !error) return {};
  if (error) return fail(ErrorCode::io, ledger_.string() + ": " + error.message());
  const bool is_backup = is_there(ledger_ / std::string(manifest_name));
  const bool is_ledger = is_there(ledger_ / "log") || is_there(ledger_ / "HEAD") ||
                         is_there(ledger_ / "vault" / "keys.sqlite");
  if (!is_ledger || is_backup) {
    return fail(ErrorCode::invalid_argument,
                ledger_.string() +
                    " holds something that is no ledger; nothing was changed. Name "
                    "a new folder");
  }
  return hold();
}

Result<void> RestorePlace::take_turn() {
  const fs::path file = beside(ledger_, turn);
  while (true) {
    auto lock = store::WriterLock::take(file);
    if (!lock && lock.error().code == ErrorCode::busy) {
      return fail(ErrorCode::busy, "another process is restoring " + ledger_.string());
    }
    if (!lock) return Unexpected{lock.error()};
    // Whoever restored before may have removed the file while this one waited to lock it.
    if (!lock->holds(file)) continue;
    turn_.emplace(*std::move(lock));
    return {};
  }
}

// What an earlier call left when it was stopped: half a ledger, which goes, or the ledger that it
// had just taken away, which stays.
Result<void> RestorePlace::end_earlier() {
  if (is_exchange_open(ledger_) && is_vacant(ledger_) && is_there(building_)) {
    // It is not in place yet, so it is made again; the one that was there gets its name back.
    LIGGARE_CHECK(replace_file(beside(ledger_, unfinished), "", Readers::owner));
  }
  LIGGARE_CHECK(end_exchange(ledger_, building_));
  if (is_there(beside(ledger_, unfinished))) return clear_building();
  if (!is_there(building_)) return {};
  LIGGARE_CHECK(take_vault());
  return rename_folder(building_, place_aside());
}

Result<void> RestorePlace::hold() {
  has_ledger_ = true;
  LIGGARE_CHECK(check_may_be_read(ledger_));
  LIGGARE_TRY(auto lock, store::WriterLock::take(ledger_ / "lock"));
  lock_.emplace(std::move(lock));
  // Somebody may have removed the file that a writer holds. RocksDB has one of its own.
  if (store::WriterLock::is_held(ledger_ / "log" / "LOCK")) {
    return fail(ErrorCode::busy, "another process writes to " + ledger_.string());
  }
  LIGGARE_TRY(years_, access_years(ledger_));
  if (!years_.empty()) {
    const fs::path newest = access_folder(ledger_, years_.back());
    LIGGARE_TRY(auto year_lock,
                with_patience([&] { return store::WriterLock::take(newest / "lock"); }));
    year_lock_.emplace(std::move(year_lock));
  }
  for (const int year : years_) {
    LIGGARE_CHECK(check_may_be_read(access_folder(ledger_, year)));
  }
  log_ = FormerLog::in(ledger_);
  return {};
}

bool RestorePlace::has_year(int year) const {
  return std::find(years_.begin(), years_.end(), year) != years_.end();
}

Result<void> RestorePlace::mark_unfinished() const {
  return write_new_file(beside(ledger_, unfinished), "", Readers::owner);
}

Result<void> RestorePlace::clear_building() {
  std::error_code error;
  fs::remove_all(building_, error);
  if (error) return fail(ErrorCode::io, building_.string() + ": " + error.message());
  return remove_mark();
}

Result<void> RestorePlace::remove_mark() const {
  const fs::path mark = beside(ledger_, unfinished);
  if (::unlink(mark.c_str()) != 0 && errno != ENOENT) return system_failure("cannot remove", mark);
  return sync_folder(mark.parent_path());
}

// Of the ledger that was taken away, while that still lies where a later call looks for it.
Result<void> RestorePlace::take_vault() const {
  const fs::path vault = building_ / "vault";
  const fs::path into = ledger_ / "vault";
  if (!is_there(vault) || is_there(into) || !is_there(ledger_)) return {};
  return rename_folder(vault, into);
}

// "town.before-restore-20261129T010203", with a number where that is taken.
fs::path RestorePlace::place_aside() const {
  std::string stamp = clock_.now().text().substr(0, 19);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  const std::string plain = beside(ledger_, ".before-restore-").string() + stamp;
  fs::path place = plain;
  for (int number = 2; is_there(place); ++number) place = fmt::format("{}-{}", plain, number);
  return place;
}

Result<std::optional<fs::path>> RestorePlace::put_in_place(const std::function<void()>& at_step) {
  // Held until the vault is in its place: nobody writes without it meanwhile.
  LIGGARE_TRY(const auto lock, store::WriterLock::take(building_ / "lock"));
  at_step();
  log_.reset();
  if (!has_ledger_) {
    // An empty folder gives way.
    LIGGARE_CHECK(rename_folder(building_, ledger_));
    at_step();
    LIGGARE_CHECK(remove_mark());
    return std::optional<fs::path>();
  }
  LIGGARE_CHECK(remove_mark());
  at_step();
  LIGGARE_CHECK(exchange_folders(ledger_, building_, exchange_, at_step));
  at_step();
  LIGGARE_CHECK(take_vault());
  at_step();
  const fs::path aside = place_aside();
  LIGGARE_CHECK(rename_folder(building_, aside));
  return std::optional(aside);
}

}  // namespace liggare::ledger
