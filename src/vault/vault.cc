#include "vault/vault.h"

#include <utility>

#include "base/file.h"
#include "base/random.h"
#include "sealing/seal.h"
#include "vault/backup_table.h"
#include "vault/vault_files.h"

namespace liggare::vault {
namespace {

bool opens_all(const Slots& slots) {
  for (const auto& slot : slots) {
    if (!slot && slot.error().code == ErrorCode::vault_unavailable) return false;
  }
  return true;
}

Unexpected<Error> interrupted(const VaultKeys& keys) {
  return fail(ErrorCode::vault_unavailable,
              "a change of the vault's key was interrupted: finish it with both keys, " +
                  keys.current + " and " + keys.next);
}

// What the vault is locked by, now that `key` has opened slots.
Result<void> settle_keys(Database& database, const VaultKeys& keys, bool opened_all,
                         const KeyEncryptionKey& key) {
  const std::string given = fingerprint_of(key);
  if (keys.next.empty()) {
    return keys.current == given ? Result<void>() : set_vault_keys(database, {given, ""});
  }
  // A change that has reached every slot, or none, is over.
  if (!opened_all || (given != keys.current && given != keys.next)) return interrupted(keys);
  return set_vault_keys(database, {given, ""});
}

// Says which key is wanted, where that is known.
Unexpected<Error> not_opened(const Error& error, const KeyEncryptionKey& key,
                             const std::optional<VaultKeys>& keys) {
  if (error.code != ErrorCode::vault_unavailable || !keys) return Unexpected{error};
  if (!keys->next.empty()) return interrupted(*keys);
  return fail(ErrorCode::vault_unavailable, "key " + fingerprint_of(key) +
                                                " does not open the vault: it is locked by key " +
                                                keys->current);
}

// A slot of two keys is what an interrupted rewrapping left; keys.sqlite says which one counts.
Result<void> drop_spare_keys(const std::filesystem::path& folder,
                             const std::vector<std::uint32_t>& two_keys, const EpochKeys& in_force,
                             const KeyEncryptionKey& key) {
  std::map<std::uint32_t, std::string> settled;
  for (const std::uint32_t bucket : two_keys) {
    if (!in_force[bucket]) continue;
    settled[bucket] = encode_slot(bucket, {in_force[bucket]->clone(), std::nullopt}, key);
  }
  if (settled.empty()) return {};
  return overwrite_slots(folder / slots_file, settled);
}

Result<EpochKeys> load_epoch_keys(const std::filesystem::path& folder, KeyTable& table,
                                  const KeyEncryptionKey& key) {
  LIGGARE_TRY(const auto keys, vault_keys(table.database()));
  LIGGARE_TRY(const std::string file, read_file(folder / slots_file));
  LIGGARE_TRY(Slots each, decode_each_slot(file, key));
  const bool opened_all = opens_all(each);
  auto usable = usable_slots(std::move(each));
  if (!usable) return not_opened(usable.error(), key, keys);
  Slots slots = *std::move(usable);
  LIGGARE_CHECK(settle_keys(table.database(), keys.value_or(VaultKeys{}), opened_all, key));
  std::vector<std::uint32_t> two_keys;
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (slots[bucket] && slots[bucket]->next) two_keys.push_back(bucket);
  }
  LIGGARE_TRY(const auto epochs, table.epochs());
  EpochKeys in_force = keys_in_force(std::move(slots), epochs);
  LIGGARE_CHECK(drop_spare_keys(folder, two_keys, in_force, key));
  return in_force;
}

// A subtree of a class key over one index: cheaper to take along than all of a punctured key.
struct Leaf {
  PersonalClass personal_class;
  std::string key_id;
  std::string index;
  sealing::KeyNode node;
};

// At `index`, or at another one where that is punctured: all but a few of the 2^32 are there.
Leaf leaf_over(const ClassKey& key, std::string index) {
  const sealing::KeyNode* node = sealing::node_over(key.nodes, index);
  while (node == nullptr) {
    index = random_bytes(sealing::index_bytes);
    node = sealing::node_over(key.nodes, index);
  }
  return {key.name.personal_class, key.key_id, std::move(index), node->clone()};
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::create(const std::filesystem::path& folder,
                                             KeyEncryptionKey key) {
  LIGGARE_CHECK(make_vault_folder(folder));
  LIGGARE_TRY(const bool made_before, is_there(folder / slots_file));
  if (made_before) {
    return fail(ErrorCode::invalid_argument, folder.string() + " holds a vault already");
  }
  LIGGARE_CHECK(write_new_file(folder / keys_file, "", Readers::owner));
  LIGGARE_CHECK(KeyTable::create(folder / keys_file));
  LIGGARE_CHECK(write_slots(folder, fresh_slots(key)));
  return open(folder, std::move(key));
}

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder,
                                           KeyEncryptionKey key) {
  LIGGARE_TRY(const bool has_slots, is_there(folder / slots_file));
  if (!has_slots) return fail(ErrorCode::vault_unavailable, "no vault in " + folder.string());
  LIGGARE_TRY(UseLock use, UseLock::share(folder / slots_file));
  LIGGARE_TRY(KeyTable table, KeyTable::open(folder / keys_file));
  LIGGARE_TRY(EpochKeys epoch_keys, load_epoch_keys(folder, table, key));
  std::unique_ptr<Vault> vault(
      new Vault(folder, std::move(use), std::move(key), std::move(epoch_keys), std::move(table)));
  LIGGARE_CHECK(vault->load_fences());
  vault->use_.end_opening();
  return vault;
}

Vault::Vault(std::filesystem::path folder, UseLock use, KeyEncryptionKey key, EpochKeys epoch_keys,
             KeyTable table)
    : folder_(std::move(folder)),
      use_(std::move(use)),
      key_(std::move(key)),
      epoch_keys_(std::move(epoch_keys)),
      guard_(epoch_keys_.data(), epoch_keys_.size() * sizeof(EpochKeys::value_type)),
      table_(std::move(table)) {}

Vault::~Vault() = default;

Result<std::vector<std::string>> Vault::ensure_keys(std::span<const ClassKeyName> names) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  LIGGARE_CHECK(visit_current_keys(names, [&](const ClassKey& key) { ids.push_back(key.key_id); }));
  return ids;
}

