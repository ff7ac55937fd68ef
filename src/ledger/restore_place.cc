#include "ledger/restore_place.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "base/file.h"
#include "base/file_descriptor.h"
#include "base/is_there.h"
#include "ledger/access_log.h"
#include "ledger/backup_manifest.h"
#include "ledger/patience.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

// In a folder that is being filled, until it is whole. A folder without it is somebody's ledger.
constexpr const char* unfinished = "UNFINISHED";

}  // namespace

Result<void> RestorePlace::take() {
  std::error_code error;
  if (!fs::is_directory(ledger_.parent_path(), error)) {
    return fail(ErrorCode::invalid_argument,
                ledger_.parent_path().string() + " is no folder: make it first");
  }
  LIGGARE_CHECK(end_earlier());
  if (!fs::exists(ledger_, error) && !error) return {};
  if (!fs::is_directory(ledger_, error)) {
    return fail(ErrorCode::invalid_argument,
                ledger_.string() + " is no folder; name a new one, or the ledger that is lost");
  }
  if (fs::is_empty(ledger_, error) && !error) return {};
  if (error) return fail(ErrorCode::io, ledger_.string() + ": " + error.message());
  const bool is_backup = is_there(ledger_ / std::string(manifest_name));
  const bool is_ledger = is_there(ledger_ / "log") || is_there(ledger_ / "HEAD");
  if (!is_ledger || is_backup) {
    return fail(ErrorCode::invalid_argument,
                ledger_.string() +
                    " holds something that is no ledger; nothing was changed. Name "
                    "a new folder");
  }
  return hold();
}

// What an earlier call left when it was stopped: half a ledger, which goes, or the ledger that it
// had just taken away, which stays.
Result<void> RestorePlace::end_earlier() {
  if (is_exchange_open(ledger_) && !is_there(ledger_) && is_there(building_)) {
    // It is not in place yet, so it is made again; the one that was there gets its name back.
    LIGGARE_CHECK(replace_file(building_ / unfinished, "", Readers::owner));
  }
  LIGGARE_CHECK(end_exchange(ledger_, building_));
  if (!is_there(building_)) return {};
  if (is_there(building_ / unfinished)) return clear_building();
  LIGGARE_CHECK(take_vault());
  return rename_folder(building_, place_aside());
}

Result<void> RestorePlace::hold() {
  has_ledger_ = true;
  LIGGARE_TRY(auto lock, store::WriterLock::take(ledger_ / "lock"));
  lock_.emplace(std::move(lock));
  LIGGARE_TRY(years_, access_years(ledger_));
  if (!years_.empty()) {
    const fs::path newest = access_folder(ledger_, years_.back());
    LIGGARE_TRY(auto year_lock,
                with_patience([&] { return store::WriterLock::take(newest / "lock"); }));
    year_lock_.emplace(std::move(year_lock));
  }
  if (auto log = store::EventLog::open({ledger_, store::Access::read_only, nullptr})) {
    log_ = *std::move(log);
  }
  return {};
}

bool RestorePlace::has_year(int year) const {
  return std::find(years_.begin(), years_.end(), year) != years_.end();
}

Result<void> RestorePlace::mark_unfinished() const {
  return write_new_file(building_ / unfinished, "", Readers::owner);
}

Result<void> RestorePlace::clear_building() {
  std::error_code error;
  fs::remove_all(building_, error);
  if (error) return fail(ErrorCode::io, building_.string() + ": " + error.message());
  return {};
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
  if (::unlink((building_ / unfinished).c_str()) != 0) {
    return system_failure("cannot remove", building_ / unfinished);
  }
  LIGGARE_CHECK(sync_folder(building_));
  at_step();
  log_.reset();
  if (!has_ledger_) {
    // An empty folder gives way.
    LIGGARE_CHECK(rename_folder(building_, ledger_));
    return std::optional<fs::path>();
  }
  LIGGARE_CHECK(exchange_folders(ledger_, building_, exchange_, at_step));
  at_step();
  LIGGARE_CHECK(take_vault());
  at_step();
  const fs::path aside = place_aside();
  LIGGARE_CHECK(rename_folder(building_, aside));
  return std::optional(aside);
}

}  // namespace liggare::ledger
