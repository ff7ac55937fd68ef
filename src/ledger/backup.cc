#include "ledger/backup.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <system_error>

#include "base/diagnostics.h"
#include "base/file.h"
#include "base/file_descriptor.h"
#include "ledger/access_log.h"
#include "ledger/backup_place.h"
#include "ledger/key_folder.h"
#include "ledger/leaf_files.h"
#include "store/event_log.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

using Log = std::unique_ptr<store::EventLog>;

Result<void> make_folder(const fs::path& folder) {
  LIGGARE_CHECK(check_is_folder(folder));
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return system_failure("cannot make", folder);
  }
  return sync_folder(folder.parent_path());
}

// The backup that is there already; no value where the folder is empty.
Result<std::optional<BackupManifest>> earlier_backup(const fs::path& out) {
  auto found = read_manifest(out);
  if (found) return std::optional(*std::move(found));
  if (found.error().code == ErrorCode::corrupt) {
    return fail(ErrorCode::corrupt,
                out.string() + ": " + found.error().message + ", and make a new one elsewhere");
  }
  if (found.error().code != ErrorCode::not_found) return Unexpected{found.error()};
  // What a killed first run left may be there: folders of ours, and nothing else.
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(out, error)) {
    const std::string name = entry.path().filename().string();
    const bool is_ours =
        name == "log" || name == "access" || name == "erasures" || name.starts_with(manifest_name);
    if (is_ours) continue;
    return fail(ErrorCode::invalid_argument,
                out.string() + " holds something that is no backup; name a new or an empty folder");
  }
  if (error) return fail(ErrorCode::io, out.string() + ": " + error.message());
  return std::optional<BackupManifest>();
}

Result<Hash> root_of_log(const store::EventLog& log, std::uint64_t size) {
  return merkle::root_at(size, [&](merkle::NodeId id) { return log.node(id); });
}

// That `log` begins as an earlier backup has it.
Result<void> check_growth(const store::EventLog& log, const merkle::TreeHead& before,
                          std::string_view what) {
  const merkle::TreeHead head = log.head();
  if (head.tree_size < before.tree_size) {
    return fail(ErrorCode::diverged,
                fmt::format("{} has {} entries, the backup {}: it is older than its backup, which "
                            "was left as it is. Find out which copy is the true one, or name a "
                            "new folder",
                            what, head.tree_size, before.tree_size));
  }
  LIGGARE_TRY(const Hash root, root_of_log(log, before.tree_size));
  if (root == before.root_hash) return {};
  return fail(
      ErrorCode::diverged,
      fmt::format(
          "{} does not begin as the backup does, at {} entries: they are two "
          "histories, and the backup was left as it is. Find out which copy is the true one, "
          "or name a new folder",
          what, before.tree_size));
}

class Backup {
 public:
  Backup(const Folders& folders, fs::path out, const BackupOptions& options)
      : folders_(folders), out_(std::move(out)), options_(options) {}

  Result<MadeBackup> run() {
    // Where there is no ledger, nothing is made. It is opened again under the lock: else it could
    // be older than what another process backs up meanwhile.
    LIGGARE_TRY(log_, store::EventLog::open({folders_.ledger, store::Access::read_only, nullptr}));
    LIGGARE_CHECK(make_folder(out_));
    LIGGARE_TRY(const auto lock, lock_folder(out_));
    LIGGARE_TRY(earlier_, earlier_backup(out_));
    // Before the log, so that the log is not shorter unless it was put back.
    const auto last_signed = KeyFolder(folders_.keys).last_signed();
    LIGGARE_TRY(log_, store::EventLog::open({folders_.ledger, store::Access::read_only, nullptr}));
    LIGGARE_CHECK(check_earlier());
    LIGGARE_CHECK(open_years());
    manifest().identity = log_->identity();
    manifest().head = log_->head();
    LIGGARE_CHECK(write_trees());
    LIGGARE_CHECK(write_certificates());
    std::sort(
        manifest().files.begin(), manifest().files.end(),
        [](const BackupFile& left, const BackupFile& right) { return left.name < right.name; });
    const SystemClock system;
    manifest().made = (options_.clock != nullptr ? *options_.clock : system).now();
    bool is_what_was_signed = true;
    if (last_signed) {
      LIGGARE_TRY(is_what_was_signed, take_checkpoint(*last_signed));
    }
    if (is_what_was_signed) {
      sign();
    } else {
      diagnostics::warn(
          "the ledger is not what was signed last, so its backup is not signed; run "
          "liggare doctor");
    }
    LIGGARE_CHECK(finish());
    return std::move(made_);
  }

 private:
  struct Year {
    int year = 0;
    Log log;
  };

  BackupManifest& manifest() { return made_.manifest; }
  void step() const {
    if (options_.at_step) options_.at_step();
  }

  Result<void> check_earlier() const {
    if (!earlier_) return {};
    if (earlier_->identity.origin != log_->identity().origin) {
      return fail(ErrorCode::invalid_argument,
                  fmt::format("{} is a backup of {}, the ledger is {}; nothing was changed",
                              out_.string(), earlier_->identity.origin, log_->identity().origin));
    }
    return check_growth(*log_, earlier_->head, "the ledger");
  }

  // After the events: a seal speaks of records that were there before it.
  Result<void> open_years() {
    LIGGARE_TRY(const std::vector<int> numbers, access_years(folders_.ledger));
    for (const int number : numbers) {
      LIGGARE_TRY(Log log, store::EventLog::open({access_folder(folders_.ledger, number),
                                                  store::Access::read_only, nullptr}));
      for (const AccessTree& before : earlier_ ? earlier_->access : std::vector<AccessTree>()) {
        if (before.year != number) continue;
        LIGGARE_CHECK(check_growth(*log, before.head, fmt::format("the access log of {}", number)));
      }
      manifest().access.push_back({number, log->head()});
      years_.push_back({number, std::move(log)});
    }
    return {};
  }

