// Rows in memory as a source, borrowed.
#pragma once

#include "projection/projection.h"
#include "projection/row_source.h"

namespace liggare::projection {

class RowsView final : public RowSource {
 public:
  // `rows` must outlive it.
  explicit RowsView(const Rows& rows) : rows_(rows) {}
  Result<void> scan(std::string_view table, const Visit& visit) const override {
    for (auto row = rows_.lower_bound({std::string(table), {}});
         row != rows_.end() && row->first.first == table; ++row) {
      visit(row->first.second, row->second);
    }
    return {};
  }

 private:
  const Rows& rows_;
};

}  // namespace liggare::projection
