#include "ledger/kept.h"

namespace liggare::ledger {

using projection::KeptRows;

std::unique_ptr<KeptRows> open_kept_for_reading(const std::filesystem::path& folder) {
  auto kept = KeptRows::open(folder, store::Access::read_only);
  return kept ? *std::move(kept) : nullptr;
}

Result<std::unique_ptr<KeptRows>> open_kept_for_writing(const std::filesystem::path& folder) {
  auto kept = KeptRows::open(folder, store::Access::write);
  if (kept || kept.error().code != ErrorCode::corrupt) return kept;
  LIGGARE_CHECK(store::RowStore::destroy(folder));
  return KeptRows::open(folder, store::Access::write);
}

}  // namespace liggare::ledger
