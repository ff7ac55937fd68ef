#include "ledger/restore_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/file.h"
#include "inspect/access_check.h"
#include "ledger/access_log.h"
#include "ledger/leaf_files.h"
#include "ledger/restore_anchors.h"
#include "store/head_file.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

std::string name_of(int year) { return fmt::format("the access log of {}", year); }

// How many records there were, as HEAD of the year says; 0 where it can't be read.
std::uint64_t size_by_head(const fs::path& ledger, int year) {
  const auto reading = store::HeadFile::read(access_folder(ledger, year) / "HEAD");
  return reading && reading->newest ? reading->newest->head.tree_size : 0;
}

// Years that were dropped since the backup do not come back.
void leave_out_dropped(const RestorePlace& place, std::set<int>& years) {
  const auto trees = inspect::AccessTrees::open(place.ledger());
  if (!trees) return;
  for (const inspect::DroppedYear& each : trees->dropped()) {
    const int year = static_cast<int>(each.end.year);
    if (!place.has_year(year)) years.erase(year);
  }
}

}  // namespace

Result<void> RestoreAccess::build() {
  std::set<int> years(place_.years().begin(), place_.years().end());
  for (const AccessTree& year : manifest_.access) years.insert(year.year);
  leave_out_dropped(place_, years);
  if (years.empty()) return {};
  const fs::path folder = place_.building() / "access";
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  LIGGARE_CHECK(sync_folder(place_.building()));
  for (const int year : years) {
    LIGGARE_CHECK(build_year(year));
    if (request_.at_step) request_.at_step();
  }
  return {};
}

const AccessTree* RestoreAccess::in_backup(int year) const {
  for (const AccessTree& each : manifest_.access) {
    if (each.year == year) return &each;
  }
  return nullptr;
}

Result<void> RestoreAccess::build_year(int year) {
  std::unique_ptr<store::EventLog> old;
  if (place_.has_year(year)) {
    auto opened = store::EventLog::open(
        {access_folder(place_.ledger(), year), store::Access::read_only, nullptr});
    if (opened) {
      old = *std::move(opened);
    } else {
      LIGGARE_CHECK(judge_lost(year));
      if (in_backup(year) == nullptr) return {};
    }
  }
  const store::LedgerIdentity identity =
      old ? old->identity()
          : store::LedgerIdentity{access_origin(manifest_.identity.origin, year),
                                  store::HeadMode::floor};
  LIGGARE_TRY(auto tree, RestoredTree::make(access_folder(place_.building(), year), identity,
                                            RestoredTree::Leaves::access_records));
  return add_longer(tree, year, old.get());
}

// Reading goes on when nothing is written, so the log that is there often has records that the
// backup lacks.
Result<void> RestoreAccess::add_longer(RestoredTree& tree, int year, const store::EventLog* old) {
  const AccessTree* kept = in_backup(year);
  const merkle::TreeHead there = old == nullptr ? merkle::TreeHead{} : old->head();
  const std::uint64_t kept_size = kept == nullptr ? 0 : kept->head.tree_size;
  if (old == nullptr || there.tree_size < kept_size) {
    LIGGARE_CHECK(leaves_.add_to(tree, year_folder(year), kept->head));
    if (old == nullptr) return {};
    LIGGARE_TRY(const Hash root, tree.root_at(there.tree_size));
    return root == there.root_hash ? Result<void>() : other_history(name_of(year), there.tree_size);
  }
  LIGGARE_CHECK(tree.add_from(*old, there.tree_size));
  records_kept_ += there.tree_size - kept_size;
  if (kept == nullptr) return {};
  LIGGARE_TRY(const Hash root, tree.root_at(kept_size));
  return root == kept->head.root_hash ? Result<void>() : other_history(name_of(year), kept_size);
}

// Of a year that is there and can't be read, HEAD says how much there was.
Result<void> RestoreAccess::judge_lost(int year) const {
  const AccessTree* kept = in_backup(year);
  const std::uint64_t kept_size = kept == nullptr ? 0 : kept->head.tree_size;
  const std::uint64_t had = size_by_head(place_.ledger(), year);
  if (had <= kept_size || request_.accept_rollback) return {};
  return rollback("HEAD of " + name_of(year), kept_size, had);
}

bool RestoreAccess::is_behind() const {
  return std::any_of(place_.years().begin(), place_.years().end(), [&](int year) {
    return size_by_head(place_.ledger(), year) > size_by_head(place_.building(), year);
  });
}

}  // namespace liggare::ledger
