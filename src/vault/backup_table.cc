#include "vault/backup_table.h"

#include <utility>

namespace liggare::vault {
namespace {

Result<BackupStanding> standing_of(std::string_view mark) {
  if (mark.empty()) return BackupStanding::live;
  for (const BackupStanding standing : {BackupStanding::deleted, BackupStanding::rewritten}) {
    if (mark == name_of(standing)) return standing;
  }
  return fail(ErrorCode::corrupt, "keys.sqlite: a backup has an unknown mark");
}

Result<StoredBackup> backup_of(const Statement& row) {
  const auto made = Day::parse(row.bytes(2));
  const auto expires = Day::parse(row.bytes(3));
  if (!made || !expires) return fail(ErrorCode::corrupt, "keys.sqlite: a backup has no days");
  LIGGARE_TRY(const BackupStanding standing, standing_of(row.bytes(6)));
  return StoredBackup{{.id = row.bytes(0),
                       .label = row.bytes(1),
                       .made = *made,
                       .expires = *expires,
                       .key_fingerprint = row.bytes(4),
                       .state = standing},
                      row.integer(5)};
}

}  // namespace

const char* name_of(BackupStanding standing) {
  switch (standing) {
    case BackupStanding::live:
      return "live";
    case BackupStanding::expired:
      return "expired";
    case BackupStanding::deleted:
      return "deleted";
    case BackupStanding::rewritten:
      return "rewritten";
  }
  LIGGARE_ASSERT(false, "no such standing");
}

Result<void> insert_backup(Database& database, const StoredBackup& stored) {
  LIGGARE_TRY(Statement insert,
              database.prepare("INSERT INTO backup (id, label, made, expires, key_fingerprint, "
                               "erasures, mark) VALUES (?, ?, ?, ?, ?, ?, '')"));
  return insert.bind_text(1, stored.backup.id)
      .bind_text(2, stored.backup.label)
      .bind_text(3, stored.backup.made.text())
      .bind_text(4, stored.backup.expires.text())
      .bind_text(5, stored.backup.key_fingerprint)
      .bind_integer(6, stored.erasures)
      .run();
}

Result<std::vector<StoredBackup>> all_backups(Database& database) {
  LIGGARE_TRY(Statement select,
              database.prepare("SELECT id, label, made, expires, key_fingerprint, erasures, mark "
                               "FROM backup ORDER BY number"));
  std::vector<StoredBackup> backups;
  LIGGARE_CHECK(select.for_each([&]() -> Result<void> {
    LIGGARE_TRY(StoredBackup stored, backup_of(select));
    backups.push_back(std::move(stored));
    return {};
  }));
  return backups;
}

Result<void> set_mark(Database& database, std::string_view id, BackupMark mark) {
  LIGGARE_TRY(Statement update, database.prepare("UPDATE backup SET mark = ? WHERE id = ?"));
  return update
      .bind_text(1, name_of(mark == BackupMark::deleted ? BackupStanding::deleted
                                                        : BackupStanding::rewritten))
      .bind_text(2, id)
      .run();
}

BackupState on_day(BackupState backup, Day today) {
  if (backup.state == BackupStanding::live && backup.expires < today) {
    backup.state = BackupStanding::expired;
  }
  return backup;
}

Result<std::optional<VaultKeys>> vault_keys(Database& database) {
  LIGGARE_TRY(Statement select,
              database.prepare("SELECT fingerprint, next_fingerprint FROM vault_key"));
  std::optional<VaultKeys> keys;
  LIGGARE_CHECK(select.for_each([&]() -> Result<void> {
    keys = VaultKeys{select.bytes(0), select.bytes(1)};
    return {};
  }));
  return keys;
}

Result<void> set_vault_keys(Database& database, const VaultKeys& keys) {
  LIGGARE_TRY(Statement put, database.prepare("INSERT OR REPLACE INTO vault_key VALUES (1, ?, ?)"));
  return put.bind_text(1, keys.current).bind_text(2, keys.next).run();
}

}  // namespace liggare::vault
