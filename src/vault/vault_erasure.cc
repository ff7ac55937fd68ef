// The vault's erasures: intent, fence, destruction. The order of writes is what matters here; why
// each instant is sound stands in schema/vault.md.
#include <algorithm>
#include <utility>

#include "base/random.h"
#include "vault/backup_table.h"
#include "vault/erasure_table.h"
#include "vault/vault.h"
#include "vault/vault_files.h"

namespace liggare::vault {
namespace {

Unexpected<Error> refused(const std::string& decision, const char* why) {
  return fail(ErrorCode::invalid_argument, "erasure " + decision + " " + why);
}

Result<void> check_form(const Erasure& erasure) {
  if (erasure.decision.empty() || erasure.subject.empty()) {
    return fail(ErrorCode::invalid_argument, "an erasure names its decision and a subject");
  }
  if (erasure.classes.empty() && erasure.sections.empty()) {
    return refused(erasure.decision, "names nothing to erase");
  }
  for (const SectionName& section : erasure.sections) {
    if (section.name.subject != erasure.subject) {
      return refused(erasure.decision, "names a section of another subject");
    }
    if (section.key_id.size() != sealing::key_id_bytes ||
        section.index.size() != sealing::index_bytes) {
      return refused(erasure.decision, "names a section by a wrong key id or index");
    }
  }
  return {};
}

// What stands for the decision.
Result<StoredErasure> stored_for(Database& database, std::string_view decision) {
  LIGGARE_TRY(auto stored, find_erasure(database, decision));
  if (!stored) {
    return fail(ErrorCode::not_found, "erasure " + std::string(decision) + " has not begun");
  }
  return *std::move(stored);
}

bool is_done(const StoredErasure& stored) { return stored.step >= StoredStep::destroyed; }

ErasureStep seen_step(StoredStep step) {
  switch (step) {
    case StoredStep::fenced:
    case StoredStep::rewrapped:  // The old epoch key may still be in its slot.
      return ErasureStep::fenced;
    case StoredStep::destroyed:
      return ErasureStep::destroyed;
    case StoredStep::finished:
      return ErasureStep::finished;
  }
  LIGGARE_ASSERT(false, "no such step");
}

std::set<ClassKeyName> classes_of(const Erasure& erasure) {
  std::set<ClassKeyName> names;
  for (const PersonalClass personal_class : erasure.classes) {
    names.insert({erasure.subject, personal_class});
  }
  for (const SectionName& section : erasure.sections) names.insert(section.name);
  return names;
}

// The ids of backups that could still open what the erasure took away.
std::vector<std::string> open_backups(const std::vector<StoredBackup>& backups,
                                      const StoredErasure& erasure, Day today) {
  std::vector<std::string> ids;
  for (const StoredBackup& stored : backups) {
    if (on_day(stored.backup, today).state != BackupStanding::live) continue;
    const bool before = erasure.number == 0 || stored.erasures < erasure.number;
    if (before) ids.push_back(stored.backup.id);
  }
  return ids;
}

}  // namespace

Result<void> Vault::begin_erasure(const Erasure& erasure) {
  LIGGARE_CHECK(check_form(erasure));
  const std::lock_guard lock(mutex_);
  LIGGARE_CHECK(use_.take_alone(UseLock::Patience::two_seconds));
  LIGGARE_TRY(const auto stored, find_erasure(table_.database(), erasure.decision));
  if (stored && stored->step == StoredStep::finished) {
    return refused(erasure.decision, "is finished");
  }
  if (stored) {
    if (stored->erasure != in_order(erasure)) {
      return refused(erasure.decision, "has begun and names something else");
    }
    return {};
  }
  LIGGARE_CHECK(check_targets(erasure));
  at_step();
  LIGGARE_TRY(Transaction transaction, table_.begin());
  LIGGARE_CHECK(insert_erasure(table_.database(), erasure));
  at_step();
  LIGGARE_CHECK(transaction.commit());
  LIGGARE_CHECK(load_fences());
  cache_ = KeyCache();
  at_step();
  return {};
}

Result<void> Vault::begin_again(const Erasure& erasure) {
  LIGGARE_CHECK(check_form(erasure));
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const auto stored, find_erasure(table_.database(), erasure.decision));
  if (stored && is_done(*stored)) return {};
  LIGGARE_CHECK(check_targets(erasure));
  // Others who have it open don't know of the fence. They may be about to put it up themselves, so
  // nobody waits for another here.
  LIGGARE_CHECK(use_.take_alone(UseLock::Patience::none));
  LIGGARE_TRY(Transaction transaction, table_.begin());
  if (!stored) {
    LIGGARE_CHECK(insert_erasure(table_.database(), erasure));
  }
  LIGGARE_CHECK(set_again(table_.database(), erasure.decision));
  LIGGARE_CHECK(transaction.commit());
  LIGGARE_CHECK(load_fences());
  cache_ = KeyCache();
  use_.share_again();  // Whoever opens it from now on reads of the fence.
  return {};
}