Result<void> Vault::visit_current_keys(std::span<const ClassKeyName> names,
                                       const std::function<void(const ClassKey&)>& visit) {
  std::vector<ClassKeyName> missing;
  for (const ClassKeyName& name : names) {
    if (fences_.has(name)) {
      return fail(ErrorCode::fenced, "personal data of class " +
                                         std::string(name_of(name.personal_class)) +
                                         " are being erased");
    }
    if (cache_.current(name) == nullptr) missing.push_back(name);
  }
  LIGGARE_TRY(auto found, find_or_make(missing));
  for (const ClassKeyName& name : names) {
    const auto fresh = found.find(name);
    visit(fresh != found.end() ? fresh->second : *cache_.current(name));
  }
  for (auto& [name, key] : found) cache_.put_current(std::move(key));
  return {};
}

Result<std::map<ClassKeyName, ClassKey>> Vault::find_or_make(
    const std::vector<ClassKeyName>& names) {
  std::map<ClassKeyName, ClassKey> found;
  if (names.empty()) return found;
  LIGGARE_TRY(Transaction transaction, table_.begin());
  for (const ClassKeyName& name : names) {
    if (found.contains(name)) continue;
    LIGGARE_TRY(const auto row, table_.current(name));
    LIGGARE_TRY(ClassKey key, row ? open_row(*row, epoch_keys_) : make_key(name));
    found.emplace(name, std::move(key));
  }
  LIGGARE_CHECK(transaction.commit());
  return found;
}

