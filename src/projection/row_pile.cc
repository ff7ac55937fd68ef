#include "projection/row_pile.h"

#include <algorithm>

namespace liggare::projection {

void RowPile::sort() {
  for (auto& [name, rows] : tables_) {
    const auto before = [](const Row& left, const Row& right) { return left.key < right.key; };
    // Streams come in the order of their subjects, with which most keys begin.
    if (!std::is_sorted(rows.begin(), rows.end(), before)) {
      std::stable_sort(rows.begin(), rows.end(), before);
    }
    const auto same_key = [](const Row& left, const Row& right) { return left.key == right.key; };
    // From the back, so that the last of each is the one that stays.
    rows.erase(rows.begin(), std::unique(rows.rbegin(), rows.rend(), same_key).base());
  }
}

std::span<const RowPile::Row> RowPile::table(std::string_view name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? std::span<const Row>() : found->second;
}

void RowPile::put_bytes(std::string_view table, std::string_view key, std::string_view bytes) {
  auto found = tables_.find(table);
  if (found == tables_.end()) found = tables_.try_emplace(std::string(table)).first;
  found->second.push_back({copy_of(key), copy_of(bytes)});
}

std::string_view RowPile::copy_of(std::string_view bytes) {
  constexpr std::size_t block_bytes = std::size_t{1} << 20U;
  if (bytes.size() > free_.size()) {
    const std::size_t size = std::max(block_bytes, bytes.size());
    free_ = {blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get(), size};
  }
  std::copy(bytes.begin(), bytes.end(), free_.begin());
  const std::string_view copy(free_.data(), bytes.size());
  free_ = free_.subspan(bytes.size());
  return copy;
}

}  // namespace liggare::projection
