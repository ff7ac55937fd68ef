#include "ledger/restore.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/bytes.h"
#include "base/file.h"
#include "inspect/access_check.h"
#include "ledger/access_log.h"
#include "ledger/backup_check.h"
#include "ledger/patience.h"
#include "ledger/restore_anchors.h"
#include "ledger/restored_tree.h"
#include "store/head_file.h"
#include "store/writer_lock.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

using Log = std::unique_ptr<store::EventLog>;

// In a folder that is being filled, until it is whole. A folder without it is somebody's ledger.
constexpr const char* unfinished = "UNFINISHED";

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

Result<void> rename_to(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_failure("cannot rename", from);
  LIGGARE_CHECK(sync_folder(from.parent_path()));
  return sync_folder(to.parent_path());
}

Result<void> clear_away(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  return {};
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
  return sync_folder(folder.parent_path());
}

fs::path beside(const fs::path& folder, const std::string& ending) {
  return folder.string() + ending;
}

// "town.before-restore-20261129T010203", with a number where that is taken.
fs::path place_aside(const fs::path& ledger, Instant now) {
  std::string stamp = now.text().substr(0, 19);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  const fs::path plain = beside(ledger, ".before-restore-" + stamp);
  fs::path place = plain;
  for (int number = 2; is_there(place); ++number) {
    place = fmt::format("{}-{}", plain.string(), number);
  }
  return place;
}

Log opened_or_null(const fs::path& folder) {
  auto log = store::EventLog::open({folder, store::Access::read_only, nullptr});
  return log ? *std::move(log) : nullptr;
}

class Restore {
 public:
  Restore(const Folders& folders, const LedgerRestoreRequest& request)
      : folders_(folders),
        request_(request),
        place_(folders.ledger),
        building_(beside(place_, ".restoring")),
        clock_(request.clock != nullptr ? *request.clock : system_) {}

  Result<Result<RestoredLedger, Refusal>> run() {
    LIGGARE_TRY(done_.manifest, read_manifest(request_.backup));
    LIGGARE_CHECK(clear_building());
    LIGGARE_CHECK(look_at_place());
    LIGGARE_TRY(anchors_, anchors_of(folders_, manifest(), request_, log_.get()));
    LIGGARE_CHECK(judge_age());
    const auto built = build();
    if (!built || !*built) {
      log_.reset();
      LIGGARE_CHECK(clear_away(building_));
      if (!built) return Unexpected{built.error()};
      return Result<RestoredLedger, Refusal>(Unexpected{built->error()});
    }
    LIGGARE_CHECK(put_in_place());
    for (const Anchor& anchor : anchors_) done_.anchors.emplace_back(anchor.name);
    return Result<RestoredLedger, Refusal>(std::move(done_));
  }

 private:
  const BackupManifest& manifest() const { return done_.manifest; }
  void step() const {
    if (request_.at_step) request_.at_step();
  }

  // What an earlier call left when it was stopped: half a ledger, which goes, or the ledger that it
  // had just taken away, which stays.
  Result<void> clear_building() {
    if (!is_there(building_)) return {};
    if (is_there(building_ / unfinished)) return clear_away(building_);
    const fs::path aside = place_aside(place_, clock_.now());
    LIGGARE_CHECK(take_vault());
    return rename_to(building_, aside);
  }

  // Of the ledger that was taken away, while that still lies where a later call looks for it.
  Result<void> take_vault() const {
    if (!is_there(building_ / "vault") || is_there(place_ / "vault") || !is_there(place_)) {
      return {};
    }
    return rename_to(building_ / "vault", place_ / "vault");
  }

