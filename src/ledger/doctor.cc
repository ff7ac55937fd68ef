#include "ledger/doctor.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/file.h"
#include "base/is_there.h"
#include "ledger/access_log.h"
#include "ledger/doctor_keys.h"
#include "ledger/examination.h"
#include "ledger/folder_exchange.h"
#include "ledger/parts.h"
#include "ledger/seal.h"
#include "ledger/vault_care.h"
#include "projection/kept_rows.h"
#include "store/head_file.h"
#include "store/writer_lock.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

class Doctor {
 public:
  Doctor(const Folders& folders, const DoctorOptions& options) : seen_(folders, options) {}

  Diagnosis run() {
    look_at_folder();
    look_at_lock();
    look_at_disk();
    look_at_head();
    open_log();
    look_at_keys(seen_);
    look_at_vault();
    if (ledger_ != nullptr) {
      look_at_time();
      look_at_signatures(*ledger_, seen_);
      look_at_seals();
      look_at_projections();
    }
    look_at_access_log();
    std::stable_sort(
        seen_.diagnosis().symptoms.begin(), seen_.diagnosis().symptoms.end(),
        [](const Symptom& left, const Symptom& right) { return left.severity > right.severity; });
    return std::move(seen_.diagnosis());
  }

 private:
  fs::path at(const char* name) const { return seen_.folders().ledger / name; }

  void look_at_folder() {
    static const std::set<std::string> ours = {"log",         "HEAD",  "lock",   "vault",
                                               "projections", "seals", "access", "erasures"};
    for (const std::string& name : names_in(seen_.folders().ledger)) {
      // A name that is not ours may be anything, also somebody's.
      if (!ours.contains(name)) ++foreign_;
    }
    if (foreign_ > 0) seen_.add(Severity::note, "foreign-files", ".", std::to_string(foreign_));
    const auto mode = mode_of(seen_.folders().ledger);
    if (mode && (*mode & 0022) != 0) {
      seen_.add(Severity::warning, "folder-open", ".", fmt::format("mode {:o}", *mode));
    }
    const std::string own = seen_.folders().ledger.filename().string();
    for (const std::string& name : names_in(seen_.folders().ledger.parent_path())) {
      if (name == own + ".restoring" || name == own + ".replaced") {
        seen_.add(Severity::error, "restore-unfinished", "..", name.substr(own.size() + 1));
      }
      if (name.starts_with(own + ".before-restore-")) {
        seen_.add(Severity::note, "ledger-aside", "..", name);
      }
    }
  }

  void look_at_lock() {
    const auto text = read_file(at("lock"));
    const std::string pid = text ? text->substr(0, text->find('\n')) : "";
    if (store::WriterLock::is_held(at("lock"))) {
      seen_.diagnosis().writer = pid;
    } else if (!pid.empty()) {
      seen_.add(Severity::note, "writer-died", "lock", "process " + pid);
    }
  }

  void look_at_disk() {
    std::error_code error;
    const fs::space_info space = fs::space(seen_.folders().ledger, error);
    if (error || space.available >= seen_.options().free_bytes_low) return;
    const Severity severity =
        space.available < seen_.options().free_bytes_low / 16 ? Severity::error : Severity::warning;
    seen_.add(severity, "disk-low", ".", fmt::format("{} MiB free", space.available >> 20));
  }

  void look_at_head() {
    if (seen_.may_not_read(at("HEAD"), "HEAD")) return;
    const auto reading = store::HeadFile::read(at("HEAD"));
    if (!reading && reading.error().code == ErrorCode::not_found) {
      seen_.add(Severity::error, "head-missing", "HEAD");
    } else if (!reading || !reading->newest) {
      seen_.add(Severity::error, "head-damaged", "HEAD", reading ? "" : reading.error().message);
    } else if (!reading->bad_slots.empty()) {
      seen_.add(Severity::warning, "head-slot", "HEAD",
                fmt::format("slot {}", reading->bad_slots.front()));
    }
  }

  void open_log() {
    if (seen_.may_not_read(at("log"), "log") ||
        seen_.may_not_read(at("log") / "CURRENT", "log/CURRENT")) {
      seen_.leave_out("log");
      return;
    }
    if (!is_there(at("log") / "CURRENT")) {
      seen_.add(Severity::error, "log-missing", "log");
      seen_.leave_out("log");
      return;
    }
    auto ledger = Ledger::open({seen_.folders(), Mode::read, &seen_.clock()});
    if (!ledger) {
      const ErrorCode code = ledger.error().code;
      const char* what = code == ErrorCode::corrupt       ? "log-damaged"
                         : code == ErrorCode::unsupported ? "log-newer"
                                                          : "log-unreadable";
      seen_.add(Severity::error, what, "log", ledger.error().message);
      seen_.leave_out("log");
      return;
    }
    ledger_ = *std::move(ledger);
    seen_.diagnosis().origin = ledger_->origin();
    seen_.diagnosis().size = ledger_->head().tree_size;
  }

