// The vault's check: every stored byte is read, and everything that should open is opened.
#include <algorithm>
#include <utility>

#include "base/file.h"
#include "vault/backup_table.h"
#include "vault/erasure_table.h"
#include "vault/number_table.h"
#include "vault/vault.h"
#include "vault/vault_files.h"

namespace liggare::vault {
namespace {

using Punctures = std::map<std::string, std::vector<std::string>>;

void check_punctures(const ClassKey& key, const Punctures& punctures, VaultReport& report) {
  const auto found = punctures.find(key.key_id);
  if (found == punctures.end()) return;
  for (const std::string& index : found->second) {
    if (index.size() == sealing::index_bytes && sealing::node_over(key.nodes, index) != nullptr) {
      report.findings.push_back(words_for_key(key.key_id) + " opens a section that was destroyed");
    }
  }
}

Result<void> check_keys(KeyTable& table, const EpochKeys& stored, VaultReport& report) {
  LIGGARE_TRY(const Punctures punctures, table.punctures());
  LIGGARE_CHECK(table.for_each([&](const Result<KeyRow>& row) {
    const auto key = row ? open_row(*row, stored) : Result<ClassKey>(Unexpected{row.error()});
    if (!key) {
      report.findings.push_back(key.error().message);
      return;
    }
    ++report.keys_opened;
    check_punctures(*key, punctures, report);
    const auto destroyed = table.is_destroyed(key->key_id);
    if (!destroyed || *destroyed) {
      report.findings.push_back(words_for_key(key->key_id) + " is there though it was destroyed");
    }
  }));
  LIGGARE_TRY(const std::int64_t destroyed, table.destroyed_count());
  report.keys_destroyed = static_cast<std::uint64_t>(destroyed);
  for (const auto& [key_id, indexes] : punctures) report.sections_punctured += indexes.size();
  return {};
}

Result<NumberEntry> open_number(KeyTable& table, const EpochKeys& stored, const NumberRow& row) {
  const auto orphan = [&] {
    return fail(ErrorCode::corrupt,
                "a number's entry is under " + words_for_key(row.key_id) + ", which is not there");
  };
  LIGGARE_TRY(const auto key_row, table.find(row.key_id));
  if (!key_row) return orphan();
  LIGGARE_TRY(const ClassKey key, open_row(*key_row, stored));
  if (row.index.size() != sealing::index_bytes) return orphan();
  const auto base = sealing::base_key(key.nodes, row.index);
  if (!base) return orphan();
  return open_entry(*base, row.key_id, row.index, row.sealed);
}

Result<SecretKey> open_index_key(const EpochKeys& stored, const IndexKeyRow& row) {
  const std::string words = "the index key of bucket " + std::to_string(row.bucket);
  if (row.bucket >= bucket_count) return fail(ErrorCode::corrupt, words + " has no slot");
  const Result<EpochKey>& slot = stored[row.bucket];
  if (!slot) return fail(ErrorCode::corrupt, words + " can't open: " + slot.error().message);
  if (row.epoch != slot->epoch) {
    return fail(ErrorCode::corrupt, words + " is of another epoch than its slot");
  }
  return unwrap_index_key(slot->key, row.bucket, row.wrapped);
}

Result<void> check_numbers(KeyTable& table, const EpochKeys& stored, VaultReport& report) {
  LIGGARE_TRY(const auto keys, index_keys(table.database()));
  for (const IndexKeyRow& index_key : keys) {
    const auto key = open_index_key(stored, index_key);
    if (!key) {
      report.findings.push_back(key.error().message);
      continue;
    }
    LIGGARE_TRY(const auto rows, numbers_in(table.database(), index_key.bucket));
    for (const NumberRow& row : rows) {
      const auto entry = open_number(table, stored, row);
      if (!entry) {
        report.findings.push_back(entry.error().message);
      } else if (number_mac(*key, entry->number) != row.mac ||
                 bucket_of(entry->subject) != row.bucket) {
        report.findings.push_back("a number's entry under " + words_for_key(row.key_id) +
                                  " is in another place than its own");
      } else {
        ++report.numbers_opened;
      }
    }
  }
  LIGGARE_TRY(const std::int64_t lost,
              table.database().integer("SELECT count(*) FROM number_entry WHERE bucket NOT IN "
                                       "(SELECT bucket FROM index_key)"));
  if (lost > 0) report.findings.push_back("keys.sqlite: numbers of a bucket without an index key");
  return {};
}

// Which erasures have come to destroy, and still did not.
Result<void> check_erasures(KeyTable& table, VaultReport& report) {
  LIGGARE_TRY(const auto all, all_erasures(table.database()));
  for (const StoredErasure& stored : all) {
    if (stored.step == StoredStep::fenced) continue;
    bool kept = true;
    for (const std::string& key_id : stored.destroyed.key_ids) {
      LIGGARE_TRY(const bool destroyed, table.is_destroyed(key_id));
      kept = kept && destroyed;
    }
    for (const SectionName& section : stored.erasure.sections) {
      LIGGARE_TRY(const bool punctured, table.is_punctured(section.key_id, section.index));
      kept = kept && punctured;
    }
    if (!kept) {
      report.findings.push_back("keys.sqlite: what erasure " + stored.erasure.decision +
                                " destroyed is not kept as destroyed");
    }
  }
  return {};
}

// Damage of this kind is a finding, not the end of the check.
Result<void> found(Result<void> outcome, VaultReport& report) {
  if (!outcome && outcome.error().code == ErrorCode::corrupt) {
    report.findings.push_back(outcome.error().message);
    return {};
  }
  return outcome;
}

}  // namespace

Result<VaultReport> Vault::check() {
  const std::lock_guard lock(mutex_);
  // It reads for long, and whoever adds keys meanwhile would wait for it.
  LIGGARE_CHECK(use_.take_alone(UseLock::Patience::two_seconds));
  VaultReport report;
  LIGGARE_TRY(const EpochKeys stored, check_slots(report));
  LIGGARE_TRY(const auto file_findings, table_.integrity_findings());
  report.findings.insert(report.findings.end(), file_findings.begin(), file_findings.end());
  LIGGARE_CHECK(check_keys(table_, stored, report));
  LIGGARE_CHECK(found(check_numbers(table_, stored, report), report));
  LIGGARE_CHECK(found(check_erasures(table_, report), report));
  const auto backups = all_backups(table_.database());
  if (!backups) {
    LIGGARE_CHECK(found(Unexpected{backups.error()}, report));
  }
  return report;
}

// From the file and not from memory: it is the stored bytes that are in question.
Result<EpochKeys> Vault::check_slots(VaultReport& report) {
  LIGGARE_TRY(const std::string file, read_file(folder_ / slots_file));
  LIGGARE_TRY(Slots slots, decode_slots(file, key_));
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (slots[bucket] && slots[bucket]->next) {
      report.findings.push_back("vault slot " + std::to_string(bucket) +
                                ": an erasure was interrupted; open the vault again");
    }
  }
  LIGGARE_TRY(const auto epochs, table_.epochs());
  EpochKeys stored = keys_in_force(std::move(slots), epochs);
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
