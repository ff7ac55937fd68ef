#include "inspect/own_keys.h"

#include <algorithm>

#include "inspect/own_events.h"

namespace liggare::inspect {
namespace {

using domain::LedgerKeyRotated;
using merkle::VerifierKey;

void add(std::string_view text, std::vector<VerifierKey>& keys) {
  const auto key = VerifierKey::parse(text);
  if (!key || key->type != merkle::KeyType::ed25519) return;
  if (std::find(keys.begin(), keys.end(), *key) == keys.end()) keys.push_back(*key);
}

}  // namespace

Result<std::vector<VerifierKey>> own_keys(const SignerState& signer,
                                          const store::Database* database) {
  std::vector<VerifierKey> keys;
  if (signer.key) keys.push_back(*signer.key);
  if (database == nullptr) return keys;
  LIGGARE_CHECK(for_each_own_event(*database, [&](const codec::Record& record) {
    const auto* rotated = std::get_if<LedgerKeyRotated>(&record.event.event.data);
    if (rotated == nullptr) return;
    add(rotated->old_vkey, keys);
    add(rotated->new_vkey, keys);
  }));
  return keys;
}

}  // namespace liggare::inspect
