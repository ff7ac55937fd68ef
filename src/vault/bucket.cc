#include "vault/bucket.h"

#include <optional>
#include <utility>

#include "base/random.h"

namespace liggare::vault {
namespace {

using Keys = std::map<std::string, ClassKey>;

Result<ClassKey> open_under(const EpochKey& epoch_key, const KeyRow& row) {
  if (row.epoch != static_cast<std::int64_t>(epoch_key.epoch)) {
    return fail(ErrorCode::corrupt, words_for_key(row.key_id) + " is of another epoch than slot " +
                                        std::to_string(row.bucket));
  }
  return unwrap_class_key(epoch_key.key, row.key_id, row.name, row.wrapped);
}

// Every index that can be punctured is; how many they were.
Result<std::uint64_t> puncture(ClassKey& key, const Removal& removal) {
  const auto punctures = removal.punctures.find(key.key_id);
  if (punctures == removal.punctures.end()) return std::uint64_t{0};
  std::uint64_t count = 0;
  for (const std::string& index : punctures->second) {
    if (sealing::node_over(key.nodes, index) == nullptr) continue;
    LIGGARE_TRY(key.nodes, sealing::puncture(std::move(key.nodes), index));
    ++count;
  }
  return count;
}

// Rewraps what survives, and gives it.
Result<Keys> rewrap_keys(KeyTable& table, const std::vector<Result<KeyRow>>& rows,
                         const EpochKey& current, const EpochKey& next, const Removal& removal,
                         Removed& removed) {
  Keys survivors;
  for (const Result<KeyRow>& row : rows) {
    if (!row) continue;
    if (removal.key_ids.contains(row->key_id)) {
      removed.key_ids.push_back(row->key_id);
      continue;
    }
    auto key = open_under(current, *row);
    if (!key) continue;
    LIGGARE_TRY(const std::uint64_t punctured, puncture(*key, removal));
    removed.punctured += punctured;
    KeyRow changed = *row;
    changed.epoch = static_cast<std::int64_t>(next.epoch);
    changed.wrapped = wrap_class_key(next.key, *key);
    LIGGARE_CHECK(table.update(changed));
    survivors.emplace(row->key_id, *std::move(key));
  }
  return survivors;
}

std::optional<NumberEntry> open_number(const Keys& keys, const NumberRow& row) {
  const auto key = keys.find(row.key_id);
  if (key == keys.end()) return std::nullopt;
  const auto base = sealing::base_key(key->second.nodes, row.index);
  if (!base) return std::nullopt;
  auto entry = open_entry(*base, row.key_id, row.index, row.sealed);
  if (!entry) return std::nullopt;
  return *std::move(entry);
}

Result<void> rewrap_numbers(Database& database, std::uint32_t bucket, const EpochKey& next,
                            const Keys& survivors) {
  LIGGARE_TRY(const auto rows, numbers_in(database, bucket));
  LIGGARE_CHECK(remove_numbers(database, bucket));
  const SecretKey index_key = random_key();
  std::vector<NumberRow> kept;
  for (const NumberRow& row : rows) {
    const auto entry = open_number(survivors, row);
    if (!entry) continue;
    NumberRow& changed = kept.emplace_back(row);
    changed.mac = number_mac(index_key, entry->number);
  }
  if (kept.empty()) return {};
  LIGGARE_CHECK(insert_numbers(database, kept));
  return put_index_key(database, {bucket, next.epoch, wrap_index_key(next.key, bucket, index_key)});
}

}  // namespace

Result<ClassKey> open_row(const KeyRow& row, const EpochKeys& epoch_keys) {
  const std::uint32_t bucket = bucket_of(row.name.subject);
  if (row.bucket != bucket) {
    return fail(ErrorCode::corrupt,
                words_for_key(row.key_id) + " is in another bucket than its own");
  }
  const Result<EpochKey>& slot = epoch_keys[bucket];
  if (!slot) {
    return fail(slot.error().code,
                words_for_key(row.key_id) + " can't open: " + slot.error().message);
  }
  return open_under(*slot, row);
}

Result<Removed> rewrap_bucket(KeyTable& table, std::uint32_t bucket, const EpochKey& current,
                              const EpochKey& next, const Removal& removal) {
  Removed removed;
  LIGGARE_TRY(const auto rows, table.rows_in(bucket));
  LIGGARE_TRY(const Keys survivors, rewrap_keys(table, rows, current, next, removal, removed));
  for (const std::string& key_id : removal.key_ids) {
    LIGGARE_CHECK(table.destroy(key_id));
  }
  for (const auto& [key_id, indexes] : removal.punctures) {
    for (const std::string& index : indexes) {
      LIGGARE_CHECK(table.note_puncture(key_id, index));
    }
  }
  LIGGARE_CHECK(rewrap_numbers(table.database(), bucket, next, survivors));
  LIGGARE_CHECK(table.set_epoch(bucket, next.epoch));
  return removed;
}

}  // namespace liggare::vault
