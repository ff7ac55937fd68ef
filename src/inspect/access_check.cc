#include "inspect/access_check.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <variant>

#include "base/bytes.h"
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

Result<access::Record> read_record(const store::EventLog& log, int year, std::uint64_t position) {
  LIGGARE_TRY(const std::string bytes, log.record(position));
  return codec::decode_access_record(
      bytes, "access record " + std::to_string(position) + " of " + std::to_string(year));
}

}  // namespace

struct AccessTrees::Year {
  int year = 0;
  std::unique_ptr<store::EventLog> log;
  std::optional<access::YearBefore> before;  // By its first record.
  std::optional<Instant> begins;             // No value where it is empty.

  Result<void> read_beginning() {
    if (log->head().tree_size == 0) return {};
    LIGGARE_TRY(const auto first, read_record(*log, year, 0));
    before = first.before;
    begins = first.recorded;
    return {};
  }

  // Drops are about the ledger, and stand in its stream.
  Result<void> read_drops(std::vector<DroppedYear>& into) const {
    LIGGARE_TRY(const auto positions,
                log->stream(domain::ledger_stream.text(), log->head().tree_size));
    for (const std::uint64_t position : positions) {
      LIGGARE_TRY(const auto record, read_record(*log, year, position));
      const bool is_drop =
          record.action == access::Action::drop_year && record.outcome == access::Outcome::allowed;
      if (is_drop && record.before) into.push_back({*record.before, record.who, record.recorded});
    }
    return {};
  }
};

AccessTrees::AccessTrees() = default;
AccessTrees::AccessTrees(AccessTrees&&) noexcept = default;
AccessTrees::~AccessTrees() = default;

Result<AccessTrees> AccessTrees::open(const fs::path& ledger) {
  AccessTrees trees;
  LIGGARE_TRY(const auto folders, year_folders(ledger / "access"));
  for (const fs::path& folder : folders) {
    Year year;
    year.year = std::stoi(folder.filename().string());
    LIGGARE_TRY(year.log, store::EventLog::open({folder, store::Access::read_only, nullptr}));
    LIGGARE_CHECK(year.read_beginning());
    LIGGARE_CHECK(year.read_drops(trees.dropped_));
    trees.years_.push_back(std::move(year));
  }
  return trees;
}

bool AccessTrees::is_dropped(const access::YearBefore& end) const {
  return std::any_of(dropped_.begin(), dropped_.end(),
                     [&](const DroppedYear& each) { return each.end == end; });
}

Result<bool> AccessTrees::any_began_as(const merkle::TreeHead& claim) const {
  for (const Year& year : years_) {
    if (year.log->head().tree_size < claim.tree_size) continue;
    const auto node = [&](merkle::NodeId id) { return year.log->node(id); };
    LIGGARE_TRY(const Hash root, merkle::root_at(claim.tree_size, node));
    if (root == claim.root_hash) return true;
  }
  return false;
}

Result<AccessStanding> AccessTrees::judge(const domain::RecordedEvent& seal,
                                          std::optional<std::uint64_t> restored) const {
  const auto& sealed = std::get<domain::LedgerSealed>(seal.event.data);
  const auto root = from_hex(sealed.access_root);
  if (!root || root->size() != hash_bytes || sealed.access_size < 0) {
    return AccessStanding::differs;
  }
  const merkle::TreeHead claim{static_cast<std::uint64_t>(sealed.access_size), Hash::from(*root)};
  if (claim.tree_size == 0) {
    return claim.root_hash == merkle::empty_root() ? AccessStanding::holds
                                                   : AccessStanding::differs;
  }
  LIGGARE_TRY(const bool holds, any_began_as(claim));
  if (holds) return AccessStanding::holds;
  if (restored && seal.position < *restored) return AccessStanding::left_behind;
  // Years go oldest first, so a seal from before the oldest that is left was of one that is gone.
  const bool is_older =
      !years_.empty() && years_.front().begins && seal.recorded < *years_.front().begins;
  const auto& before = years_.empty() ? std::nullopt : years_.front().before;
  if (is_older && before && is_dropped(*before)) return AccessStanding::dropped;
  const int sealed_in = seal.recorded.ledger_day().year();
  const bool is_there = std::any_of(years_.begin(), years_.end(),
                                    [&](const Year& year) { return year.year == sealed_in; });
  return is_there ? AccessStanding::differs : AccessStanding::missing;
}

Result<AccessStanding> AccessTrees::judge_year(int year, const merkle::TreeHead& claim) const {
  for (const Year& each : years_) {
    if (each.year != year) continue;
    if (each.log->head().tree_size < claim.tree_size) return AccessStanding::differs;
    const auto node = [&](merkle::NodeId id) { return each.log->node(id); };
    LIGGARE_TRY(const Hash root, merkle::root_at(claim.tree_size, node));
    return root == claim.root_hash ? AccessStanding::holds : AccessStanding::differs;
  }
  const bool is_last = std::any_of(dropped_.begin(), dropped_.end(), [&](const auto& each) {
    return each.end.year == year && each.end.size == claim.tree_size;
  });
  if (is_last && !is_dropped({year, claim.tree_size, claim.root_hash})) {
    return AccessStanding::differs;
  }
  // Years go oldest first: with one, all before it.
  const bool is_gone = std::any_of(dropped_.begin(), dropped_.end(),
                                   [&](const auto& each) { return each.end.year >= year; });
  return is_gone ? AccessStanding::dropped : AccessStanding::missing;
}

std::vector<access::YearBefore> AccessTrees::missing() const {
  std::vector<access::YearBefore> missing;
  int last = 0;
  for (const Year& year : years_) {
    if (year.before && year.before->year != last && !is_dropped(*year.before)) {
      missing.push_back(*year.before);
    }
    last = year.year;
  }
  return missing;
}

std::optional<std::uint64_t> restored_at(const domain::Stream& events) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (std::holds_alternative<domain::LedgerRestored>((*event)->event.data)) {
      return (*event)->position;
    }
  }
  return std::nullopt;
}

}  // namespace liggare::inspect
