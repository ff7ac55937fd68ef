// The blind index in `keys.sqlite`: wrapped index keys and sealed entries (number_index.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/database.h"

namespace liggare::vault {

struct NumberRow {
  std::uint32_t bucket = 0;
  std::string mac;
  std::string key_id;
  std::string index;
  std::string sealed;
};

struct IndexKeyRow {
  std::uint32_t bucket = 0;
  std::uint64_t epoch = 0;
  std::string wrapped;
};

Result<std::vector<IndexKeyRow>> index_keys(Database& database);
Result<std::optional<IndexKeyRow>> index_key(Database& database, std::uint32_t bucket);
// In place of the bucket's earlier one.
Result<void> put_index_key(Database& database, const IndexKeyRow& row);

// Leaves out those of which the bucket has an entry with the same mac, key id and index.
Result<void> insert_numbers(Database& database, std::span<const NumberRow> rows);
Result<std::vector<NumberRow>> numbers_with(Database& database, std::uint32_t bucket,
                                            std::string_view mac);
Result<std::vector<NumberRow>> numbers_in(Database& database, std::uint32_t bucket);
// Removes the bucket's index key and entries.
Result<void> remove_numbers(Database& database, std::uint32_t bucket);

}  // namespace liggare::vault
