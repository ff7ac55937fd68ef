#include "ledger/leaf_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"

namespace liggare::ledger {

std::vector<LeafFile> leaf_files(const std::string& folder, std::uint64_t size) {
  std::vector<LeafFile> files;
  for (std::uint64_t first = 0; first < size; first += leaves_per_file) {
    const std::uint64_t count = std::min(leaves_per_file, size - first);
    files.push_back(
        {fmt::format("{}/{:09}-{}", folder, first / leaves_per_file, count), first, count});
  }
  return files;
}

std::string year_folder(int year) { return fmt::format("access/{:04}", year); }

void put_leaf(std::string& bytes, std::string_view leaf) {
  LIGGARE_ASSERT(leaf.size() <= UINT16_MAX, "a leaf that is longer than any");
  put_u16(bytes, static_cast<std::uint16_t>(leaf.size()));
  bytes += leaf;
}

Result<std::vector<std::string_view>> leaves_in(std::string_view bytes, std::uint64_t count) {
  std::vector<std::string_view> leaves;
  while (bytes.size() >= 2) {
    const std::size_t size = static_cast<unsigned char>(bytes[0]) * std::size_t{256} +
                             static_cast<unsigned char>(bytes[1]);
    if (bytes.size() - 2 < size) break;
    leaves.push_back(bytes.substr(2, size));
    bytes.remove_prefix(2 + size);
  }
  if (bytes.empty() && leaves.size() == count) return leaves;
  return fail(ErrorCode::corrupt, fmt::format("{} leaves and {} bytes more, instead of {} leaves",
                                              leaves.size(), bytes.size(), count));
}

}  // namespace liggare::ledger