  Result<void> look_at_place() {
    std::error_code error;
    if (!fs::exists(place_, error) && !error) return {};
    if (!fs::is_directory(place_, error)) {
      return fail(ErrorCode::invalid_argument, place_.string() + " is no folder");
    }
    if (fs::is_empty(place_, error) && !error) return {};
    if (error) return fail(ErrorCode::io, place_.string() + ": " + error.message());
    const bool is_ledger = is_there(place_ / "log") || is_there(place_ / "HEAD");
    if (!is_ledger) {
      return fail(ErrorCode::invalid_argument,
                  place_.string() + " holds something that is no ledger; nothing was changed");
    }
    was_there_ = true;
    LIGGARE_TRY(auto lock, store::WriterLock::take(place_ / "lock"));
    lock_.emplace(std::move(lock));
    LIGGARE_TRY(old_years_, access_years(place_));
    if (!old_years_.empty()) {
      const fs::path newest = access_folder(place_, old_years_.back());
      LIGGARE_TRY(auto year_lock,
                  with_patience([&] { return store::WriterLock::take(newest / "lock"); }));
      year_lock_.emplace(std::move(year_lock));
    }
    log_ = opened_or_null(place_);
    return {};
  }

  // That the backup is not older than what is known, as far as sizes and the log that is there
  // tell; roots are compared once the backup is read.
  Result<void> judge_age() {
    const std::uint64_t size = manifest().head.tree_size;
    if (log_ != nullptr && log_->head().tree_size >= size) {
      LIGGARE_TRY(const Hash root, root_at(*log_, size));
      if (root != manifest().head.root_hash) return other_history("the log", size);
    }
    const auto most = highest(anchors_);
    if (!most || most->head.tree_size <= size) return {};
    if (!request_.accept_rollback) return rollback(most->name, size, most->head.tree_size);
    done_.rolled_back_from = most->head;
    return {};
  }

  // The inner result is the refusal of ledger.rolled-back.
  Result<Result<void, Refusal>> build() {
    total_ = manifest().head.tree_size;
    for (const AccessTree& year : manifest().access) total_ += year.head.tree_size;
    LIGGARE_CHECK(build_log());
    LIGGARE_CHECK(build_access());
    LIGGARE_CHECK(copy_certificates());
    LIGGARE_TRY(auto said, say_it());
    if (!said) return said;
    std::error_code error;
    fs::permissions(building_,
                    was_there_ ? fs::status(place_, error).permissions() : fs::perms::owner_all,
                    error);
    if (error) return fail(ErrorCode::io, building_.string() + ": " + error.message());
    return said;
  }

  Result<void> build_log() {
    LIGGARE_TRY(auto tree,
                RestoredTree::make(building_, manifest().identity, RestoredTree::Leaves::events));
    LIGGARE_CHECK(write_new_file(building_ / unfinished, "", Readers::owner));
    step();
    LIGGARE_CHECK(add_files(tree, "log", manifest().head));
    for (const Anchor& anchor : anchors_) {
      if (anchor.head.tree_size > manifest().head.tree_size) continue;
      LIGGARE_TRY(const Hash root, tree.root_at(anchor.head.tree_size));
      if (root != anchor.head.root_hash) {
        return other_history(anchor.name, anchor.head.tree_size);
      }
    }
    return {};
  }

  Result<void> add_files(RestoredTree& tree, const std::string& folder,
                         const merkle::TreeHead& wanted) {
    for (const LeafFile& file : leaf_files(folder, wanted.tree_size)) {
      ReadLeaves read;
      LIGGARE_CHECK(read_leaf_file(request_.backup, manifest(), file, read));
      LIGGARE_CHECK(tree.add(read.leaves));
      done_leaves_ += file.count;
      if (request_.progress) request_.progress(done_leaves_, total_);
      step();
    }
    if (tree.head() == wanted) return {};
    return fail(ErrorCode::corrupt,
                fmt::format("the backup's leaves in {} make another root than its manifest says; "
                            "nothing was changed. Use another backup",
                            folder));
  }

  Result<void> build_access() {
    std::set<int> years(old_years_.begin(), old_years_.end());
    for (const AccessTree& year : manifest().access) years.insert(year.year);
    LIGGARE_CHECK(leave_out_dropped(years));
    if (years.empty()) return {};
    LIGGARE_CHECK(make_folder(building_ / "access"));
    for (const int year : years) {
      LIGGARE_CHECK(build_year(year));
      step();
    }
    return {};
  }