Result<void> Vault::check_targets(const Erasure& erasure) {
  for (const SectionName& section : erasure.sections) {
    LIGGARE_TRY(const auto row, table_.find(section.key_id));
    if (row && row->name != section.name) {
      return refused(erasure.decision, "names a section of another subject or class");
    }
  }
  return {};
}

Result<Destroyed> Vault::destroy(const Erasure& erasure,
                                 std::span<const std::string> more_key_ids) {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const StoredErasure stored, stored_for(table_.database(), erasure.decision));
  if (stored.erasure != in_order(erasure)) {
    return refused(erasure.decision, "has begun and names something else");
  }
  if (is_done(stored)) return stored.destroyed;
  LIGGARE_CHECK(use_.take_alone(UseLock::Patience::two_seconds));
  if (stored.step == StoredStep::fenced) {
    LIGGARE_CHECK(rewrap(stored.erasure, more_key_ids));
  }
  LIGGARE_CHECK(settle(stored.erasure));
  LIGGARE_TRY(const StoredErasure done, stored_for(table_.database(), erasure.decision));
  return done.destroyed;
}

Result<Removal> Vault::removal_of(const Erasure& erasure) {
  Removal removal;
  LIGGARE_TRY(const auto rows, table_.rows_in(bucket_of(erasure.subject)));
  for (const Result<KeyRow>& row : rows) {
    if (!row || row->name.subject != erasure.subject) continue;
    const auto& classes = erasure.classes;
    if (std::find(classes.begin(), classes.end(), row->name.personal_class) != classes.end()) {
      removal.key_ids.insert(row->key_id);
    }
  }
  for (const SectionName& section : erasure.sections) {
    removal.punctures[section.key_id].insert(section.index);
  }
  return removal;
}

// The slot first gets the next epoch key beside the one in force, then keys.sqlite goes over to it
// in one transaction. Until that commits, the old key counts; from then on the new one does, and
// the slot has both.
Result<void> Vault::rewrap(const Erasure& erasure, std::span<const std::string> more_key_ids) {
  const std::uint32_t bucket = bucket_of(erasure.subject);
  Result<EpochKey>& current = epoch_keys_[bucket];
  if (!current) return Unexpected{current.error()};
  EpochKey next{current->epoch + 1, random_key()};
  at_step();
  LIGGARE_CHECK(
      overwrite_slots(folder_ / slots_file,
                      {{bucket, encode_slot(bucket, {current->clone(), next.clone()}, key_)}}));
  at_step();
  LIGGARE_TRY(Removal removal, removal_of(erasure));
  removal.key_ids.insert(more_key_ids.begin(), more_key_ids.end());
  LIGGARE_TRY(Transaction transaction, table_.begin());
  LIGGARE_TRY(Removed removed, rewrap_bucket(table_, bucket, *current, next, removal));
  LIGGARE_CHECK(set_rewrapped(table_.database(), erasure.decision,
                              {next.epoch, std::move(removed.key_ids), removed.punctured}));
  at_step();
  const auto committed = transaction.commit();
  cache_ = KeyCache();
  if (!committed) {
    // Either key may count now: only reading the file again tells.
    current = fail(ErrorCode::io, "vault slot " + std::to_string(bucket) +
                                      ": an erasure was interrupted; open the vault again");
    return Unexpected{committed.error()};
  }
  current = std::move(next);
  at_step();
  return {};
}

