#include "audit/bundle_format.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {

void sums(std::string_view input) {
  const auto read = audit::parse_sums(input);
  if (!read) return;
  LIGGARE_ASSERT(audit::print_sums(*read) == input, "sums that have two texts");
  for (const auto& [path, hash] : *read) {
    LIGGARE_ASSERT(path.front() != '/' && path != audit::sums_name,
                   "a path that leaves the folder");
    if (const auto position = audit::position_in_leaf_path(path)) {
      LIGGARE_ASSERT(audit::leaf_path(*position) == path, "a leaf of two paths");
    }
  }
}

}  // namespace liggare::fuzz
