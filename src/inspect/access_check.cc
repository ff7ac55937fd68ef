#include "inspect/access_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>

#include "codec/access_record.h"
#include "store/event_log.h"

namespace liggare::inspect {
namespace {

namespace fs = std::filesystem;

bool is_year(const std::string& name) {
  return name.size() == 4 &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::vector<fs::path>> year_folders(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code error;
  if (!fs::exists(folder, error) && !error) return folders;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (is_year(entry->path().filename().string())) folders.push_back(entry->path());
  }
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace

struct AccessTrees::Year {
  std::unique_ptr<store::EventLog> log;
  bool has_year_before = false;   // By its first record.
  std::optional<Instant> begins;  // No value where it is empty.
};

AccessTrees::AccessTrees() = default;
AccessTrees::AccessTrees(AccessTrees&&) noexcept = default;
AccessTrees::~AccessTrees() = default;

Result<AccessTrees> AccessTrees::open(const fs::path& ledger) {
  AccessTrees trees;
  LIGGARE_TRY(const auto folders, year_folders(ledger / "access"));
  for (const fs::path& folder : folders) {
    Year year;
    LIGGARE_TRY(year.log, store::EventLog::open({folder, store::Access::read_only, nullptr}));
    if (year.log->head().tree_size > 0) {
      LIGGARE_TRY(const std::string bytes, year.log->record(0));
      LIGGARE_TRY(const auto first, codec::decode_access_record(
                                        bytes, "access record 0 of " + folder.filename().string()));
      year.has_year_before = first.before.has_value();
      year.begins = first.recorded;
    }
    trees.years_.push_back(std::move(year));
  }
  return trees;
}

Result<AccessTrees::Standing> AccessTrees::judge(const merkle::TreeHead& claim,
                                                 Instant sealed) const {
  if (claim.tree_size == 0) {
    return claim.root_hash == merkle::empty_root() ? Standing::holds : Standing::differs;
  }
  for (const Year& year : years_) {
    if (year.log->head().tree_size < claim.tree_size) continue;
    const auto node = [&](merkle::NodeId id) { return year.log->node(id); };
    LIGGARE_TRY(const Hash root, merkle::root_at(claim.tree_size, node));
    if (root == claim.root_hash) return Standing::holds;
  }
  if (years_.empty()) return Standing::absent;
  // The oldest year that is left says whether there was one before it.
  const bool is_older =
      years_.front().has_year_before && years_.front().begins && sealed < *years_.front().begins;
  return is_older ? Standing::absent : Standing::differs;
}

}  // namespace liggare::inspect
