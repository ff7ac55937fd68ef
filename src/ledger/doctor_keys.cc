#include "ledger/doctor_keys.h"

#include <fmt/format.h>

#include "base/is_denied.h"
#include "base/is_there.h"
#include "base/lies_in.h"
#include "inspect/access_check.h"
#include "inspect/access_signed.h"
#include "ledger/accepted_rollback.h"
#include "ledger/key_folder.h"
#include "ledger/restored_tree.h"
#include "ledger/signed_beyond.h"

namespace liggare::ledger {
namespace {

void look_at_signing_key(const KeyFolder& keys, const std::string& name, Examination& seen) {
  if (seen.may_not_read(seen.folders().keys / name, "keys/" + name)) return;
  const auto key = keys.signing_key();
  if (key) return;
  if (key.error().code == ErrorCode::corrupt) {
    seen.add(Severity::error, "key-damaged", "keys/" + name);
  } else if (key.error().code == ErrorCode::not_found) {
    seen.add(Severity::warning, "key-missing", "keys/" + name);
  }
}

// A ledger may have been made without a key of its access log.
void look_at_access_key(Examination& seen) {
  const std::filesystem::path& folder = seen.folders().keys;
  const KeyFolder keys = KeyFolder::of_access_log(folder);
  const std::string last_name = KeyFolder::access_signed_file;
  const bool has_key = is_there(folder / "access.key");
  if (!has_key && !is_there(folder / last_name)) return;
  look_at_signing_key(keys, "access.key", seen);
  if (seen.may_not_read(folder / last_name, "keys/" + last_name)) return;
  const auto last = keys.last_signed();
  if (!last && last.error().code == ErrorCode::not_found) {
    seen.add(Severity::error, "signed-missing", "keys/" + last_name);
  } else if (!last) {
    seen.add(Severity::error, "signed-damaged", "keys/" + last_name, last.error().message);
  }
}

// A rollback that was accepted explains why the ledger is not what was signed.
bool explain_by_rollback(const merkle::LastSigned& last, const merkle::TreeHead& head,
                         const Ledger& ledger, Examination& seen) {
  const auto at = rolled_back_behind(ledger, head);
  if (!at || !*at) return false;
  const auto is_left_behind = is_given_up(ledger, last.key);
  if (is_left_behind && *is_left_behind) {
    seen.add(Severity::warning, "checkpoint-old", "keys/SIGNED",
             "the new key has signed nothing yet");
  } else {
    seen.add(
        Severity::error, "key-to-change", "keys/SIGNED",
        fmt::format("{} events were signed; rolled back, as event {} says", head.tree_size, **at));
  }
  return true;
}

}  // namespace

void look_at_keys(Examination& seen) {
  const std::filesystem::path& folder = seen.folders().keys;
  const auto mode = mode_of(folder);
  if (!mode) {
    seen.add(Severity::warning, "keys-missing", "keys");
    seen.leave_out("keys");
    return;
  }
  if ((*mode & 0077) != 0) {
    seen.add(Severity::error, "keys-open", "keys", fmt::format("mode {:o}", *mode));
  }
  if (seen.may_not_read(folder, "keys")) {
    seen.leave_out("keys");
    return;
  }
  for (const std::string& name : names_in(folder)) {
    const auto own = mode_of(folder / name);
    if (own && (*own & 0077) != 0 && (name.ends_with(".key") || name.starts_with("SIGNED"))) {
      seen.add(Severity::error, "keys-open", "keys/" + name, fmt::format("mode {:o}", *own));
    }
  }
  look_at_signing_key(KeyFolder(folder), "signing.key", seen);
  if (!is_there(folder / "vault.key")) {
    seen.add(Severity::warning, "key-missing", "keys/vault.key");
  }
  look_at_access_key(seen);
  if (lies_in(folder, seen.folders().ledger)) seen.add(Severity::warning, "keys-inside", "keys");
}

void look_at_signatures(const Ledger& ledger, Examination& seen) {
  const std::filesystem::path& folder = seen.folders().keys;
  if (is_denied(folder)) return;
  if (seen.may_not_read(folder / "SIGNED", "keys/SIGNED")) return;
  const auto last = KeyFolder(folder).last_signed();
  if (!last && last.error().code == ErrorCode::not_found) {
    if (is_there(folder)) seen.add(Severity::error, "signed-missing", "keys/SIGNED");
    return;
  }
  if (!last)
    return seen.add(Severity::error, "signed-damaged", "keys/SIGNED", last.error().message);
  if (last->key.name != ledger.origin()) {
    return seen.add(Severity::error, "keys-of-another", "keys/SIGNED", last->key.name);
  }
  const auto head = last->head();
  if (!head) return;
  const std::uint64_t size = ledger.head().tree_size;
  if (explain_by_rollback(*last, *head, ledger, seen)) return;
  if (signed_beyond(ledger)) {
    return seen.add(Severity::error, "rolled-back", "log",
                    fmt::format("{} events, {} were signed", size, head->tree_size));
  }
  const auto root = root_at(ledger.log(), head->tree_size);
  if (root && *root != head->root_hash) {
    return seen.add(Severity::error, "diverged", "log",
                    fmt::format("another root at {} events", head->tree_size));
  }
  if (head->tree_size == size) return;
  // The oldest event that no signature covers.
  const auto since = recorded_at(ledger, head->tree_size);
  if (since && seen.days_since(*since) > seen.options().checkpoint_days) {
    seen.add(Severity::warning, "checkpoint-old", "keys/SIGNED",
             fmt::format("{} events, the first of {}", size - head->tree_size,
                         since->ledger_day().text()));
  }
}

void hold_access_log(const Ledger& ledger, Examination& seen) {
  const auto last = KeyFolder::of_access_log(seen.folders().keys).last_signed();
  if (!last || !last->note) return;
  const auto head = last->head();
  const auto year = inspect::access_year_of(ledger.origin(), last->key.name);
  const auto trees = inspect::AccessTrees::open(seen.folders().ledger);
  if (!head || !year || !trees) return;
  const auto standing = trees->judge_year(*year, *head);
  if (!standing || *standing == inspect::AccessStanding::holds) return;
  if (*standing == inspect::AccessStanding::dropped) return;
  if (*standing == inspect::AccessStanding::left_behind) return;
  seen.add(Severity::error, "access-diverged", fmt::format("access/{}", *year),
           fmt::format("{} records were signed", head->tree_size));
}

}  // namespace liggare::ledger
