// The keys of a closed vault: in the clear, as nothing may ever hold them, and as its files do.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "ledger/parts.h"
#include "tests/support/temporary_folder.h"
#include "vault/bucket.h"
#include "vault/key_file.h"
#include "vault/number_table.h"
#include "vault/vault_files.h"

namespace liggare::ledger {

struct StoredKeys {
  std::vector<std::string> roots;  // Of class keys.
  std::vector<std::string> epoch_keys;
  std::vector<std::string> index_keys;
  std::vector<std::string> wrapped_roots;
  std::vector<std::string> wrapped_epoch_keys;
};

// Of these subjects, whose keys are whole, and of their buckets.
inline StoredKeys stored_keys(const Folders& folders, const std::set<std::string>& subjects) {
  constexpr std::size_t wrapped_at = 20;  // In a slot (schema/vault.md).
  constexpr std::size_t wrapped_bytes = 72;
  StoredKeys keys;
  const std::filesystem::path folder = vault_folder(folders);
  const auto locked_by = vault::read_key_file(vault_key_file(folders));
  const std::string file = test::read_bytes(folder / vault::slots_file);
  auto table = vault::KeyTable::open(folder / vault::keys_file).value();
  const auto epoch_keys =
      vault::keys_in_force(vault::decode_slots(file, *locked_by).value(), table.epochs().value());
  std::set<std::uint32_t> buckets;
  for (const std::string& subject : subjects) buckets.insert(vault::bucket_of(subject));
  for (const std::uint32_t bucket : buckets) {
    keys.epoch_keys.emplace_back(epoch_keys[bucket]->key.view());
    keys.wrapped_epoch_keys.push_back(
        file.substr(bucket * vault::slot_bytes + wrapped_at, wrapped_bytes));
    const auto index_key = vault::index_key(table.database(), bucket).value();
    if (index_key) {
      keys.index_keys.emplace_back(
          vault::unwrap_index_key(epoch_keys[bucket]->key, bucket, index_key->wrapped)
              .value()
              .view());
    }
  }
  EXPECT_TRUE(table.for_each([&](const Result<vault::KeyRow>& row) {
    if (!row || !subjects.contains(row->name.subject)) return;
    const auto key = vault::open_row(*row, epoch_keys);
    EXPECT_TRUE(key && key->nodes.size() == 1);
    keys.roots.emplace_back(key->nodes.front().key.view());
    keys.wrapped_roots.push_back(row->wrapped);
  }));
  return keys;
}

}  // namespace liggare::ledger