  void look_at_vault() {
    if (!is_there(at("vault"))) {
      seen_.add(Severity::warning, "vault-missing", "vault");
      seen_.leave_out("vault");
      return;
    }
    // Asking takes the vault, which the one who writes has.
    if (seen_.diagnosis().writer) {
      seen_.leave_out("vault");
      return;
    }
    const Day today = seen_.now().ledger_day();
    const auto status = vault_status(seen_.folders(), today);
    if (!status) {
      seen_.add(Severity::error, "vault-unavailable", "vault", status.error().message);
      seen_.leave_out("vault");
      return;
    }
    for (const std::string& finding : status->report.findings) {
      seen_.add(Severity::error, "vault-damaged", "vault", finding);
    }
    for (const vault::PendingErasure& each : status->pending) {
      seen_.add(Severity::warning, "erasure-unfinished", "vault", each.erasure.decision);
    }
    for (const std::string& decision : status->arrears.value_or(std::vector<std::string>())) {
      seen_.add(Severity::error, "erasure-undone", "vault", decision);
    }
    for (const vault::BackupState& each : status->backups) {
      if (each.state == vault::BackupStanding::expired) {
        seen_.add(Severity::warning, "vault-backup-expired", "vault",
                  fmt::format("{}, {}", each.id, each.expires.text()));
      }
    }
  }

  void look_at_time() {
    if (*seen_.diagnosis().size == 0) return;
    const auto last = recorded_at(*ledger_, *seen_.diagnosis().size - 1);
    if (last && *last > seen_.now()) {
      seen_.add(
          Severity::warning, "clock-behind", "log",
          fmt::format("{} is earlier than the newest event, {}", seen_.now().text(), last->text()));
    }
  }

  void look_at_seals() {
    const std::uint64_t size = *seen_.diagnosis().size;
    const auto seal = newest_seal(*ledger_, size);
    if (!seal || size == 0) return;
    const std::uint64_t from = *seal ? (*seal)->position + 1 : 0;
    if (from >= size) return;
    const auto since = recorded_at(*ledger_, from);
    if (since && seen_.days_since(*since) > seen_.options().seal_days) {
      seen_.add(Severity::warning, "seal-old", "log",
                fmt::format("{} events, the first of {}", size - from, since->ledger_day().text()));
    }
  }

  void look_at_projections() {
    // The ledger itself answers without rows that can't be read, and does not say so again.
    const auto rows = projection::KeptRows::open(seen_.folders().ledger / "projections",
                                                 store::Access::read_only);
    if (!rows && rows.error().code != ErrorCode::not_found) {
      return seen_.add(Severity::warning, "projections-damaged", "projections",
                       rows.error().message);
    }
    const auto statuses = ledger_->projections();
    if (!statuses) {
      return seen_.add(Severity::warning, "projections-damaged", "projections",
                       statuses.error().message);
    }
    // Beside a writer they lag: it keeps them up when it closes.
    if (seen_.diagnosis().writer) return;
    std::uint64_t behind = 0;
    for (const ProjectionStatus& each : *statuses) {
      if (each.lag > 0 || each.kept != each.version) ++behind;
    }
    if (behind > 0 && *seen_.diagnosis().size > 0) {
      seen_.add(Severity::note, "projections-behind", "projections", std::to_string(behind));
    }
  }

  void look_at_access_log() {
    const auto years = access_years(seen_.folders().ledger);
    if (!years) {
      return seen_.add(Severity::error, "access-damaged", "access", years.error().message);
    }
    for (const int year : *years) {
      const auto log = store::EventLog::open(
          {access_folder(seen_.folders().ledger, year), store::Access::read_only, nullptr});
      if (!log) {
        seen_.add(Severity::error, "access-damaged", fmt::format("access/{}", year),
                  log.error().message);
      }
    }
    if (ledger_ != nullptr) hold_access_log(*ledger_, seen_);
  }

  Examination seen_;
  std::uint64_t foreign_ = 0;
  std::unique_ptr<Ledger> ledger_;  // Null where it can't be opened.
};

}  // namespace

Result<Diagnosis> diagnose(const Folders& folders, const DoctorOptions& options) {
  const bool is_ledger = is_there(folders.ledger / "log") || is_there(folders.ledger / "HEAD") ||
                         is_there(folders.ledger / "vault");
  // Whoever may not look into a folder is told that nothing is there.
  std::error_code error;
  static_cast<void>(fs::status(folders.ledger / "log", error));
  if (!is_ledger && error == std::errc::permission_denied) {
    return fail(ErrorCode::io, folders.ledger.string() +
                                   ": permission denied. Ask as the one who owns the ledger; "
                                   "nothing shows that it is lost");
  }
  if (!is_ledger && !is_exchange_open(folders.ledger)) {
    return fail(ErrorCode::not_found, folders.ledger.string() +
                                          " is no ledger: make one with init, or name another "
                                          "folder");
  }
  return Doctor(folders, options).run();
}

}  // namespace liggare::ledger