  Result<void> write_trees() {
    total_ = log_->head().tree_size;
    for (const Year& year : years_) total_ += year.log->head().tree_size;
    LIGGARE_CHECK(make_folder(out_ / "log"));
    LIGGARE_CHECK(write_tree(*log_, "log"));
    if (years_.empty()) return {};
    LIGGARE_CHECK(make_folder(out_ / "access"));
    for (const Year& year : years_) {
      LIGGARE_CHECK(make_folder(out_ / year_folder(year.year)));
      LIGGARE_CHECK(write_tree(*year.log, year_folder(year.year)));
    }
    return {};
  }

  Result<void> write_tree(const store::EventLog& log, const std::string& folder) {
    for (const LeafFile& file : leaf_files(folder, log.head().tree_size)) {
      if (!is_kept(file.name)) {
        std::string bytes;
        LIGGARE_CHECK(log.scan({file.first, file.first + file.count},
                               [&](std::uint64_t, std::string_view leaf) -> Result<void> {
                                 put_leaf(bytes, leaf);
                                 return {};
                               }));
        LIGGARE_CHECK(write(file.name, bytes));
      }
      done_ += file.count;
      if (options_.progress) options_.progress(done_, total_);
    }
    return {};
  }

  // The names of files say what they hold: a part of a tree that only grows, or a hash. One that
  // was cut meanwhile is written anew.
  bool is_kept(const std::string& name) {
    const BackupFile* before = earlier_ ? earlier_->find(name) : nullptr;
    if (before == nullptr) return false;
    std::error_code error;
    if (fs::file_size(out_ / name, error) != before->bytes || error) return false;
    manifest().files.push_back(*before);
    ++made_.files_kept;
    return true;
  }

  Result<void> write(const std::string& name, std::string_view bytes) {
    LIGGARE_CHECK(replace_file(out_ / name, bytes, Readers::owner));
    step();
    manifest().files.push_back({name, bytes.size(), sha256({bytes})});
    ++made_.files_written;
    made_.bytes_written += bytes.size();
    return {};
  }

  Result<void> write_certificates() {
    const fs::path folder = folders_.ledger / "erasures";
    std::error_code error;
    if (!fs::exists(folder, error)) return {};
    LIGGARE_CHECK(make_folder(out_ / "erasures"));
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      const std::string name = entry.path().filename().string();
      // Not what a killed process was writing.
      if (!entry.is_regular_file(error) || !name.ends_with(".certificate")) continue;
      LIGGARE_TRY(const std::string bytes, read_file(entry.path()));
      const std::string file = certificate_file(name, sha256({bytes}));
      if (certificate_in(file).empty() || is_kept(file)) continue;
      LIGGARE_CHECK(write(file, bytes));
    }
    if (error) return fail(ErrorCode::io, folder.string() + ": " + error.message());
    return {};
  }

  // False where the ledger has become shorter or another one since: its key signs no second history
  // (evidence, section 4).
  Result<bool> take_checkpoint(const merkle::LastSigned& last) {
    if (!last.note || last.key.name != log_->identity().origin) return true;
    LIGGARE_TRY(const merkle::TreeHead head, last.head());
    if (head.tree_size > log_->head().tree_size) return false;
    LIGGARE_TRY(const Hash root, root_of_log(*log_, head.tree_size));
    if (root != head.root_hash) return false;
    made_.checkpoint = head.tree_size;
    manifest().checkpoint = last.note;
    return true;
  }

  // After everything that is signed is in the manifest.
  void sign() {
    if (const auto key = KeyFolder(folders_.keys).signing_key();
        key && key->verifier().name == log_->identity().origin) {
      manifest().signatures.push_back(
          {key->verifier().name, key->verifier().id(), key->sign(manifest().text())});
    }
  }

  Result<void> finish() {
    LIGGARE_CHECK(replace_file(out_ / manifest_name, manifest().print(), Readers::owner));
    step();
    return remove_the_rest();
  }

  // What no longer belongs to it: shorter last files, years that were dropped, what was half
  // written. The manifest names none of it, so a failure does no harm to what it names.
  Result<void> remove_the_rest() {
    std::set<fs::path> named;
    for (const BackupFile& file : manifest().files) named.insert(out_ / file.name);
    std::vector<fs::path> surplus;
    for (const char* folder : {"log", "access", "erasures"}) {
      std::error_code error;
      for (fs::recursive_directory_iterator entry(out_ / folder, error), end;
           !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        const bool is_folder = entry->is_directory(ignored);
        if (!is_folder && !named.contains(entry->path())) surplus.push_back(entry->path());
      }
    }
    for (const fs::path& file : surplus) {
      std::error_code error;
      fs::remove(file, error);
      if (error) return fail(ErrorCode::io, file.string() + ": " + error.message());
      // Its folder, where it was the last.
      fs::remove(file.parent_path(), error);
      step();
    }
    return {};
  }

  const Folders& folders_;
  const fs::path out_;
  const BackupOptions& options_;
  std::optional<BackupManifest> earlier_;
  Log log_;
  std::vector<Year> years_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
  MadeBackup made_;
};

}  // namespace

Result<MadeBackup> back_up(const Folders& folders, const fs::path& out,
                           const BackupOptions& options) {
  LIGGARE_CHECK(check_backup_place(folders, out));
  // "copy/" means "copy".
  fs::path place = fs::absolute(out).lexically_normal();
  if (!place.has_filename()) place = place.parent_path();
  return Backup(folders, place, options).run();
}

}  // namespace liggare::ledger
