// The vault's backups.
#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"
#include "base/random.h"
#include "base/sha256.h"
#include "vault/backup_manifest.h"
#include "vault/backup_table.h"
#include "vault/erasure_table.h"
#include "vault/vault.h"
#include "vault/vault_files.h"

namespace liggare::vault {
namespace {

Result<void> check_order(const BackupOrder& order) {
  if (order.expires < order.made) {
    return fail(ErrorCode::invalid_argument, "a backup can't expire before it is made");
  }
  const bool one_line = std::none_of(order.label.begin(), order.label.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20;
  });
  if (!one_line) {
    return fail(ErrorCode::invalid_argument, "a backup's label is one line of text");
  }
  LIGGARE_TRY(const bool made_before, is_there(order.folder));
  if (made_before) {
    return fail(ErrorCode::invalid_argument, order.folder.string() + " exists already");
  }
  return {};
}

Result<void> copy_vault(Database& database, const std::filesystem::path& from,
                        const std::filesystem::path& into, const BackupState& backup,
                        const KeyEncryptionKey& key) {
  LIGGARE_CHECK(make_vault_folder(into));
  // Empty at first, so that the copy is its owner's alone from the start.
  LIGGARE_CHECK(write_new_file(into / keys_file, "", Readers::owner));
  LIGGARE_CHECK(database.copy_to(into / keys_file));
  LIGGARE_TRY(const std::string keys, read_file(into / keys_file));
  LIGGARE_TRY(const std::string slots, read_file(from / slots_file));
  LIGGARE_CHECK(write_new_file(into / slots_file, slots, Readers::owner));
  const BackupManifest manifest{backup, to_hex(sha256({keys}).view()),
                                to_hex(sha256({slots}).view())};
  return write_new_file(into / manifest_file, encode_manifest(manifest, key), Readers::owner);
}

}  // namespace

Result<BackupState> Vault::back_up(const BackupOrder& order) {
  LIGGARE_CHECK(check_order(order));
  const std::lock_guard lock(mutex_);
  // A copy made now would keep what is about to go.
  LIGGARE_CHECK(check_erasures_at(table_.database(), StoredStep::destroyed));
  // A copy takes its time, and whoever adds keys meanwhile would wait for it too long.
  LIGGARE_CHECK(use_.take_alone(UseLock::Patience::two_seconds));
  LIGGARE_TRY(const std::int64_t erasures, rewrapped_count(table_.database()));
  BackupState backup{.id = to_hex(random_bytes(backup_id_bytes)),
                     .label = order.label,
                     .made = order.made,
                     .expires = order.expires,
                     .key_fingerprint = fingerprint_of(key_),
                     .state = BackupStanding::live};
  LIGGARE_CHECK(insert_backup(table_.database(), {backup, erasures}));
  LIGGARE_CHECK(copy_vault(table_.database(), folder_, order.folder, backup, key_));
  return backup;
}

Result<std::vector<BackupState>> Vault::backups(Day today) {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(auto stored, all_backups(table_.database()));
  std::vector<BackupState> backups;
  for (StoredBackup& row : stored) backups.push_back(on_day(std::move(row.backup), today));
  return backups;
}

Result<void> Vault::recall_backup(const std::string& id, const std::string& label, Day made) {
  const std::lock_guard lock(mutex_);
  // It was made after everything that this state has erased.
  LIGGARE_TRY(const std::int64_t erasures, rewrapped_count(table_.database()));
  return insert_backup(table_.database(), {{.id = id,
                                            .label = label,
                                            .made = made,
                                            .expires = no_last_day(),
                                            .key_fingerprint = "",
                                            .state = BackupStanding::live},
                                           erasures});
}

Result<void> Vault::mark_backup(const std::string& id, BackupMark mark) {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const auto all, all_backups(table_.database()));
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const StoredBackup& stored) { return stored.backup.id == id; });
  if (found == all.end()) return fail(ErrorCode::not_found, "no backup " + id);
  if (mark == BackupMark::rewritten && found->backup.key_fingerprint == fingerprint_of(key_)) {
    return fail(ErrorCode::invalid_argument,
                "the vault's key opens backup " + id + ": change the key first");
  }
  return set_mark(table_.database(), id, mark);
}

}  // namespace liggare::vault
