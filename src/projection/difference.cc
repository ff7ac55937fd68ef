#include "projection/difference.h"

namespace liggare::projection {

void add_stream(std::span<const Projection> projections, const domain::Subject& subject,
                std::span<const domain::RecordedEventPtr> before,
                std::span<const domain::RecordedEventPtr> events, RowDifference& difference) {
  fold_stream(projections, subject, before, difference.removed);
  fold_stream(projections, subject, events, difference.added);
}

void drop_unchanged(RowDifference& difference) {
  Rows& removed = difference.removed;
  Rows& added = difference.added;
  for (auto row = removed.begin(); row != removed.end();) {
    const auto same = added.find(row->first);
    if (same != added.end() && same->second == row->second) {
      added.erase(same);
      row = removed.erase(row);
    } else {
      ++row;
    }
  }
}

void apply(Rows& rows, RowDifference difference) {
  for (const auto& [key, row] : difference.removed) rows.erase(key);
  for (auto& [key, row] : difference.added) rows.insert_or_assign(key, std::move(row));
}

}  // namespace liggare::projection