// The old epoch key goes.
Result<void> Vault::settle(const Erasure& erasure) {
  const std::uint32_t bucket = bucket_of(erasure.subject);
  const Result<EpochKey>& current = epoch_keys_[bucket];
  if (!current) return Unexpected{current.error()};
  LIGGARE_CHECK(
      overwrite_slots(folder_ / slots_file,
                      {{bucket, encode_slot(bucket, {current->clone(), std::nullopt}, key_)}}));
  at_step();
  LIGGARE_CHECK(set_step(table_.database(), erasure.decision, StoredStep::destroyed));
  at_step();
  return {};
}

Result<void> Vault::finish_erasure(const std::string& decision) {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const StoredErasure stored, stored_for(table_.database(), decision));
  if (!is_done(stored)) return refused(decision, "has not destroyed anything yet");
  LIGGARE_CHECK(use_.take_alone(UseLock::Patience::two_seconds));
  LIGGARE_CHECK(set_step(table_.database(), decision, StoredStep::finished));
  at_step();
  LIGGARE_CHECK(load_fences());
  use_.share_again();
  return {};
}

Result<void> Vault::load_fences() {
  LIGGARE_TRY(const auto all, all_erasures(table_.database()));
  std::set<ClassKeyName> up;
  for (const StoredErasure& stored : all) {
    if (stored.step != StoredStep::finished) up.merge(classes_of(stored.erasure));
  }
  fences_.put_up(std::move(up));
  return {};
}

bool Vault::is_fenced(std::string_view subject, PersonalClass personal_class) const {
  return fences_.has({std::string(subject), personal_class});
}

Result<std::vector<PendingErasure>> Vault::pending_erasures() {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const auto all, all_erasures(table_.database()));
  std::vector<PendingErasure> pending;
  for (const StoredErasure& stored : all) {
    if (stored.step == StoredStep::finished) continue;
    const std::uint64_t epoch = is_done(stored) ? stored.destroyed.epoch : 0;
    pending.push_back({stored.erasure, seen_step(stored.step), epoch, stored.again});
  }
  return pending;
}

Result<std::vector<ErasureState>> Vault::erasures(Day today) {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const auto backups, all_backups(table_.database()));
  LIGGARE_TRY(const auto all, all_erasures(table_.database()));
  std::vector<ErasureState> states;
  for (const StoredErasure& stored : all) {
    states.push_back({stored.erasure, seen_step(stored.step), stored.destroyed,
                      open_backups(backups, stored, today)});
  }
  return states;
}

Result<bool> Vault::has_destroyed(std::string_view decision) {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const auto stored, find_erasure(table_.database(), decision));
  return stored && is_done(*stored);
}

Result<std::optional<LedgerMark>> Vault::ledger_mark() {
  const std::lock_guard lock(mutex_);
  return vault::ledger_mark(table_.database());
}

Result<void> Vault::set_ledger_mark(const LedgerMark& mark) {
  const std::lock_guard lock(mutex_);
  return vault::set_ledger_mark(table_.database(), mark);
}

Result<bool> Vault::is_destroyed(std::string_view key_id, std::string_view index) {
  const std::lock_guard lock(mutex_);
  LIGGARE_TRY(const bool destroyed, table_.is_destroyed(key_id));
  if (destroyed) return true;
  return table_.is_punctured(key_id, index);
}

}  // namespace liggare::vault
