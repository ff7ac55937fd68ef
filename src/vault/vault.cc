#include "vault/vault.h"

#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/random.h"
#include "sealing/puncture_tree.h"
#include "sealing/seal.h"

namespace liggare::vault {
namespace {

constexpr const char* slots_file = "slots";
constexpr const char* unfinished_slots_file = "slots.new";
constexpr const char* keys_file = "keys.sqlite";

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::create_directories(folder, error) && !error) return {};
  if (!error) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) return fail(ErrorCode::io, "can't make " + folder.string() + ": " + error.message());
  return sync_folder(folder / "..");
}

Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) return fail(ErrorCode::io, "can't rename " + from.string() + ": " + error.message());
  return sync_folder(to.parent_path());
}

Result<bool> is_there(const std::filesystem::path& path) {
  std::error_code error;
  const bool found = std::filesystem::exists(path, error);
  if (error) return fail(ErrorCode::io, "can't examine " + path.string() + ": " + error.message());
  return found;
}

Result<ClassKey> unwrap_row(const KeyRow& row, const EpochKeys& epoch_keys) {
  const std::uint32_t bucket = bucket_of(row.name.subject);
  if (row.bucket != bucket) {
    return fail(ErrorCode::corrupt,
                words_for_key(row.key_id) + " is in another bucket than its own");
  }
  const Result<EpochKey>& slot = epoch_keys[bucket];
  if (!slot) {
    return fail(slot.error().code,
                words_for_key(row.key_id) + " can't open: " + slot.error().message);
  }
  if (row.epoch != static_cast<std::int64_t>(slot->epoch)) {
    return fail(ErrorCode::corrupt, words_for_key(row.key_id) + " is of another epoch than slot " +
                                        std::to_string(bucket));
  }
  return unwrap_class_key(slot->key, row.key_id, row.name, row.wrapped);
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::create(const std::filesystem::path& folder,
                                             KeyEncryptionKey key) {
  LIGGARE_CHECK(make_folder(folder));
  LIGGARE_TRY(const bool made_before, is_there(folder / slots_file));
  if (made_before) {
    return fail(ErrorCode::invalid_argument, folder.string() + " holds a vault already");
  }
  LIGGARE_CHECK(write_new_file(folder / keys_file, "", Readers::owner));
  LIGGARE_CHECK(KeyTable::create(folder / keys_file));
  // The slots come last and whole: a folder without them is no vault.
  LIGGARE_CHECK(write_new_file(folder / unfinished_slots_file, fresh_slots(key), Readers::owner));
  LIGGARE_CHECK(rename_file(folder / unfinished_slots_file, folder / slots_file));
  return open(folder, std::move(key));
}

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder,
                                           KeyEncryptionKey key) {
  LIGGARE_TRY(const bool has_slots, is_there(folder / slots_file));
  if (!has_slots) return fail(ErrorCode::vault_unavailable, "no vault in " + folder.string());
  LIGGARE_TRY(KeyTable table, KeyTable::open(folder / keys_file));
  LIGGARE_TRY(const std::string slots, read_file(folder / slots_file));
  LIGGARE_TRY(EpochKeys epoch_keys, decode_slots(slots, key));
  return std::unique_ptr<Vault>(
      new Vault(folder, std::move(key), std::move(epoch_keys), std::move(table)));
}

Vault::Vault(std::filesystem::path folder, KeyEncryptionKey key, EpochKeys epoch_keys,
             KeyTable table)
    : folder_(std::move(folder)),
      key_(std::move(key)),
      epoch_keys_(std::move(epoch_keys)),
      table_(std::move(table)) {}

Result<std::vector<std::string>> Vault::ensure_keys(std::span<const ClassKeyName> names) {
  LIGGARE_TRY(const std::vector<ClassKey> keys, current_keys(names));
  std::vector<std::string> ids;
  for (const ClassKey& key : keys) ids.push_back(key.key_id);
  return ids;
}