  // Years that were dropped since the backup do not come back.
  Result<void> leave_out_dropped(std::set<int>& years) const {
    const auto trees = inspect::AccessTrees::open(place_);
    if (!trees) return {};
    for (const inspect::DroppedYear& each : trees->dropped()) {
      const int year = static_cast<int>(each.end.year);
      if (std::find(old_years_.begin(), old_years_.end(), year) == old_years_.end()) {
        years.erase(year);
      }
    }
    return {};
  }

  const AccessTree* in_backup(int year) const {
    for (const AccessTree& each : manifest().access) {
      if (each.year == year) return &each;
    }
    return nullptr;
  }

  // The longer of the two: reading goes on when nothing is written, so the log that is there often
  // has records that the backup lacks.
  Result<void> build_year(int year) {
    const AccessTree* kept = in_backup(year);
    const bool is_old = std::find(old_years_.begin(), old_years_.end(), year) != old_years_.end();
    const Log old = is_old ? opened_or_null(access_folder(place_, year)) : nullptr;
    const std::string name = fmt::format("the access log of {}", year);
    const std::uint64_t kept_size = kept == nullptr ? 0 : kept->head.tree_size;
    if (is_old && old == nullptr) {
      LIGGARE_CHECK(judge_lost_year(year, kept_size));
      if (kept == nullptr) return {};
    }
    const fs::path folder = access_folder(building_, year);
    const store::LedgerIdentity identity =
        old ? old->identity()
            : store::LedgerIdentity{access_origin(manifest().identity.origin, year),
                                    store::HeadMode::floor};
    LIGGARE_TRY(auto tree,
                RestoredTree::make(folder, identity, RestoredTree::Leaves::access_records));
    if (old == nullptr || old->head().tree_size < kept_size) {
      LIGGARE_CHECK(add_files(tree, year_folder(year), kept->head));
      if (old == nullptr) return {};
      LIGGARE_TRY(const Hash root, tree.root_at(old->head().tree_size));
      if (root != old->head().root_hash) return other_history(name, old->head().tree_size);
      return {};
    }
    LIGGARE_CHECK(tree.add_from(*old, old->head().tree_size));
    done_.access_records_kept += old->head().tree_size - kept_size;
    if (kept == nullptr) return {};
    LIGGARE_TRY(const Hash root, tree.root_at(kept_size));
    return root == kept->head.root_hash ? Result<void>() : other_history(name, kept_size);
  }

  // Of a year that is there and can't be read, HEAD says how much there was.
  Result<void> judge_lost_year(int year, std::uint64_t kept_size) const {
    const auto floor = store::HeadFile::read(access_folder(place_, year) / "HEAD");
    const std::uint64_t had = floor && floor->newest ? floor->newest->head.tree_size : kept_size;
    if (had <= kept_size || request_.accept_rollback) return {};
    return rollback(fmt::format("HEAD of the access log of {}", year), kept_size, had);
  }

