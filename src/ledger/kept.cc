#include "ledger/kept.h"

#include "base/diagnostics.h"

namespace liggare::ledger {

using projection::KeptRows;

std::unique_ptr<KeptRows> open_kept_for_reading(const std::filesystem::path& folder) {
  auto kept = KeptRows::open(folder, store::Access::read_only);
  if (kept) return *std::move(kept);
  if (kept.error().code != ErrorCode::not_found) {
    diagnostics::warn("the kept projections can't be read (" + kept.error().message +
                      "); answers are folded from the log");
  }
  return nullptr;
}

Result<void> with_kept_for_writing(const std::filesystem::path& folder,
                                   const std::function<Result<void>(KeptRows&)>& work) {
  {
    const auto kept = KeptRows::open(folder, store::Access::write);
    const auto done = kept ? work(**kept) : Result<void>(Unexpected{kept.error()});
    if (done || done.error().code != ErrorCode::corrupt) return done;
    diagnostics::warn(done.error().message + "; the kept projections are made anew");
  }
  LIGGARE_CHECK(store::RowStore::destroy(folder));
  LIGGARE_TRY(const auto kept, KeptRows::open(folder, store::Access::write));
  return work(*kept);
}

}  // namespace liggare::ledger