Result<std::vector<ClassKey>> Vault::current_keys(std::span<const ClassKeyName> names) {
  const std::lock_guard lock(mutex_);
  std::vector<ClassKeyName> missing;
  for (const ClassKeyName& name : names) {
    if (cache_.current(name) == nullptr) missing.push_back(name);
  }
  LIGGARE_TRY(auto found, find_or_make(missing));
  std::vector<ClassKey> keys;
  for (const ClassKeyName& name : names) {
    const auto fresh = found.find(name);
    keys.push_back(fresh != found.end() ? fresh->second.clone() : cache_.current(name)->clone());
  }
  for (auto& [name, key] : found) cache_.put_current(std::move(key));
  return keys;
}

Result<std::map<ClassKeyName, ClassKey>> Vault::find_or_make(
    const std::vector<ClassKeyName>& names) {
  std::map<ClassKeyName, ClassKey> found;
  if (names.empty()) return found;
  LIGGARE_TRY(Transaction transaction, table_.begin());
  for (const ClassKeyName& name : names) {
    if (found.contains(name)) continue;
    LIGGARE_TRY(const auto row, table_.current(name));
    LIGGARE_TRY(ClassKey key, row ? unwrap_row(*row, epoch_keys_) : make_key(name));
    found.emplace(name, std::move(key));
  }
  LIGGARE_CHECK(transaction.commit());
  return found;
}

Result<ClassKey> Vault::make_key(const ClassKeyName& name) {
  const std::uint32_t bucket = bucket_of(name.subject);
  const Result<EpochKey>& slot = epoch_keys_[bucket];
  if (!slot) return Unexpected{slot.error()};
  ClassKey key{random_bytes(sealing::key_id_bytes), name, random_key()};
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
  LIGGARE_TRY(const std::vector<ClassKey> keys, current_keys(names));
  std::vector<sealing::Section> sections;
  for (const ClassKey& key : keys) {
    const std::string index = random_bytes(sealing::index_bytes);
    sections.push_back(sealing::seal(sealing::base_key(key.root, index), event,
                                     {.personal_class = key.name.personal_class,
                                      .key_id = key.key_id,
                                      .index = index,
                                      .salt = random_bytes(sealing::salt_bytes),
                                      .json = json_by_class.at(key.name.personal_class)}));
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
  LIGGARE_TRY(const SecretKey root, root_of(key_id, name));
  return sealing::base_key(root, index);
}

Result<SecretKey> Vault::root_of(std::string_view key_id, const ClassKeyName& name) {
  const std::lock_guard lock(mutex_);
  const ClassKey* key = cache_.find(key_id);
  if (key == nullptr) {
    LIGGARE_TRY(const auto row, table_.find(key_id));
    if (!row) return fail(ErrorCode::not_found, words_for_key(key_id) + " is not in this vault");
    LIGGARE_TRY(ClassKey unwrapped, unwrap_row(*row, epoch_keys_));
    cache_.put(std::move(unwrapped));
    key = cache_.find(key_id);
  }
  if (key->name != name) {
    return fail(ErrorCode::corrupt, words_for_key(key_id) + " is of another subject or class");
  }
  return key->root.clone();
}

Result<VaultReport> Vault::check() {
  const std::lock_guard lock(mutex_);
  VaultReport report;
  LIGGARE_TRY(const EpochKeys stored, check_slots(report));
  LIGGARE_TRY(const auto file_findings, table_.integrity_findings());
  report.findings.insert(report.findings.end(), file_findings.begin(), file_findings.end());
  LIGGARE_CHECK(table_.for_each([&](const Result<KeyRow>& row) {
    const auto key = row ? unwrap_row(*row, stored) : Result<ClassKey>(Unexpected{row.error()});
    if (key) {
      ++report.keys_opened;
    } else {
      report.findings.push_back(key.error().message);
    }
  }));
  LIGGARE_TRY(const std::int64_t destroyed, table_.destroyed_count());
  report.keys_destroyed = static_cast<std::uint64_t>(destroyed);
  return report;
}

// From the file and not from memory: it is the stored bytes that are in question.
Result<EpochKeys> Vault::check_slots(VaultReport& report) const {
  LIGGARE_TRY(const std::string file, read_file(folder_ / slots_file));
  LIGGARE_TRY(EpochKeys stored, decode_slots(file, key_));
  for (const Result<EpochKey>& slot : stored) {
    if (slot) {
      ++report.slots_opened;
    } else {
      report.findings.push_back(slot.error().message);
    }
  }
  return stored;
}

}  // namespace liggare::vault
