#include "ledger/vault_care.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/bytes.h"
#include "base/file.h"
#include "codec/parsed_json.h"
#include "codec/record.h"
#include "ledger/backup_place.h"
#include "ledger/erased_view.h"
#include "ledger/erasure_arrears.h"
#include "ledger/erasure_scope.h"
#include "ledger/parts.h"
#include "ledger/patience.h"
#include "ledger/sealer.h"
#include "vault/key_file.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

fs::path next_key_file(const Folders& folders) { return folders.keys / "vault.key.next"; }

fs::path old_key_file(const Folders& folders) { return folders.keys / "vault.key.old"; }

Unexpected<Error> failed(const fs::path& path, const std::error_code& error) {
  return fail(ErrorCode::io, path.string() + ": " + error.message());
}

Result<void> copy_key(const fs::path& from, const fs::path& to) {
  LIGGARE_TRY(std::string bytes, read_file(from));
  auto written = write_new_file(to, bytes, Readers::owner);
  wipe(bytes.data(), bytes.size());
  return written;
}

// In place, so that the old key is not left on the medium as an unlinked file.
Result<void> overwrite(const fs::path& path) {
  LIGGARE_TRY(const auto file, FileDescriptor::open(path, O_WRONLY | O_CLOEXEC));
  LIGGARE_CHECK(write_all(file, std::string(key_bytes, '\0'), path));
  if (::fdatasync(file.number()) != 0) return system_failure("cannot sync", path);
  return {};
}

// The new key takes the name in one step; until then the old one has it. Under its second name the
// old key is overwritten, unless it is the vault's after all: then the step was never taken.
Result<void> give_up_old_key(const Folders& folders) {
  const fs::path own = vault_key_file(folders);
  const fs::path old = old_key_file(folders);
  std::error_code error;
  if (!fs::exists(old, error)) return {};
  if (!fs::equivalent(own, old, error)) {
    LIGGARE_CHECK(overwrite(old));
  }
  fs::remove(old, error);
  return sync_folder(folders.keys);
}

Result<void> install_new_key(const Folders& folders) {
  const fs::path own = vault_key_file(folders);
  std::error_code error;
  fs::create_hard_link(own, old_key_file(folders), error);
  if (!error) fs::rename(next_key_file(folders), own, error);
  if (error) return failed(own, error);
  return sync_folder(folders.keys);
}

Result<std::vector<vault::ExecutedErasure>> executed_erasures(const Ledger& ledger) {
  std::set<std::string> decisions;
  LIGGARE_CHECK(ledger.scan(0, ledger.head().tree_size,
                            [&](const domain::RecordedEvent& event, std::string_view) {
                              if (event.event.type() == domain::EventType::erasure_decided) {
                                decisions.insert(event.event.id);
                              }
                              return true;
                            }));
  std::vector<vault::ExecutedErasure> executed;
  for (const std::string& decision : decisions) {
    LIGGARE_TRY(const auto erasure, decided_erasure(ledger, decision));
    if (!erasure.executed) continue;
    LIGGARE_TRY(const auto sections, sections_of(ledger, erasure));
    std::set<std::string> key_ids;
    if (erasure.data.classes) {
      for (const SealedSection& each : sections) key_ids.insert(each.section.key_id);
    }
    executed.push_back({vault_erasure(erasure, sections), {key_ids.begin(), key_ids.end()}});
  }
  return executed;
}

bool is_canonical(const std::string& text) {
  const auto json = codec::parse_json(text);
  return json && json->as_object() != nullptr && json->canonical_text() == text;
}

class Verification {
 public:
  Verification(const Ledger& ledger, vault::Vault& vault)
      : ledger_(ledger), vault_(vault), view_(ledger.log()) {}

  Result<VaultVerification> run() {
    LIGGARE_TRY(vault::VaultReport report, vault_.check());
    done_.findings = std::move(report.findings);
    Result<void> checked;
    LIGGARE_CHECK(ledger_.scan(0, ledger_.head().tree_size,
                               [&](const domain::RecordedEvent& event, std::string_view leaf) {
                                 if (event.event.personal) checked = check(event, leaf);
                                 return checked.has_value();
                               }));
    LIGGARE_CHECK(std::move(checked));
    return std::move(done_);
  }

