// Files of leaves in a backup: up to 8,192 each, as C2SP tlog-tiles has its entries (u16 length ‖
// leaf, again and again). A full file never changes, so the next backup only adds.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace liggare::ledger {

inline constexpr std::uint64_t leaves_per_file = 8'192;

struct LeafFile {
  std::string name;  // "log/000000007-8192": the eighth, with so many leaves.
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

// The files of a tree of `size` leaves, in order.
std::vector<LeafFile> leaf_files(const std::string& folder, std::uint64_t size);
// "access/2026"
std::string year_folder(int year);

// Requires a leaf of at most 65,535 bytes.
void put_leaf(std::string& bytes, std::string_view leaf);
// The leaves, as views of `bytes`. corrupt unless there are `count` and nothing more.
Result<std::vector<std::string_view>> leaves_in(std::string_view bytes, std::uint64_t count);

}  // namespace liggare::ledger
