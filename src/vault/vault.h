// The key vault: the only keeper of class keys (evidence, section 2). Start here.
//
// It lives in its own folder, apart from the ledger, locked by a key-encryption key. Losing it
// loses personal data and nothing else; the ledger works without it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/personal_class.h"
#include "base/result.h"
#include "base/secret.h"
#include "sealing/puncture_tree.h"
#include "sealing/section.h"
#include "vault/backup.h"
#include "vault/bucket.h"
#include "vault/class_key.h"
#include "vault/erasure.h"
#include "vault/fences.h"
#include "vault/key_cache.h"
#include "vault/key_file.h"
#include "vault/key_table.h"
#include "vault/memory_guard.h"
#include "vault/number_index.h"
#include "vault/number_table.h"
#include "vault/slots.h"
#include "vault/use_lock.h"

namespace liggare::vault {

// What a check of every stored byte saw. Findings name slots and key ids, never a person.
struct VaultReport {
  std::uint64_t slots_opened = 0;
  std::uint64_t keys_opened = 0;
  std::uint64_t keys_destroyed = 0;
  std::uint64_t sections_punctured = 0;
  std::uint64_t numbers_opened = 0;
  std::vector<std::string> findings;
};

// Thread-safe. Several processes may have a vault open, to read and to add keys; whoever takes keys
// away has it alone, from begin_erasure() to finish_erasure(). While one is open, the process
// leaves no core dump and can't be traced, and epoch keys stay out of swap where the system allows
// it; unwrapped class keys in memory are many and may be swapped.
class Vault {
 public:
  // Makes a vault in `folder`, which is created where it is missing; durable once it returns.
  // invalid_argument where the folder holds a vault, or part of one, already.
  static Result<std::unique_ptr<Vault>> create(const std::filesystem::path& folder,
                                               KeyEncryptionKey key);
  // vault_unavailable where there is none, the key is another's, or a change of key was
  // interrupted (finish_rotation); busy where another process has it alone; unsupported where a
  // newer release wrote it. A damaged slot is no reason to refuse: it costs its own bucket's
  // subjects, whose calls answer corrupt, and check() names it. Unfinished erasures keep their
  // fences.
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                             KeyEncryptionKey key);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // The id of each name's current key, in order. Makes the keys that are missing, all or none, in
  // one transaction that is durable before this returns: so a batch's keys outlive its records. An
  // orphan key is harmless. fenced, with no key made, where any name is fenced. Touches no disk
  // where every key was used lately.
  Result<std::vector<std::string>> ensure_keys(std::span<const ClassKeyName> names);

  // One section a class with JSON text (RFC 8785), in the order of the classes, each under fresh
  // random index and salt. Ensures the keys; where ensure_keys() has done so, touches no disk.
  Result<std::vector<sealing::Section>> seal_sections(
      const sealing::EventContext& event,
      const std::map<PersonalClass, std::string>& json_by_class);
  // The JSON text. not_found where the key is unknown or destroyed, or the index punctured; fenced
  // where it could be opened but for a fence; corrupt where the section is not what was sealed into
  // this event.
  Result<std::string> open_section(const sealing::EventContext& event,
                                   const sealing::Section& section);
  // The key at `index` of a class key's tree. not_found and fenced as above; corrupt where it is
  // another name's; invalid_argument where index has another length than 4.
  Result<SecretKey> base_key(std::string_view key_id, const ClassKeyName& name,
                             std::string_view index);

  // Makes numbers findable; durable once it returns. Call it before the sections' events are
  // appended: an entry whose event was never stored is harmless, as a finder reads what it found.
  // Known entries stay as they are. fenced, not_found and corrupt as base_key().
  Result<void> index_numbers(std::span<const NumberEntry> entries);
  // The subjects whose identity holds this number, in order; those fenced are left out. corrupt
  // where nothing was found and a damaged slot may hide it.
  Result<std::vector<std::string>> find_number(std::string_view number);

