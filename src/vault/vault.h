// The key vault: the only keeper of class keys (evidence, section 2). Start here.
//
// It lives in its own folder, apart from the ledger, locked by a key-encryption key. Losing it
// loses personal data and nothing else; the ledger works without it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/personal_class.h"
#include "base/result.h"
#include "base/secret.h"
#include "sealing/section.h"
#include "vault/class_key.h"
#include "vault/key_cache.h"
#include "vault/key_file.h"
#include "vault/key_table.h"
#include "vault/slots.h"

namespace liggare::vault {

// What a check of every stored byte saw. Findings name slots and key ids, never a person.
struct VaultReport {
  std::uint64_t slots_opened = 0;
  std::uint64_t keys_opened = 0;
  std::uint64_t keys_destroyed = 0;
  std::vector<std::string> findings;
};

// Thread-safe. One process has a vault open at a time.
class Vault {
 public:
  // Makes a vault in `folder`, which is created where it is missing; durable once it returns.
  // invalid_argument where the folder holds a vault, or part of one, already.
  static Result<std::unique_ptr<Vault>> create(const std::filesystem::path& folder,
                                               KeyEncryptionKey key);
  // vault_unavailable where there is none or the key is another's; busy where another process has
  // it; unsupported where a newer release wrote it. A damaged slot is no reason to refuse: it
  // costs its own bucket's subjects, whose calls answer corrupt, and check() names it.
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                             KeyEncryptionKey key);
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // The id of each name's current key, in order. Makes the keys that are missing, all or none, in
  // one transaction that is durable before this returns: so a batch's keys outlive its records. An
  // orphan key is harmless. Touches no disk where every key was used lately.
  Result<std::vector<std::string>> ensure_keys(std::span<const ClassKeyName> names);

  // One section a class with JSON text (RFC 8785), in the order of the classes, each under fresh
  // random index and salt. Ensures the keys; where ensure_keys() has done so, touches no disk.
  Result<std::vector<sealing::Section>> seal_sections(
      const sealing::EventContext& event,
      const std::map<PersonalClass, std::string>& json_by_class);
  // The JSON text. not_found where the key is unknown or destroyed; corrupt where the section is
  // not what was sealed into this event.
  Result<std::string> open_section(const sealing::EventContext& event,
                                   const sealing::Section& section);
  // The key at `index` of a class key's tree. not_found where the key is unknown or destroyed;
  // corrupt where it is another name's; invalid_argument where index has another length than 4.
  Result<SecretKey> base_key(std::string_view key_id, const ClassKeyName& name,
                             std::string_view index);

  // Reads every stored byte and opens every slot and key. Fails only where it can't go on.
  Result<VaultReport> check();

 private:
  Vault(std::filesystem::path folder, KeyEncryptionKey key, EpochKeys epoch_keys, KeyTable table);

  Result<std::vector<ClassKey>> current_keys(std::span<const ClassKeyName> names);
  Result<SecretKey> root_of(std::string_view key_id, const ClassKeyName& name);
  // These want mutex_ held.
  Result<std::map<ClassKeyName, ClassKey>> find_or_make(const std::vector<ClassKeyName>& names);
  Result<ClassKey> make_key(const ClassKeyName& name);
  Result<EpochKeys> check_slots(VaultReport& report) const;

  const std::filesystem::path folder_;
  const KeyEncryptionKey key_;
  std::mutex mutex_;
  EpochKeys epoch_keys_;
  KeyTable table_;
  KeyCache cache_;
};

}  // namespace liggare::vault
