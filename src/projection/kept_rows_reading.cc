// The reading half of KeptRows.
#include "projection/kept_layout.h"
#include "projection/kept_rows.h"
#include "projection/side_by_side.h"

namespace liggare::projection {
namespace {

using namespace kept_layout;

std::string table_prefix(const KeptState& state, const Projection& projection,
                         std::string_view table) {
  return rows_prefix(state.build, projection.name) + std::string(table).append(1, '\0');
}

}  // namespace

Result<TableState> KeptRows::visit_rows(std::string_view table, const StoredRange& range,
                                        const RowSource::Visit& visit) const {
  TableState found;
  LIGGARE_CHECK(store_->scan(range.from, range.to,
                             [&](std::string_view key, std::string_view row) -> Result<void> {
                               key.remove_prefix(range.prefix_bytes);
                               ++found.rows;
                               found.checksum += checksum_of(table, key, row);
                               visit(key, row);
                               return {};
                             }));
  return found;
}

Result<void> KeptRows::scan(const Projection& projection, const KeptState& state,
                            std::string_view table, const RowSource::Visit& visit) const {
  const std::string prefix = table_prefix(state, projection, table);
  LIGGARE_TRY(const TableState found,
              visit_rows(table, {prefix, store::end_of_prefix(prefix), prefix.size()}, visit));
  if (found != state.table(table)) return damaged(projection.name);
  return {};
}

Result<void> KeptRows::scan_in_halves(const Projection& projection, const KeptState& state,
                                      std::string_view table, std::string_view middle,
                                      const RowSource::Visit& first,
                                      const RowSource::Visit& second) const {
  const std::string prefix = table_prefix(state, projection, table);
  const std::string cut = prefix + std::string(middle);
  TableState found;
  TableState found_second;
  LIGGARE_CHECK(side_by_side(
      threads_,
      [&]() -> Result<void> {
        LIGGARE_TRY(found, visit_rows(table, {prefix, cut, prefix.size()}, first));
        return {};
      },
      [&]() -> Result<void> {
        LIGGARE_TRY(found_second,
                    visit_rows(table, {cut, store::end_of_prefix(prefix), prefix.size()}, second));
        return {};
      }));
  found.rows += found_second.rows;
  found.checksum += found_second.checksum;
  if (found != state.table(table)) return damaged(projection.name);
  return {};
}

Result<std::string> KeptRows::middle_key(const Projection& projection, const KeptState& state,
                                         std::string_view table) const {
  const std::string prefix = table_prefix(state, projection, table);
  LIGGARE_TRY(const std::string middle, store_->middle(prefix));
  return middle.substr(prefix.size());
}

Result<Rows> KeptRows::read(const Projection& projection, const KeptState& state) const {
  Rows rows;
  for (const TableInfo& table : projection.tables) {
    LIGGARE_CHECK(
        scan(projection, state, table.name, [&](std::string_view key, std::string_view row) {
          rows.emplace(RowKey{table.name, key}, row);
        }));
  }
  return rows;
}

}  // namespace liggare::projection
