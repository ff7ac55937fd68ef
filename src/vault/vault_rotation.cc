// Changing the key-encryption key.
#include <algorithm>
#include <utility>

#include "base/file.h"
#include "vault/backup_table.h"
#include "vault/erasure_table.h"
#include "vault/vault.h"
#include "vault/vault_files.h"

namespace liggare::vault {
namespace {

bool is_locked_by_another(const Result<Slot>& slot) {
  return !slot && slot.error().code == ErrorCode::vault_unavailable;
}

// The slots that only the old key opens, locked with the new one.
Result<std::map<std::uint32_t, std::string>> slots_left(const std::string& file,
                                                        const KeyEncryptionKey& old_key,
                                                        const KeyEncryptionKey& new_key) {
  LIGGARE_TRY(const Slots under_new, decode_each_slot(file, new_key));
  LIGGARE_TRY(const Slots under_old, decode_each_slot(file, old_key));
  std::map<std::uint32_t, std::string> left;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (is_locked_by_another(under_new[bucket]) && under_old[bucket]) {
      left[bucket] = encode_slot(bucket, *under_old[bucket], new_key);
    }
  }
  return left;
}

}  // namespace

std::string Vault::key_fingerprint() const {
  const std::lock_guard lock(mutex_);
  return fingerprint_of(key_);
}

Result<void> Vault::rotate(KeyEncryptionKey new_key) {
  const std::lock_guard lock(mutex_);
  const VaultKeys change{fingerprint_of(key_), fingerprint_of(new_key)};
  if (change.current == change.next) {
    return fail(ErrorCode::invalid_argument, "the vault is locked by this key already");
  }
  LIGGARE_CHECK(check_erasures_at(table_.database(), StoredStep::finished));
  LIGGARE_CHECK(use_.take_alone(UseLock::Patience::two_seconds));
  at_step();
  LIGGARE_CHECK(set_vault_keys(table_.database(), change));
  at_step();
  // One by one, each durable: what an interrupted change leaves is a slot under one of the keys.
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (!epoch_keys_[bucket]) continue;
    LIGGARE_CHECK(overwrite_slots(
        folder_ / slots_file,
        {{bucket, encode_slot(bucket, {epoch_keys_[bucket]->clone(), std::nullopt}, new_key)}}));
    at_step();
  }
  LIGGARE_CHECK(set_vault_keys(table_.database(), {change.next, ""}));
  at_step();
  key_ = std::move(new_key);
  return {};
}

Result<std::unique_ptr<Vault>> Vault::finish_rotation(const std::filesystem::path& folder,
                                                      const KeyEncryptionKey& old_key,
                                                      KeyEncryptionKey new_key) {
  LIGGARE_TRY(const bool has_slots, is_there(folder / slots_file));
  if (!has_slots) return fail(ErrorCode::vault_unavailable, "no vault in " + folder.string());
  {
    LIGGARE_TRY(UseLock use, UseLock::share(folder / slots_file));
    LIGGARE_CHECK(use.take_alone(UseLock::Patience::two_seconds));
    LIGGARE_TRY(KeyTable table, KeyTable::open(folder / keys_file));
    LIGGARE_TRY(const auto keys, vault_keys(table.database()));
    if (keys && !keys->next.empty()) {
      if (keys->next != fingerprint_of(new_key) || keys->current != fingerprint_of(old_key)) {
        return fail(ErrorCode::vault_unavailable, "the change that was interrupted is from key " +
                                                      keys->current + " to key " + keys->next);
      }
      LIGGARE_TRY(const std::string file, read_file(folder / slots_file));
      LIGGARE_TRY(const auto left, slots_left(file, old_key, new_key));
      LIGGARE_CHECK(overwrite_slots(folder / slots_file, left));
      LIGGARE_CHECK(set_vault_keys(table.database(), {keys->next, ""}));
    }
  }
  return open(folder, std::move(new_key));
}

}  // namespace liggare::vault