 private:
  Result<void> check(const domain::RecordedEvent& event, std::string_view leaf) {
    LIGGARE_TRY(const codec::Record record, codec::decode_record(leaf, event.position));
    const codec::PersonalView view = view_(event);
    for (const Section& section : record.sections) {
      ++done_.sections;
      const bool is_erased = view(section.personal_class).find("erased") != nullptr;
      check(event, section, is_erased);
    }
    return {};
  }

  void check(const domain::RecordedEvent& event, const Section& section, bool is_erased) {
    const std::string where =
        "event " + event.event.id + ", " + std::string(name_of(section.personal_class));
    const auto opened = vault_.open_section(context_of(event.event), section);
    if (opened) {
      if (is_erased) return find(where + " was erased and can be opened");
      if (!is_canonical(*opened)) return find(where + " opens to something else than JSON");
      ++done_.opened;
    } else if (opened.error().code == ErrorCode::fenced && is_erased) {
      find(where + " was erased and its key is back");
    } else if (opened.error().code == ErrorCode::fenced) {
      ++done_.fenced;
    } else if (opened.error().code == ErrorCode::not_found && is_erased) {
      ++done_.erased;
    } else {
      find(where + ": " + opened.error().message);
    }
  }

  void find(std::string finding) { done_.findings.push_back(std::move(finding)); }

  const Ledger& ledger_;
  vault::Vault& vault_;
  ErasedView view_;
  VaultVerification done_;
};

// An older state of the vault that was put back is fenced by this, and says so when it is copied or
// locked anew. The vault is open already, so that no writer comes between.
Result<std::vector<std::string>> compare_with_ledger(const Folders& folders, vault::Vault& vault) {
  LIGGARE_TRY(const auto ledger, Ledger::open({folders, Mode::read}));
  return catch_up_vault(*ledger, vault);
}

// A key that waits beside the vault's belongs to a change that was interrupted: it may lock some
// slots already.
Result<std::unique_ptr<vault::Vault>> lock_anew(const Folders& folders) {
  const fs::path next = next_key_file(folders);
  LIGGARE_TRY(auto old_key, vault::read_key_file(vault_key_file(folders)));
  std::error_code ignored;
  if (fs::exists(next, ignored)) {
    LIGGARE_TRY(auto new_key, vault::read_key_file(next));
    auto finished =
        vault::Vault::finish_rotation(vault_folder(folders), old_key, std::move(new_key));
    if (finished || finished.error().code != ErrorCode::vault_unavailable) return finished;
  }
  auto vault = wait_for_vault(folders);
  if (!vault) return vault;
  LIGGARE_CHECK(compare_with_ledger(folders, **vault));
  // One that is there was made by a change that came no further: it has locked nothing.
  if (!fs::exists(next, ignored)) {
    LIGGARE_CHECK(vault::make_key_file(next));
  }
  LIGGARE_TRY(auto new_key, vault::read_key_file(next));
  auto rotated = (*vault)->rotate(std::move(new_key));
  if (rotated) return vault;
  // Refused before anything was written: the key has locked nothing.
  const bool is_untouched = rotated.error().code == ErrorCode::fenced ||
                            rotated.error().code == ErrorCode::invalid_argument;
  if (is_untouched) fs::remove(next, ignored);
  return Unexpected{rotated.error()};
}

}  // namespace

Result<std::unique_ptr<vault::Vault>> wait_for_vault(const Folders& folders) {
  return with_patience([&]() -> Result<std::unique_ptr<vault::Vault>> {
    LIGGARE_TRY(auto key, vault::read_key_file(vault_key_file(folders)));
    return vault::Vault::open(vault_folder(folders), std::move(key));
  });
}

