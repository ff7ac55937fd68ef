#include "ledger/doctor.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/bytes.h"
#include "base/file.h"
#include "base/is_denied.h"
#include "base/is_there.h"
#include "base/lies_in.h"
#include "codec/record.h"
#include "inspect/access_check.h"
#include "inspect/access_signed.h"
#include "ledger/accepted_rollback.h"
#include "ledger/access_log.h"
#include "ledger/folder_exchange.h"
#include "ledger/key_folder.h"
#include "ledger/parts.h"
#include "ledger/restored_tree.h"
#include "ledger/seal.h"
#include "ledger/vault_care.h"
#include "projection/kept_rows.h"
#include "store/head_file.h"
#include "store/writer_lock.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

// The permission bits; no value where nothing is there.
std::optional<mode_t> mode_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_mode & 07777;
}

// The names in a folder; none of one that can't be read.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Doctor {
 public:
  Doctor(const Folders& folders, const DoctorOptions& options)
      : folders_(folders),
        options_(options),
        clock_(options.clock != nullptr ? *options.clock : system_) {}

  Diagnosis run() {
    look_at_folder();
    look_at_lock();
    look_at_disk();
    look_at_head();
    open_log();
    look_at_keys();
    look_at_vault();
    if (ledger_ != nullptr) {
      look_at_time();
      look_at_signatures();
      look_at_seals();
      look_at_projections();
    }
    look_at_access_log();
    std::stable_sort(
        seen_.symptoms.begin(), seen_.symptoms.end(),
        [](const Symptom& left, const Symptom& right) { return left.severity > right.severity; });
    return std::move(seen_);
  }

 private:
  void add(Severity severity, std::string code, std::string place, std::string detail = {}) {
    LIGGARE_ASSERT(
        std::find(symptom_codes.begin(), symptom_codes.end(), code) != symptom_codes.end(),
        "a symptom that is not listed");
    seen_.symptoms.push_back({severity, std::move(code), std::move(place), std::move(detail)});
  }
  fs::path at(const char* name) const { return folders_.ledger / name; }

  void look_at_folder() {
    static const std::set<std::string> ours = {"log",         "HEAD",  "lock",   "vault",
                                               "projections", "seals", "access", "erasures"};
    for (const std::string& name : names_in(folders_.ledger)) {
      // A name that is not ours may be anything, also somebody's.
      if (!ours.contains(name)) ++foreign_;
    }
    if (foreign_ > 0) add(Severity::note, "foreign-files", ".", std::to_string(foreign_));
    const auto mode = mode_of(folders_.ledger);
    if (mode && (*mode & 0022) != 0) {
      add(Severity::warning, "folder-open", ".", fmt::format("mode {:o}", *mode));
    }
    const std::string own = folders_.ledger.filename().string();
    for (const std::string& name : names_in(folders_.ledger.parent_path())) {
      if (name == own + ".restoring" || name == own + ".replaced") {
        add(Severity::error, "restore-unfinished", "..", name.substr(own.size() + 1));
      }
      if (name.starts_with(own + ".before-restore-")) {
        add(Severity::note, "ledger-aside", "..", name);
      }
    }
  }

  void look_at_lock() {
    const auto text = read_file(at("lock"));
    const std::string pid = text ? text->substr(0, text->find('\n')) : "";
    if (store::WriterLock::is_held(at("lock"))) {
      seen_.writer = pid;
    } else if (!pid.empty()) {
      add(Severity::note, "writer-died", "lock", "process " + pid);
    }
  }

  void look_at_disk() {
    std::error_code error;
    const fs::space_info space = fs::space(folders_.ledger, error);
    if (error || space.available >= options_.free_bytes_low) return;
    const Severity severity =
        space.available < options_.free_bytes_low / 16 ? Severity::error : Severity::warning;
    add(severity, "disk-low", ".", fmt::format("{} MiB free", space.available >> 20));
  }

  // Whether nothing can be said of a part, since it may not be read.
  bool may_not_read(const fs::path& path, const std::string& place) {
    if (!is_denied(path)) return false;
    add(Severity::error, "may-not-read", place);
    return true;
  }

  void look_at_head() {
    if (may_not_read(at("HEAD"), "HEAD")) return;
    const auto reading = store::HeadFile::read(at("HEAD"));
    if (!reading && reading.error().code == ErrorCode::not_found) {
      add(Severity::error, "head-missing", "HEAD");
    } else if (!reading || !reading->newest) {
      add(Severity::error, "head-damaged", "HEAD", reading ? "" : reading.error().message);
    } else if (!reading->bad_slots.empty()) {
      add(Severity::warning, "head-slot", "HEAD",
          fmt::format("slot {}", reading->bad_slots.front()));
    }
  }

  void open_log() {
    if (may_not_read(at("log"), "log") || may_not_read(at("log") / "CURRENT", "log/CURRENT")) {
      seen_.not_checked.emplace_back("log");
      return;
    }
    if (!is_there(at("log") / "CURRENT")) {
      add(Severity::error, "log-missing", "log");
      seen_.not_checked.emplace_back("log");
      return;
    }
    auto ledger = Ledger::open({folders_, Mode::read, &clock_});
    if (!ledger) {
      const ErrorCode code = ledger.error().code;
      const char* what = code == ErrorCode::corrupt       ? "log-damaged"
                         : code == ErrorCode::unsupported ? "log-newer"
                                                          : "log-unreadable";
      add(Severity::error, what, "log", ledger.error().message);
      seen_.not_checked.emplace_back("log");
      return;
    }
    ledger_ = *std::move(ledger);
    seen_.origin = ledger_->origin();
    seen_.size = ledger_->head().tree_size;
  }

  void look_at_keys() {
    const auto mode = mode_of(folders_.keys);
    if (!mode) {
      add(Severity::warning, "keys-missing", "keys");
      seen_.not_checked.emplace_back("keys");
      return;
    }
    if ((*mode & 0077) != 0) {
      add(Severity::error, "keys-open", "keys", fmt::format("mode {:o}", *mode));
    }
    if (may_not_read(folders_.keys, "keys")) {
      seen_.not_checked.emplace_back("keys");
      return;
    }
    for (const std::string& name : names_in(folders_.keys)) {
      const auto own = mode_of(folders_.keys / name);
      if (own && (*own & 0077) != 0 && (name.ends_with(".key") || name == "SIGNED")) {
        add(Severity::error, "keys-open", "keys/" + name, fmt::format("mode {:o}", *own));
      }
    }
    look_at_signing_key(KeyFolder(folders_.keys), "signing.key");
    if (!is_there(folders_.keys / "vault.key")) {
      add(Severity::warning, "key-missing", "keys/vault.key");
    }
    look_at_access_key();
    if (lies_in(folders_.keys, folders_.ledger)) add(Severity::warning, "keys-inside", "keys");
  }

  void look_at_signing_key(const KeyFolder& keys, const std::string& name) {
    if (may_not_read(folders_.keys / name, "keys/" + name)) return;
    const auto key = keys.signing_key();
    if (key) return;
    if (key.error().code == ErrorCode::corrupt) {
      add(Severity::error, "key-damaged", "keys/" + name);
    } else if (key.error().code == ErrorCode::not_found) {
      add(Severity::warning, "key-missing", "keys/" + name);
    }
  }

  // A ledger may have been made without a key of its access log.
  void look_at_access_key() {
    const KeyFolder keys = KeyFolder::of_access_log(folders_.keys);
    const std::string last_name = KeyFolder::access_signed_file;
    const bool has_key = is_there(folders_.keys / "access.key");
    if (!has_key && !is_there(folders_.keys / last_name)) return;
    look_at_signing_key(keys, "access.key");
    if (may_not_read(folders_.keys / last_name, "keys/" + last_name)) return;
    const auto last = keys.last_signed();
    if (!last && last.error().code == ErrorCode::not_found) {
      add(Severity::error, "signed-missing", "keys/" + last_name);
    } else if (!last) {
      add(Severity::error, "signed-damaged", "keys/" + last_name, last.error().message);
    }
  }

  void look_at_vault() {
    if (!is_there(at("vault"))) {
      add(Severity::warning, "vault-missing", "vault");
      seen_.not_checked.emplace_back("vault");
      return;
    }
    // Asking takes the vault, which the one who writes has.
    if (seen_.writer) {
      seen_.not_checked.emplace_back("vault");
      return;
    }
    const Day today = clock_.now().ledger_day();
    const auto status = vault_status(folders_, today);
    if (!status) {
      add(Severity::error, "vault-unavailable", "vault", status.error().message);
      seen_.not_checked.emplace_back("vault");
      return;
    }
    for (const std::string& finding : status->report.findings) {
      add(Severity::error, "vault-damaged", "vault", finding);
    }
    for (const vault::PendingErasure& each : status->pending) {
      add(Severity::warning, "erasure-unfinished", "vault", each.erasure.decision);
    }
    for (const std::string& decision : status->arrears.value_or(std::vector<std::string>())) {
      add(Severity::error, "erasure-undone", "vault", decision);
    }
    for (const vault::BackupState& each : status->backups) {
      if (each.state == vault::BackupStanding::expired) {
        add(Severity::warning, "vault-backup-expired", "vault",
            fmt::format("{}, {}", each.id, each.expires.text()));
      }
    }
  }

  // When an event was recorded; no value where it can't be read.
  std::optional<Instant> recorded(std::uint64_t position) const {
    const auto bytes = ledger_->leaf(position);
    if (!bytes) return std::nullopt;
    const auto outline = codec::outline_record(*bytes, position);
    return outline ? std::optional(outline->recorded) : std::nullopt;
  }

  void look_at_time() {
    if (*seen_.size == 0) return;
    const auto last = recorded(*seen_.size - 1);
    if (last && *last > clock_.now()) {
      add(Severity::warning, "clock-behind", "log",
          fmt::format("{} is earlier than the newest event, {}", clock_.now().text(),
                      last->text()));
    }
  }

  void look_at_signatures() {
    if (is_denied(folders_.keys)) return;
    if (may_not_read(folders_.keys / "SIGNED", "keys/SIGNED")) return;
    const auto last = KeyFolder(folders_.keys).last_signed();
    if (!last && last.error().code == ErrorCode::not_found) {
      if (is_there(folders_.keys)) add(Severity::error, "signed-missing", "keys/SIGNED");
      return;
    }
    if (!last) return add(Severity::error, "signed-damaged", "keys/SIGNED", last.error().message);
    if (last->key.name != ledger_->origin()) {
      return add(Severity::error, "keys-of-another", "keys/SIGNED", last->key.name);
    }
    const auto head = last->head();
    if (!head) return;
    const std::uint64_t size = *seen_.size;
    if (explain_by_rollback(*last, *head)) return;
    if (head->tree_size > size) {
      return add(Severity::error, "rolled-back", "log",
                 fmt::format("{} events, {} were signed", size, head->tree_size));
    }
    const auto root = root_at(ledger_->log(), head->tree_size);
    if (root && *root != head->root_hash) {
      return add(Severity::error, "diverged", "log",
                 fmt::format("another root at {} events", head->tree_size));
    }
    if (head->tree_size == size) return;
    // The oldest event that no signature covers.
    const auto since = recorded(head->tree_size);
    if (since && days_since(*since) > options_.checkpoint_days) {
      add(Severity::warning, "checkpoint-old", "keys/SIGNED",
          fmt::format("{} events, the first of {}", size - head->tree_size,
                      since->ledger_day().text()));
    }
  }

  // A rollback that was accepted explains why the ledger is not what was signed.
  bool explain_by_rollback(const merkle::LastSigned& last, const merkle::TreeHead& head) {
    const auto at = rolled_back_behind(*ledger_, head);
    if (!at || !*at) return false;
    const auto is_left_behind = is_given_up(*ledger_, last.key);
    if (is_left_behind && *is_left_behind) {
      add(Severity::warning, "checkpoint-old", "keys/SIGNED", "the new key has signed nothing yet");
    } else {
      add(Severity::error, "key-to-change", "keys/SIGNED",
          fmt::format("{} events were signed; rolled back, as event {} says", head.tree_size,
                      **at));
    }
    return true;
  }

  int days_since(Instant then) const {
    return clock_.now().ledger_day().days_since(then.ledger_day());
  }

  void look_at_seals() {
    const std::uint64_t size = *seen_.size;
    const auto seal = newest_seal(*ledger_, size);
    if (!seal || size == 0) return;
    const std::uint64_t from = *seal ? (*seal)->position + 1 : 0;
    if (from >= size) return;
    const auto since = recorded(from);
    if (since && days_since(*since) > options_.seal_days) {
      add(Severity::warning, "seal-old", "log",
          fmt::format("{} events, the first of {}", size - from, since->ledger_day().text()));
    }
  }

  void look_at_projections() {
    // The ledger itself answers without rows that can't be read, and does not say so again.
    const auto rows =
        projection::KeptRows::open(folders_.ledger / "projections", store::Access::read_only);
    if (!rows && rows.error().code != ErrorCode::not_found) {
      return add(Severity::warning, "projections-damaged", "projections", rows.error().message);
    }
    const auto statuses = ledger_->projections();
    if (!statuses) {
      return add(Severity::warning, "projections-damaged", "projections", statuses.error().message);
    }
    // Beside a writer they lag: it keeps them up when it closes.
    if (seen_.writer) return;
    std::uint64_t behind = 0;
    for (const ProjectionStatus& each : *statuses) {
      if (each.lag > 0 || each.kept != each.version) ++behind;
    }
    if (behind > 0 && *seen_.size > 0) {
      add(Severity::note, "projections-behind", "projections", std::to_string(behind));
    }
  }

  void look_at_access_log() {
    const auto years = access_years(folders_.ledger);
    if (!years) return add(Severity::error, "access-damaged", "access", years.error().message);
    for (const int year : *years) {
      const auto log = store::EventLog::open(
          {access_folder(folders_.ledger, year), store::Access::read_only, nullptr});
      if (!log) {
        add(Severity::error, "access-damaged", fmt::format("access/{}", year), log.error().message);
      }
    }
    if (ledger_ != nullptr) hold_access_log();
  }

  // Against what its key signed last.
  void hold_access_log() {
    const auto last = KeyFolder::of_access_log(folders_.keys).last_signed();
    if (!last || !last->note) return;
    const auto head = last->head();
    const auto year = inspect::access_year_of(ledger_->origin(), last->key.name);
    const auto trees = inspect::AccessTrees::open(folders_.ledger);
    if (!head || !year || !trees) return;
    const auto standing = trees->judge_year(*year, *head);
    if (!standing || *standing == inspect::AccessStanding::holds) return;
    if (*standing == inspect::AccessStanding::dropped) return;
    if (*standing == inspect::AccessStanding::left_behind) return;
    add(Severity::error, "access-diverged", fmt::format("access/{}", *year),
        fmt::format("{} records were signed", head->tree_size));
  }

  const Folders& folders_;
  const DoctorOptions& options_;
  const SystemClock system_;
  const Clock& clock_;
  std::uint64_t foreign_ = 0;
  std::unique_ptr<Ledger> ledger_;  // Null where it can't be opened.
  Diagnosis seen_;
};

}  // namespace

Result<Diagnosis> diagnose(const Folders& folders, const DoctorOptions& options) {
  const bool is_ledger = is_there(folders.ledger / "log") || is_there(folders.ledger / "HEAD") ||
                         is_there(folders.ledger / "vault");
  if (!is_ledger && !is_exchange_open(folders.ledger)) {
    return fail(ErrorCode::not_found, folders.ledger.string() +
                                          " is no ledger: make one with init, or name another "
                                          "folder");
  }
  return Doctor(folders, options).run();
}

}  // namespace liggare::ledger