  Result<void> copy_certificates() const {
    std::set<std::string> copied;
    for (const BackupFile& file : manifest().files) {
      const std::string name = certificate_in(file.name);
      if (name.empty()) continue;
      LIGGARE_TRY(const std::string bytes, read_file(request_.backup / file.name));
      if (sha256({bytes}) != file.hash) {
        return fail(ErrorCode::corrupt, "the backup's file " + file.name +
                                            " is not what was written: see liggare backup verify");
      }
      LIGGARE_CHECK(keep_certificate(name, bytes));
      copied.insert(name);
    }
    std::error_code error;
    for (fs::directory_iterator entry(place_ / "erasures", error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (!name.ends_with(".certificate") || copied.contains(name)) continue;
      LIGGARE_TRY(const std::string bytes, read_file(entry->path()));
      LIGGARE_CHECK(keep_certificate(name, bytes));
    }
    return {};
  }

  Result<void> keep_certificate(const std::string& name, const std::string& bytes) const {
    if (!is_there(building_ / "erasures")) {
      LIGGARE_CHECK(make_folder(building_ / "erasures"));
    }
    return write_new_file(building_ / "erasures" / name, bytes, Readers::owner);
  }

  // Opened as it will be used: it is judged as every ledger is that is opened, says that it was
  // rolled back where it was, and keeps its rows when it closes.
  Result<Result<void, Refusal>> say_it() {
    const Folders folders{building_, folders_.keys};
    LIGGARE_TRY(const auto ledger, Ledger::open({folders, Mode::write, &clock_}));
    if (request_.accept_rollback && (done_.rolled_back_from || is_access_behind())) {
      const merkle::TreeHead from = done_.rolled_back_from.value_or(manifest().head);
      done_.rolled_back_from = from;
      const std::string root = to_hex(from.root_hash.view());
      LIGGARE_TRY(const Verdict verdict,
                  ledger->append_own({fmt::format("rolled-back-{}-{}", manifest().head.tree_size,
                                                  root.substr(0, 8)),
                                      domain::EventType::ledger_rolled_back, domain::ledger_stream,
                                      ledger->today(), request_.actor,
                                      Json::object()
                                          .add("fromSize", from.tree_size)
                                          .add("fromRoot", root)
                                          .add("reason", *request_.accept_rollback)}));
      if (!verdict) return Result<void, Refusal>(Unexpected{verdict.error()});
    }
    done_.head = ledger->head();
    return Result<void, Refusal>();
  }

  // Whether a year's records are lost with this restore.
  bool is_access_behind() const {
    return std::any_of(old_years_.begin(), old_years_.end(), [&](int year) {
      const auto floor = store::HeadFile::read(access_folder(place_, year) / "HEAD");
      const auto now = store::HeadFile::read(access_folder(building_, year) / "HEAD");
      const auto size_of = [](const auto& reading) {
        return reading && reading->newest ? reading->newest->head.tree_size : std::uint64_t{0};
      };
      return size_of(floor) > size_of(now);
    });
  }

  Result<void> put_in_place() {
    // Held until the vault is in its place: nobody writes without it meanwhile.
    LIGGARE_TRY(const auto lock, store::WriterLock::take(building_ / "lock"));
    step();
    if (::unlink((building_ / unfinished).c_str()) != 0) {
      return system_failure("cannot remove", building_ / unfinished);
    }
    LIGGARE_CHECK(sync_folder(building_));
    step();
    log_.reset();
    if (!was_there_) {
      std::error_code ignored;
      fs::remove(place_, ignored);  // It was empty.
      return rename_to(building_, place_);
    }
    LIGGARE_CHECK(exchange());
    step();
    LIGGARE_CHECK(take_vault());
    step();
    const fs::path aside = place_aside(place_, clock_.now());
    LIGGARE_CHECK(rename_to(building_, aside));
    done_.has_vault = is_there(place_ / "vault");
    done_.aside = aside;
    return {};
  }

  Result<void> exchange() const {
    if (::renameat2(AT_FDCWD, building_.c_str(), AT_FDCWD, place_.c_str(), RENAME_EXCHANGE) != 0) {
      return system_failure("cannot put the restored ledger in the place of", place_);
    }
    return sync_folder(place_.parent_path());
  }

  const Folders& folders_;
  const LedgerRestoreRequest& request_;
  const fs::path place_;
  const fs::path building_;
  const SystemClock system_;
  const Clock& clock_;
  bool was_there_ = false;
  std::optional<store::WriterLock> lock_;
  std::optional<store::WriterLock> year_lock_;
  std::vector<int> old_years_;
  Log log_;  // The one that is there; null where it can't be opened.
  std::vector<Anchor> anchors_;
  std::uint64_t done_leaves_ = 0;
  std::uint64_t total_ = 0;
  RestoredLedger done_;
};

}  // namespace

Result<Result<RestoredLedger, Refusal>> restore_ledger(const Folders& folders,
                                                       const LedgerRestoreRequest& request) {
  return Restore(folders, request).run();
}

}  // namespace liggare::ledger
