// The vault's blind index.
#include <map>
#include <utility>

#include "base/random.h"
#include "vault/number_table.h"
#include "vault/vault.h"

namespace liggare::vault {
namespace {

ClassKeyName identity_of(const std::string& subject) { return {subject, PersonalClass::identity}; }

}  // namespace

Result<void> Vault::index_numbers(std::span<const NumberEntry> entries) {
  if (entries.empty()) return {};
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(Transaction transaction, table_.begin());
  IndexKeys index_keys;
  std::vector<NumberRow> rows;
  for (const NumberEntry& entry : entries) {
    LIGGARE_TRY(NumberRow row, seal_number(entry, index_keys));
    rows.push_back(std::move(row));
  }
  LIGGARE_CHECK(insert_numbers(table_.database(), rows));
  return transaction.commit();
}

Result<NumberRow> Vault::seal_number(const NumberEntry& entry, IndexKeys& index_keys) {
  if (entry.index.size() != sealing::index_bytes) {
    return fail(ErrorCode::invalid_argument, "a section's index has 4 bytes");
  }
  LIGGARE_TRY(const SecretKey base, leaf_at(entry.key_id, identity_of(entry.subject), entry.index));
  const std::uint32_t bucket = bucket_of(entry.subject);
  if (!index_keys.contains(bucket)) {
    LIGGARE_TRY(SecretKey key, index_key_of(bucket));
    index_keys.emplace(bucket, std::move(key));
  }
  return NumberRow{bucket, number_mac(index_keys.at(bucket), entry.number), entry.key_id,
                   entry.index, seal_entry(base, entry)};
}

// Made where there is none, in the transaction that runs.
Result<SecretKey> Vault::index_key_of(std::uint32_t bucket) {
  const Result<EpochKey>& slot = epoch_keys_[bucket];
  if (!slot) return Unexpected{slot.error()};
  LIGGARE_TRY(const auto row, index_key(table_.database(), bucket));
  if (row) return unwrap_index_key(slot->key, bucket, row->wrapped);
  SecretKey key = random_key();
  LIGGARE_CHECK(put_index_key(table_.database(),
                              {bucket, slot->epoch, wrap_index_key(slot->key, bucket, key)}));
  return key;
}

Result<std::vector<std::string>> Vault::find_number(std::string_view number) {
  const std::lock_guard lock(mutex_);
  std::set<std::string> subjects;
  std::optional<Error> damage;
  LIGGARE_TRY(const auto buckets, index_keys(table_.database()));
  for (const IndexKeyRow& bucket : buckets) {
    const auto key = index_key_of(bucket.bucket);
    if (!key) {
      damage = key.error();
      continue;
    }
    LIGGARE_TRY(const auto rows,
                numbers_with(table_.database(), bucket.bucket, number_mac(*key, number)));
    for (const NumberRow& row : rows) {
      const auto entry = open_number(row);
      if (entry && entry->number == number) {
        subjects.insert(entry->subject);
      } else if (!entry && entry.error().code == ErrorCode::corrupt) {
        damage = entry.error();
      }
    }
  }
  if (subjects.empty() && damage) return Unexpected{*damage};
  return std::vector<std::string>(subjects.begin(), subjects.end());
}

Result<NumberEntry> Vault::open_number(const NumberRow& row) {
  LIGGARE_TRY(const auto stored, table_.find(row.key_id));
  if (!stored) return fail(ErrorCode::not_found, words_for_key(row.key_id) + " was destroyed");
  LIGGARE_TRY(const SecretKey base, leaf_at(row.key_id, stored->name, row.index));
  return open_entry(base, row.key_id, row.index, row.sealed);
}

}  // namespace liggare::vault
