#include "ledger/erasure_backups.h"

#include <set>

#include "base/bytes.h"
#include "base/file.h"
#include "codec/parsed_json.h"
#include "ledger/erasure.h"
#include "merkle/signed_note.h"

namespace liggare::ledger {
namespace {

constexpr std::string_view backup_prefix = "backup/";

// Of the backups that were still there by the certificate.
std::vector<std::string> ids_in(const std::string& certificate) {
  std::vector<std::string> ids;
  const auto note = merkle::SignedNote::parse(certificate);
  if (!note) return ids;
  const auto json = codec::parse_json(note->text.substr(note->text.find('\n') + 1));
  const Json* pass = json ? json->find("pass") : nullptr;
  if (pass == nullptr || pass->as_array() == nullptr) return ids;
  for (const Json& each : *pass->as_array()) {
    const Json* place = each.find("place");
    const Json* found = each.find("found");
    if (place == nullptr || found == nullptr || place->as_text() == nullptr) continue;
    if (found->as_text() == nullptr || !place->as_text()->starts_with(backup_prefix)) continue;
    if (*found->as_text() != domain::word_of(Found::still_there)) continue;
    ids.push_back(place->as_text()->substr(backup_prefix.size()));
  }
  return ids;
}

}  // namespace

Result<void> recall_backups(const Ledger& ledger, vault::Vault& vault,
                            const DecidedErasure& erasure) {
  const auto certificate = read_file(certificate_path(ledger.folders(), erasure.id()));
  const domain::Event& executed = erasure.executed->event;
  const std::string& digest = std::get<domain::ErasureExecuted>(executed.data).certificate;
  if (!certificate || to_hex(sha256({*certificate}).view()) != digest) return {};
  LIGGARE_TRY(const auto backups, vault.backups(ledger.today()));
  std::set<std::string> known;
  for (const vault::BackupState& each : backups) known.insert(each.id);
  for (const std::string& id : ids_in(*certificate)) {
    if (known.contains(id)) continue;
    LIGGARE_CHECK(vault.recall_backup(id, erasure.id(), executed.effective));
  }
  return {};
}

}  // namespace liggare::ledger
