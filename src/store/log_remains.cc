#include "store/log_remains.h"

#include "store/opening.h"
#include "store/stored_tree.h"

namespace liggare::store {

Result<LogRemains> LogRemains::open(const std::filesystem::path& folder) {
  LIGGARE_TRY(auto database,
              Database::open(folder.string(), Access::read_only, nullptr, WhenMissing::fail));
  LIGGARE_TRY(auto identity, stored_identity(*database));
  LIGGARE_TRY(const merkle::TreeHead head, stored_head(*database));
  return LogRemains(std::move(database), std::move(identity), head);
}

Result<Hash> LogRemains::root_at(std::uint64_t size) const {
  return merkle::root_at(size, StoredTree(*database_, identity_.tree_layout).reader());
}

}  // namespace liggare::store
