#include "ledger/restore_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/file.h"
#include "inspect/access_check.h"
#include "inspect/access_signed.h"
#include "ledger/access_log.h"
#include "ledger/leaf_files.h"
#include "ledger/restore_anchors.h"
#include "store/head_file.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

std::string name_of(int year) { return fmt::format("the access log of {}", year); }

// How many records there are, as HEAD of the year and what can be read of its log say.
std::uint64_t size_of(const fs::path& ledger, int year) {
  const fs::path folder = access_folder(ledger, year);
  const auto reading = store::HeadFile::read(folder / "HEAD");
  const std::uint64_t by_head = reading && reading->newest ? reading->newest->head.tree_size : 0;
  const auto log = FormerLog::in(folder);
  return std::max(by_head, log ? log->head.tree_size : 0);
}

std::set<int> dropped_years(const RestorePlace& place) {
  std::set<int> years;
  const auto trees = inspect::AccessTrees::open(place.ledger());
  if (!trees) return years;
  for (const inspect::DroppedYear& each : trees->dropped()) {
    const int year = static_cast<int>(each.end.year);
    if (!place.has_year(year)) years.insert(year);
  }
  return years;
}

}  // namespace

Result<void> RestoreAccess::build() {
  std::set<int> years(place_.years().begin(), place_.years().end());
  for (const AccessTree& year : manifest_.access) years.insert(year.year);
  dropped_ = dropped_years(place_);
  for (const int year : dropped_) years.erase(year);
  if (years.empty()) return hold_against_signed();
  const fs::path folder = place_.building() / "access";
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  LIGGARE_CHECK(sync_folder(place_.building()));
  for (const int year : years) {
    LIGGARE_CHECK(build_year(year));
    if (request_.at_step) request_.at_step();
  }
  return hold_against_signed();
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

// Of a year that is there and is not served.
Result<void> RestoreAccess::judge_lost(int year) {
  const AccessTree* kept = in_backup(year);
  const std::uint64_t kept_size = kept == nullptr ? 0 : kept->head.tree_size;
  const std::uint64_t had = size_of(place_.ledger(), year);
  if (had <= kept_size) return {};
  is_behind_ = true;
  if (request_.accept_rollback) return {};
  return rollback("what is left of " + name_of(year), kept_size, had);
}

// What was signed last must still be there: the key signs nothing else at that size.
Result<void> RestoreAccess::hold_against_signed() {
  const std::string signed_file = "SIGNED.access, beside the keys,";
  const auto last = keys_.last_signed();
  if (!last && last.error().code == ErrorCode::not_found) return {};
  if (!last) return Unexpected{last.error()};
  if (!last->note) return {};
  const auto year = inspect::access_year_of(manifest_.identity.origin, last->key.name);
  if (!year) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} is of {}, the backup of {}; nothing was changed", signed_file,
                            last->key.name, manifest_.identity.origin));
  }
  if (dropped_.contains(*year)) return {};
  LIGGARE_TRY(const auto head, last->head());
  LIGGARE_TRY(const auto trees, inspect::AccessTrees::open(place_.building()));
  LIGGARE_TRY(const auto standing, trees.judge_year(*year, head));
  if (standing == inspect::AccessStanding::holds) return {};
  if (standing == inspect::AccessStanding::dropped) return {};
  const std::uint64_t has = size_of(place_.building(), *year);
  if (has >= head.tree_size) return other_history(signed_file, head.tree_size);
  is_behind_ = true;
  if (request_.accept_rollback) return {};
  return rollback(signed_file, has, head.tree_size);
}

}  // namespace liggare::ledger
