#include "vault/number_table.h"

#include <utility>

namespace liggare::vault {
namespace {

Result<std::vector<IndexKeyRow>> read_index_keys(Statement select) {
  std::vector<IndexKeyRow> rows;
  LIGGARE_CHECK(select.for_each([&]() -> Result<void> {
    rows.push_back({static_cast<std::uint32_t>(select.integer(0)),
                    static_cast<std::uint64_t>(select.integer(1)), select.bytes(2)});
    return {};
  }));
  return rows;
}

Result<std::vector<NumberRow>> read_numbers(Statement& select) {
  std::vector<NumberRow> rows;
  LIGGARE_CHECK(select.for_each([&]() -> Result<void> {
    rows.push_back({static_cast<std::uint32_t>(select.integer(0)), select.bytes(1), select.bytes(2),
                    select.bytes(3), select.bytes(4)});
    return {};
  }));
  return rows;
}

constexpr std::string_view number_columns =
    "SELECT bucket, mac, key_id, section_index, sealed FROM number_entry WHERE bucket = ?";

}  // namespace

Result<std::vector<IndexKeyRow>> index_keys(Database& database) {
  LIGGARE_TRY(Statement select,
              database.prepare("SELECT bucket, epoch, wrapped FROM index_key ORDER BY bucket"));
  return read_index_keys(std::move(select));
}

Result<std::optional<IndexKeyRow>> index_key(Database& database, std::uint32_t bucket) {
  LIGGARE_TRY(Statement select,
              database.prepare("SELECT bucket, epoch, wrapped FROM index_key WHERE bucket = ?"));
  select.bind_integer(1, bucket);
  LIGGARE_TRY(auto rows, read_index_keys(std::move(select)));
  if (rows.empty()) return std::optional<IndexKeyRow>();
  return std::optional<IndexKeyRow>(std::move(rows.front()));
}

Result<void> put_index_key(Database& database, const IndexKeyRow& row) {
  LIGGARE_TRY(Statement put, database.prepare("INSERT OR REPLACE INTO index_key VALUES (?, ?, ?)"));
  return put.bind_integer(1, row.bucket)
      .bind_integer(2, static_cast<std::int64_t>(row.epoch))
      .bind_blob(3, row.wrapped)
      .run();
}

Result<void> insert_numbers(Database& database, std::span<const NumberRow> rows) {
  LIGGARE_TRY(Statement insert,
              database.prepare("INSERT OR IGNORE INTO number_entry VALUES (?, ?, ?, ?, ?)"));
  for (const NumberRow& row : rows) {
    LIGGARE_CHECK(insert.bind_integer(1, row.bucket)
                      .bind_blob(2, row.mac)
                      .bind_blob(3, row.key_id)
                      .bind_blob(4, row.index)
                      .bind_blob(5, row.sealed)
                      .run());
  }
  return {};
}

Result<std::vector<NumberRow>> numbers_with(Database& database, std::uint32_t bucket,
                                            std::string_view mac) {
  LIGGARE_TRY(Statement select, database.prepare(std::string(number_columns) + " AND mac = ?"));
  select.bind_integer(1, bucket).bind_blob(2, mac);
  return read_numbers(select);
}

Result<std::vector<NumberRow>> numbers_in(Database& database, std::uint32_t bucket) {
  LIGGARE_TRY(Statement select, database.prepare(number_columns));
  select.bind_integer(1, bucket);
  return read_numbers(select);
}

Result<void> remove_numbers(Database& database, std::uint32_t bucket) {
  for (const char* table : {"number_entry", "index_key"}) {
    LIGGARE_TRY(Statement remove,
                database.prepare(std::string("DELETE FROM ") + table + " WHERE bucket = ?"));
    LIGGARE_CHECK(remove.bind_integer(1, bucket).run());
  }
  return {};
}

}  // namespace liggare::vault
