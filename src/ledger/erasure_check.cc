#include "ledger/erasure_check.h"

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "ledger/access_log.h"
#include "ledger/sealer.h"
#include "store/row_store.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;
using Sections = std::vector<SealedSection>;

// Through the vault's own cache and tables: what it answers is what anyone could get of it.
Result<CheckedPlace> check_vault(vault::Vault& vault, const Sections& sections) {
  for (const SealedSection& each : sections) {
    const auto opened = vault.open_section(context_of(each.event->event), each.section);
    LIGGARE_TRY(const bool is_destroyed,
                vault.is_destroyed(each.section.key_id, each.section.index));
    const bool is_gone = !opened && opened.error().code == ErrorCode::not_found;
    if (is_gone && is_destroyed) continue;
    return fail(ErrorCode::corrupt, "the vault still has a key of event " + each.event->event.id +
                                        ": the erasure is not done, and stays fenced");
  }
  LIGGARE_TRY(const vault::VaultReport report, vault.check());
  if (!report.findings.empty()) {
    return fail(ErrorCode::corrupt, "the vault is damaged: " + report.findings.front());
  }
  return CheckedPlace{"vault", sections.size(), Found::gone};
}

// A section's commitment is 32 bytes that stand nowhere but in its copies.
class Commitments {
 public:
  explicit Commitments(const Sections& sections) {
    for (const SealedSection& each : sections) {
      if (each.section.commitment.size() < prefix_bytes) continue;
      const std::string& whole = each.section.commitment;
      by_prefix_.emplace(whole.substr(0, prefix_bytes), whole);
    }
  }
  bool are_in(std::string_view bytes) const {
    for (std::size_t i = 0; i + prefix_bytes <= bytes.size(); ++i) {
      const auto found = by_prefix_.find(bytes.substr(i, prefix_bytes));
      if (found == by_prefix_.end()) continue;
      if (bytes.substr(i).starts_with(found->second)) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t prefix_bytes = 8;
  std::map<std::string, std::string, std::less<>> by_prefix_;
};

// Kept rows hold structure alone: looked through all the same.
Result<CheckedPlace> look_through_rows(const std::string& place, const fs::path& folder,
                                       const Sections& sections) {
  CheckedPlace checked{place, 0, Found::gone};
  LIGGARE_TRY(const auto rows, store::RowStore::open(folder, store::Access::read_only));
  const Commitments commitments(sections);
  LIGGARE_CHECK(rows->scan("", [&](std::string_view key, std::string_view value) {
    ++checked.tried;
    if (commitments.are_in(key) || commitments.are_in(value)) checked.found = Found::out_of_reach;
    return Result<void>();
  }));
  return checked;
}

// io where a rebuild changes them too fast to be opened: nothing can be said, and the erasure is
// resumed later.
Result<CheckedPlace> check_rows(const std::string& place, const fs::path& folder,
                                const Sections& sections) {
  auto checked = look_through_rows(place, folder, sections);
  if (checked) return checked;
  if (checked.error().code == ErrorCode::not_found) return CheckedPlace{place, 0, Found::gone};
  if (checked.error().code != ErrorCode::corrupt) return checked;
  // What can't be looked through is thrown away: it only saves time, and is made anew.
  LIGGARE_CHECK(store::RowStore::destroy(folder));
  return CheckedPlace{place, 0, Found::gone};
}

// Reasons that readers gave are sealed under the class `ordinary`: they go with its key.
Result<CheckedPlace> check_access_log(const Ledger& ledger, const DecidedErasure& erasure) {
  LIGGARE_TRY(const auto log, AccessLog::open(ledger.folders().ledger));
  const auto classes = erasure.data.classes.value_or(std::vector<PersonalClass>());
  const bool takes_reasons =
      std::find(classes.begin(), classes.end(), PersonalClass::ordinary) != classes.end();
  CheckedPlace checked{"access-log", 0, Found::gone};
  LIGGARE_CHECK(log->stream(erasure.subject(),
                            [&](const AccessPlace&, const access::Record& record) -> Result<void> {
                              if (record.reason && takes_reasons) {
                                ++checked.tried;
                                checked.found = Found::out_of_reach;
                              }
                              return {};
                            }));
  return checked;
}

// Section keys were handed out: what they open lies with others now. One place a record.
Result<std::vector<CheckedPlace>> check_disclosed(const Ledger& ledger,
                                                  const DecidedErasure& erasure,
                                                  const Sections& sections) {
  LIGGARE_TRY(const auto keys, disclosed_keys_of(ledger, erasure, sections));
  std::vector<CheckedPlace> places;
  for (const DisclosedKey& key : keys) {
    const std::string place = "disclosed/" + key.record_id;
    if (places.empty() || places.back().place != place) {
      places.push_back({place, 0, Found::out_of_reach});
    }
    ++places.back().tried;
  }
  return places;
}

Result<std::vector<CheckedPlace>> check_backups(const Ledger& ledger, vault::Vault& vault,
                                                const DecidedErasure& erasure) {
  LIGGARE_TRY(const auto erasures, vault.erasures(ledger.today()));
  LIGGARE_TRY(const auto backups, vault.backups(ledger.today()));
  std::set<std::string> open;
  for (const vault::ErasureState& state : erasures) {
    if (state.erasure.decision == erasure.id()) {
      open.insert(state.backups.begin(), state.backups.end());
    }
  }
  std::vector<CheckedPlace> places;
  for (const vault::BackupState& backup : backups) {
    const bool opens = open.contains(backup.id);
    places.push_back({"backup/" + backup.id, 1, opens ? Found::still_there : Found::out_of_reach});
  }
  return places;
}

}  // namespace

Result<std::vector<DisclosedKey>> disclosed_keys_of(const Ledger& ledger,
                                                    const DecidedErasure& erasure,
                                                    const std::vector<SealedSection>& sections) {
  std::set<std::pair<std::uint64_t, PersonalClass>> erased;
  for (const SealedSection& each : sections) {
    erased.emplace(each.position, each.section.personal_class);
  }
  LIGGARE_TRY(auto keys, disclosed_keys(ledger, erasure.event->event.subject.id));
  keys.erase(std::remove_if(keys.begin(), keys.end(),
                            [&](const DisclosedKey& key) {
                              return !erased.contains({key.position, key.personal_class});
                            }),
             keys.end());
  return keys;
}

Result<std::vector<CheckedPlace>> check_erasure(const Ledger& ledger, vault::Vault& vault,
                                                const DecidedErasure& erasure,
                                                const Sections& sections) {
  const fs::path folder = ledger.folders().ledger;
  std::vector<CheckedPlace> places;
  LIGGARE_TRY(places.emplace_back(), check_vault(vault, sections));
  // The proofs need the ciphertexts, which stay: in the log, its WAL, tiles and bundles.
  places.push_back({"ledger", sections.size(), Found::out_of_reach});
  LIGGARE_TRY(places.emplace_back(), check_rows("projections", folder / "projections", sections));
  LIGGARE_TRY(places.emplace_back(), check_rows("seals", folder / "seals", sections));
  LIGGARE_TRY(places.emplace_back(), check_access_log(ledger, erasure));
  LIGGARE_TRY(const auto backups, check_backups(ledger, vault, erasure));
  LIGGARE_TRY(const auto disclosed, check_disclosed(ledger, erasure, sections));
  places.insert(places.end(), backups.begin(), backups.end());
  places.insert(places.end(), disclosed.begin(), disclosed.end());
  return places;
}

}  // namespace liggare::ledger
