#include "inspect/own_keys.h"

#include <algorithm>

#include "inspect/event_place.h"
#include "store/keys.h"
#include "store/rocks/database.h"

namespace liggare::inspect {
namespace {

using domain::LedgerKeyRotated;
using merkle::VerifierKey;

void add(std::string_view text, std::vector<VerifierKey>& keys) {
  const auto key = VerifierKey::parse(text);
  if (!key || key->type != merkle::KeyType::ed25519) return;
  if (std::find(keys.begin(), keys.end(), *key) == keys.end()) keys.push_back(*key);
}

// The ledger's own stream, by its index.
store::KeyRange ledger_versions() {
  const std::string subject = domain::ledger_stream.text();
  return {store::Family::streams, store::stream_key(subject, 0), subject + '\x01'};
}

}  // namespace

Result<std::vector<VerifierKey>> own_keys(const SignerState& signer,
                                          const store::Database* database) {
  std::vector<VerifierKey> keys;
  if (signer.key) keys.push_back(*signer.key);
  if (database == nullptr) return keys;
  const auto take = [&](std::string_view, std::string_view value) -> Result<void> {
    const auto position = store::read_position(value);
    const auto record = position ? record_at(*database, *position) : std::nullopt;
    if (!record || record->event.event.subject != domain::ledger_stream) return {};
    const auto* rotated = std::get_if<LedgerKeyRotated>(&record->event.event.data);
    if (rotated == nullptr) return {};
    add(rotated->old_vkey, keys);
    add(rotated->new_vkey, keys);
    return {};
  };
  const auto read = database->for_each(ledger_versions(), take);
  if (!read && read.error().code != ErrorCode::corrupt) return Unexpected{read.error()};
  return keys;
}

}  // namespace liggare::inspect
