#include <algorithm>
#include <set>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"
#include "base/random.h"
#include "base/sha256.h"
#include "vault/backup.h"
#include "vault/backup_manifest.h"
#include "vault/backup_table.h"
#include "vault/bucket.h"
#include "vault/erasure_table.h"
#include "vault/slots.h"
#include "vault/vault_files.h"

namespace liggare::vault {
namespace {

struct BackupFiles {
  BackupState backup;
  std::string keys;
  std::string slots;
};

Result<std::string> read_hashed(const std::filesystem::path& file, const std::string& hash) {
  LIGGARE_TRY(std::string bytes, read_file(file));
  if (to_hex(sha256({bytes}).view()) != hash) {
    return fail(ErrorCode::corrupt, file.string() + " is not as it was backed up");
  }
  return bytes;
}

Result<BackupFiles> read_backup(const RestoreOrder& order, const KeyEncryptionKey& key) {
  LIGGARE_TRY(const std::string text, read_file(order.backup / manifest_file));
  LIGGARE_TRY(BackupManifest manifest, decode_manifest(text, key));
  const Day expires = manifest.backup.expires;
  if (expires < order.today && order.expired == ExpiredBackups::refuse) {
    return fail(ErrorCode::denied,
                "backup " + manifest.backup.id + " has expired on " + expires.text());
  }
  LIGGARE_TRY(std::string keys, read_hashed(order.backup / keys_file, manifest.keys_hash));
  LIGGARE_TRY(std::string slots, read_hashed(order.backup / slots_file, manifest.slots_hash));
  return BackupFiles{std::move(manifest.backup), std::move(keys), std::move(slots)};
}

// What the erasures take from each bucket.
std::map<std::uint32_t, Removal> removals_of(const std::vector<ExecutedErasure>& executed) {
  std::map<std::uint32_t, Removal> removals;
  for (const ExecutedErasure& one : executed) {
    Removal& removal = removals[bucket_of(one.erasure.subject)];
    removal.key_ids.insert(one.key_ids.begin(), one.key_ids.end());
    for (const SectionName& section : one.erasure.sections) {
      removal.punctures[section.key_id].insert(section.index);
    }
  }
  return removals;
}

// Writes an erasure as the vault that executed it would have.
Result<void> record(Database& database, const ExecutedErasure& executed, std::uint64_t epoch) {
  const std::string& decision = executed.erasure.decision;
  LIGGARE_TRY(const auto stored, find_erasure(database, decision));
  if (!stored) {
    LIGGARE_CHECK(insert_erasure(database, executed.erasure));
  }
  if (!stored || stored->step == StoredStep::fenced) {
    LIGGARE_CHECK(set_rewrapped(database, decision, {epoch, executed.key_ids, 0}));
  }
  return set_step(database, decision, StoredStep::finished);
}

Result<void> rewrap_all(KeyTable& table, EpochKeys& keys,
                        const std::vector<ExecutedErasure>& executed, RestoreReport& report) {
  LIGGARE_TRY(Transaction transaction, table.begin());
  for (const auto& [bucket, removal] : removals_of(executed)) {
    Result<EpochKey>& current = keys[bucket];
    if (!current) return Unexpected{current.error()};
    EpochKey next{current->epoch + 1, random_key()};
    LIGGARE_TRY(Removed removed, rewrap_bucket(table, bucket, *current, next, removal));
    report.key_ids.insert(report.key_ids.end(), removed.key_ids.begin(), removed.key_ids.end());
    report.punctured += removed.punctured;
    current = std::move(next);
  }
  for (const ExecutedErasure& one : executed) {
    LIGGARE_CHECK(record(table.database(), one, keys[bucket_of(one.erasure.subject)]->epoch));
  }
  return transaction.commit();
}

// The registry is the backup's own: what was registered after it was made is forgotten, and could
// be opened all the same.
Result<BackupState> register_unknown(Database& database, const BackupState& restored, Day today) {
  LIGGARE_TRY(const std::int64_t erasures, rewrapped_count(database));
  BackupState unknown{.id = to_hex(random_bytes(backup_id_bytes)),
                      .label = "made after " + restored.id,
                      .made = today,
                      .expires = no_last_day(),
                      .key_fingerprint = restored.key_fingerprint,
                      .state = BackupStanding::live};
  LIGGARE_CHECK(insert_backup(database, {unknown, erasures}));
  return unknown;
}

// A damaged slot stays as it is: it costs its own bucket.
std::string encode_all(const EpochKeys& keys, std::string file, const KeyEncryptionKey& key) {
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (!keys[bucket]) continue;
    file.replace(bucket * slot_bytes, slot_bytes,
                 encode_slot(bucket, {keys[bucket]->clone(), std::nullopt}, key));
  }
  return file;
}

}  // namespace

Result<BackupState> identify_backup(const std::filesystem::path& folder,
                                    const KeyEncryptionKey& key) {
  LIGGARE_TRY(const std::string text, read_file(folder / manifest_file));
  LIGGARE_TRY(BackupManifest manifest, decode_manifest(text, key));
  return std::move(manifest.backup);
}

Result<RestoreReport> restore(const RestoreOrder& order, KeyEncryptionKey key) {
  LIGGARE_TRY(const BackupFiles files, read_backup(order, key));
  LIGGARE_TRY(const bool made_before, is_there(order.into));
  if (made_before) {
    return fail(ErrorCode::invalid_argument, order.into.string() + " exists already");
  }
  LIGGARE_CHECK(make_vault_folder(order.into));
  LIGGARE_CHECK(write_new_file(order.into / keys_file, files.keys, Readers::owner));
  LIGGARE_TRY(KeyTable table, KeyTable::open(order.into / keys_file));
  LIGGARE_TRY(Slots slots, decode_slots(files.slots, key));
  LIGGARE_TRY(const auto epochs, table.epochs());
  EpochKeys keys = keys_in_force(std::move(slots), epochs);
  RestoreReport report{
      .backup = files.backup, .unknown = files.backup, .key_ids = {}, .punctured = 0};
  LIGGARE_CHECK(rewrap_all(table, keys, order.executed, report));
  LIGGARE_TRY(report.unknown, register_unknown(table.database(), files.backup, order.today));
  std::sort(report.key_ids.begin(), report.key_ids.end());
  LIGGARE_CHECK(write_slots(order.into, encode_all(keys, files.slots, key)));
  return report;
}

}  // namespace liggare::vault