  // An intent, durable once it returns: from then on reads and new data of the classes named are
  // fenced, whatever happens. Does nothing where the same erasure is pending. invalid_argument
  // where the decision stands for another erasure or a finished one, it names nothing, or a
  // section is another subject's; busy, after two seconds, where other processes have the vault
  // open, as also of destroy(), finish_erasure(), back_up(), rotate() and check(). What was sealed
  // earlier must be appended or dropped by then.
  Result<void> begin_erasure(const Erasure& erasure);
  // Begins an erasure that the ledger knows to be executed, unless the vault has destroyed it: this
  // is an older state of the vault, put back. Errors as begin_erasure(), busy at once.
  Result<void> begin_again(const Erasure& erasure);
  // Destroys the keys, with those of `more_key_ids`, or punctures them; the bucket's survivors are
  // wrapped under a new epoch key, and the old one is overwritten in place. No copy of the old
  // files opens what was destroyed with any key left. Durable once it returns, and repeatable:
  // later calls answer the same. not_found where the erasure has not begun.
  Result<Destroyed> destroy(const Erasure& erasure, std::span<const std::string> more_key_ids = {});
  // Lets the fence down. invalid_argument unless it is destroyed; not_found as destroy().
  Result<void> finish_erasure(const std::string& decision);
  Result<std::vector<PendingErasure>> pending_erasures();
  // Waits for nothing that writes.
  bool is_fenced(std::string_view subject, PersonalClass personal_class) const;
  // Every erasure, by its decision, with the backups that could still open what it took away.
  Result<std::vector<ErasureState>> erasures(Day today);
  // Whether the vault has destroyed what this decision names.
  Result<bool> has_destroyed(std::string_view decision);
  // No value before the vault was first compared with its ledger.
  Result<std::optional<LedgerMark>> ledger_mark();
  Result<void> set_ledger_mark(const LedgerMark& mark);
  // Whether the key was destroyed, or punctured at this index.
  Result<bool> is_destroyed(std::string_view key_id, std::string_view index);

  // Copies the vault, registering the copy before it is made: where this fails, the registry may
  // name one that is not there. fenced while an erasure is begun and not destroyed;
  // invalid_argument where the folder exists or the expiry lies before `made`.
  Result<BackupState> back_up(const BackupOrder& order);
  // Every backup ever made, in the order in which they were made.
  Result<std::vector<BackupState>> backups(Day today);
  // Registers a backup that this state of the vault does not know of, made after it and on that day
  // at the latest: live, and without a last day.
  Result<void> recall_backup(const std::string& id, const std::string& label, Day made);
  // not_found where there is none with this id; invalid_argument where it would be rewritten and is
  // locked by the vault's present key.
  Result<void> mark_backup(const std::string& id, BackupMark mark);

  // Locks every slot with another key-encryption key, each in place. Durable once it returns: the
  // old key opens nothing here any more. Interrupted, each slot opens under one of the two keys.
  // fenced while an erasure is pending; invalid_argument where it is the same key.
  Result<void> rotate(KeyEncryptionKey new_key);
  // Ends an interrupted rotate() and opens the vault; opens it too where there is nothing to end.
  static Result<std::unique_ptr<Vault>> finish_rotation(const std::filesystem::path& folder,
                                                        const KeyEncryptionKey& old_key,
                                                        KeyEncryptionKey new_key);
  std::string key_fingerprint() const;

  // Reads every stored byte and opens every slot, key and entry. Fails only where it can't go on.
  Result<VaultReport> check();

  // Called before and after every durable step of erasures and rotations, for tests that stop
  // there.
  void watch_steps(std::function<void()> watcher) { watcher_ = std::move(watcher); }

 private:
  Vault(std::filesystem::path folder, UseLock use, KeyEncryptionKey key, EpochKeys epoch_keys,
        KeyTable table);

  // These want mutex_ held.
  Result<void> visit_current_keys(std::span<const ClassKeyName> names,
                                  const std::function<void(const ClassKey&)>& visit);
  Result<std::map<ClassKeyName, ClassKey>> find_or_make(const std::vector<ClassKeyName>& names);
  Result<ClassKey> make_key(const ClassKeyName& name);
  Result<const ClassKey*> key_with(std::string_view key_id, const ClassKeyName& name);
  Result<SecretKey> leaf_at(std::string_view key_id, const ClassKeyName& name,
                            std::string_view index);
  Result<void> load_fences();
  Result<void> check_targets(const Erasure& erasure);
  Result<void> rewrap(const Erasure& erasure, std::span<const std::string> more_key_ids);
  Result<void> settle(const Erasure& erasure);
  Result<Removal> removal_of(const Erasure& erasure);
  Result<SecretKey> index_key_of(std::uint32_t bucket);
  using IndexKeys =
      std::map<std::uint32_t, SecretKey>;  // By bucket, as far as they were asked for.
  Result<NumberRow> seal_number(const NumberEntry& entry, IndexKeys& index_keys);
  Result<NumberEntry> open_number(const NumberRow& row);
  Result<EpochKeys> check_slots(VaultReport& report);
  void at_step() const;

  const std::filesystem::path folder_;
  UseLock use_;  // Before all that it guards.
  KeyEncryptionKey key_;
  mutable std::mutex mutex_;
  EpochKeys epoch_keys_;
  MemoryGuard guard_;  // After what it guards.
  KeyTable table_;
  KeyCache cache_;
  Fences fences_;
  std::function<void()> watcher_;
};

}  // namespace liggare::vault