Result<VaultStatus> vault_status(const Folders& folders, Day today) {
  LIGGARE_TRY(const auto vault, wait_for_vault(folders));
  VaultStatus status;
  status.key_fingerprint = vault->key_fingerprint();
  LIGGARE_TRY(status.report, vault->check());
  LIGGARE_TRY(status.backups, vault->backups(today));
  const auto arrears = compare_with_ledger(folders, *vault);
  if (arrears) status.arrears = *arrears;
  LIGGARE_TRY(status.pending, vault->pending_erasures());
  return status;
}

Result<vault::BackupState> back_up_vault(const Folders& folders, const vault::BackupOrder& order) {
  LIGGARE_CHECK(check_backup_place(folders, order.folder));
  LIGGARE_TRY(const auto vault, wait_for_vault(folders));
  LIGGARE_CHECK(compare_with_ledger(folders, *vault));
  return vault->back_up(order);
}

Result<void> forget_backup(const Folders& folders, const std::string& id) {
  LIGGARE_TRY(const auto vault, wait_for_vault(folders));
  return vault->mark_backup(id, vault::BackupMark::deleted);
}

Result<vault::RestoreReport> restore_vault(const Ledger& ledger, const RestoreRequest& request) {
  const Folders& folders = ledger.folders();
  const fs::path own = vault_key_file(folders);
  LIGGARE_TRY(auto key, vault::read_key_file(request.key_file.value_or(own)));
  LIGGARE_TRY(auto executed, executed_erasures(ledger));
  // The key first: a vault that was restored and can't be opened would be in the way.
  std::error_code error;
  if (request.key_file && !fs::exists(own, error)) {
    LIGGARE_CHECK(copy_key(*request.key_file, own));
  } else if (request.key_file) {
    LIGGARE_TRY(const auto present, vault::read_key_file(own));
    if (vault::fingerprint_of(present) != vault::fingerprint_of(key)) {
      return fail(ErrorCode::invalid_argument,
                  own.string() + " is another key than the backup's: move it away first");
    }
  }
  return vault::restore(
      {request.backup, vault_folder(folders), ledger.today(), std::move(executed),
       request.accepts_expired ? vault::ExpiredBackups::accept : vault::ExpiredBackups::refuse},
      std::move(key));
}

Result<RotatedKey> rotate_vault_key(const Folders& folders, Day today,
                                    const std::optional<fs::path>& keep_old_key) {
  const fs::path own = vault_key_file(folders);
  RotatedKey rotated;
  LIGGARE_CHECK(give_up_old_key(folders));
  {
    LIGGARE_TRY(const auto old_key, vault::read_key_file(own));
    rotated.old_fingerprint = vault::fingerprint_of(old_key);
  }
  if (keep_old_key) {
    LIGGARE_CHECK(copy_key(own, *keep_old_key));
  }
  LIGGARE_TRY(const auto vault, lock_anew(folders));
  rotated.new_fingerprint = vault->key_fingerprint();
  LIGGARE_CHECK(install_new_key(folders));
  LIGGARE_CHECK(give_up_old_key(folders));
  if (keep_old_key) return rotated;
  LIGGARE_TRY(const auto backups, vault->backups(today));
  for (const vault::BackupState& backup : backups) {
    if (backup.key_fingerprint == rotated.new_fingerprint ||
        backup.state != vault::BackupStanding::live) {
      continue;
    }
    // Locked with a key that was kept at an earlier change: that one is not known to be gone.
    if (backup.key_fingerprint != rotated.old_fingerprint) continue;
    LIGGARE_CHECK(vault->mark_backup(backup.id, vault::BackupMark::rewritten));
    rotated.rewritten.push_back(backup.id);
  }
  return rotated;
}

Result<VaultVerification> verify_vault(const Ledger& ledger) {
  if (ledger.vault() != nullptr) return Verification(ledger, *ledger.vault()).run();
  LIGGARE_TRY(const auto vault, wait_for_vault_of(ledger));
  return Verification(ledger, *vault).run();
}

}  // namespace liggare::ledger