Result<ClassKey> Vault::make_key(const ClassKeyName& name) {
  const std::uint32_t bucket = bucket_of(name.subject);
  const Result<EpochKey>& slot = epoch_keys_[bucket];
  if (!slot) return Unexpected{slot.error()};
  ClassKey key{random_bytes(sealing::key_id_bytes), name, sealing::whole_tree(random_key())};
  LIGGARE_CHECK(table_.insert({.key_id = key.key_id,
                               .name = name,
                               .generation = 1,
                               .bucket = bucket,
                               .epoch = static_cast<std::int64_t>(slot->epoch),
                               .wrapped = wrap_class_key(slot->key, key)}));
  return key;
}

Result<std::vector<sealing::Section>> Vault::seal_sections(
    const sealing::EventContext& event, const std::map<PersonalClass, std::string>& json_by_class) {
  std::vector<ClassKeyName> names;
  for (const auto& [personal_class, json] : json_by_class) {
    names.push_back({event.subject, personal_class});
  }
  const std::string indexes = random_bytes(sealing::index_bytes * names.size());
  std::vector<Leaf> leaves;
  {
    const std::lock_guard lock(mutex_);
    LIGGARE_CHECK(visit_current_keys(names, [&](const ClassKey& key) {
      const std::size_t place = sealing::index_bytes * leaves.size();
      leaves.push_back(leaf_over(key, indexes.substr(place, sealing::index_bytes)));
    }));
  }
  std::vector<sealing::Section> sections;
  for (const Leaf& leaf : leaves) {
    sections.push_back(sealing::seal(sealing::base_key(leaf.node, leaf.index), event,
                                     {.personal_class = leaf.personal_class,
                                      .key_id = leaf.key_id,
                                      .index = leaf.index,
                                      .salt = random_bytes(sealing::salt_bytes),
                                      .json = json_by_class.at(leaf.personal_class)}));
  }
  return sections;
}

Result<std::string> Vault::open_section(const sealing::EventContext& event,
                                        const sealing::Section& section) {
  LIGGARE_CHECK(sealing::check_lengths(section));
  LIGGARE_TRY(const SecretKey base,
              base_key(section.key_id, {event.subject, section.personal_class}, section.index));
  return sealing::open(sealing::section_key(base, event, section), event, section);
}

Result<SecretKey> Vault::base_key(std::string_view key_id, const ClassKeyName& name,
                                  std::string_view index) {
  if (index.size() != sealing::index_bytes) {
    return fail(ErrorCode::invalid_argument, "a section's index has 4 bytes");
  }
  const std::lock_guard lock(mutex_);
  return leaf_at(key_id, name, index);
}

Result<SecretKey> Vault::leaf_at(std::string_view key_id, const ClassKeyName& name,
                                 std::string_view index) {
  LIGGARE_TRY(const ClassKey* key, key_with(key_id, name));
  const sealing::KeyNode* node = sealing::node_over(key->nodes, index);
  if (node == nullptr) {
    return fail(ErrorCode::not_found,
                words_for_key(key_id) + " no longer opens this section: it was destroyed");
  }
  if (fences_.has(name)) {
    return fail(ErrorCode::fenced, words_for_key(key_id) + " is being destroyed");
  }
  return sealing::base_key(*node, index);
}

Result<const ClassKey*> Vault::key_with(std::string_view key_id, const ClassKeyName& name) {
  const ClassKey* key = cache_.find(key_id);
  if (key == nullptr) {
    LIGGARE_TRY(const auto row, table_.find(key_id));
    if (!row) return fail(ErrorCode::not_found, words_for_key(key_id) + " is not in this vault");
    LIGGARE_TRY(ClassKey opened, open_row(*row, epoch_keys_));
    cache_.put(std::move(opened));
    key = cache_.find(key_id);
  }
  if (key->name != name) {
    return fail(ErrorCode::corrupt, words_for_key(key_id) + " is of another subject or class");
  }
  return key;
}

void Vault::at_step() const {
  if (watcher_) watcher_();
}

}  // namespace liggare::vault
