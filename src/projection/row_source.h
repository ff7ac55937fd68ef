// Where reports read facts: kept projections at now, a fold of the prefix at the past.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "projection/row.h"

namespace liggare::projection {

class RowSource {
 public:
  virtual ~RowSource() = default;
  // About how many rows scan() visits; 0 where nobody knows.
  virtual std::uint64_t rows_about(std::string_view) const { return 0; }
  // How many may scan at once.
  virtual unsigned threads() const { return 1; }
  // Visits the rows of `table` in the order of their keys. corrupt or io where they can't be read.
  using Visit = std::function<void(std::string_view key, std::string_view row)>;
  virtual Result<void> scan(std::string_view table, const Visit& visit) const = 0;
  // The same in two parts, in the order of their keys each: `first` visits what comes before some
  // key and `second`, at the same time on another thread, what comes from it on. Where several may
  // not scan at once, `first` visits all.
  virtual Result<void> scan_in_halves(std::string_view table, const Visit& first,
                                      const Visit&) const {
    return scan(table, first);
  }
};

// For so many rows room is made at once: a count that is damaged may claim any number.
inline constexpr std::uint64_t rows_room_max = std::uint64_t{1} << 20;

template <TableRow Row>
std::uint64_t room_for(const RowSource& source) {
  return std::min(source.rows_about(Row::table), rows_room_max);
}

// Visits the rows of `table` whose keys are wanted, in the order of their keys: for whoever needs
// little of each row, or few of them. The table is read whole all the same: only so is damage
// noticed. A row stays until its visit ends, and may be moved from.
template <TableRow Row, class Wanted, class Visit>
Result<void> each_row_if(const RowSource& source, const Wanted& is_wanted, const Visit& visit) {
  Row row{};  // What it holds keeps its room from one row to the next.
  return source.scan(Row::table, [&](std::string_view key, std::string_view bytes) {
    if (!is_wanted(key)) return;
    RowReader(bytes).read(row);
    visit(row);
  });
}

template <TableRow Row, class Visit>
Result<void> each_row(const RowSource& source, const Visit& visit) {
  return each_row_if<Row>(
      source, [](std::string_view) { return true; }, visit);
}

// Visits all rows of `table`, in two parts as RowSource::scan_in_halves().
template <TableRow Row, class First, class Second>
Result<void> each_row_in_halves(const RowSource& source, const First& first, const Second& second) {
  Row first_row{};
  Row second_row{};
  return source.scan_in_halves(
      Row::table,
      [&](std::string_view, std::string_view bytes) {
        RowReader(bytes).read(first_row);
        first(first_row);
      },
      [&](std::string_view, std::string_view bytes) {
        RowReader(bytes).read(second_row);
        second(second_row);
      });
}

// The rows of a table, in the order of their keys: all, or those whose keys begin with `first`, the
// first part of a joined_key().
template <TableRow Row>
Result<std::vector<Row>> rows_of(const RowSource& source, std::string_view first = {}) {
  std::vector<Row> rows;
  if (first.empty()) {
    rows.reserve(room_for<Row>(source));
  }
  const std::string prefix = first.empty() ? "" : joined_key(first, "");
  LIGGARE_CHECK(each_row_if<Row>(
      source, [&](std::string_view key) { return key.starts_with(prefix); },
      [&](Row& row) { rows.push_back(std::move(row)); }));
  return rows;
}

}  // namespace liggare::projection
