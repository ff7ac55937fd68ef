#include "ledger/key_rotation.h"

#include <algorithm>

#include "base/bytes.h"
#include "domain/hash_name.h"
#include "ledger/accepted_rollback.h"
#include "ledger/checkpoints.h"
#include "merkle/key_rotation.h"

namespace liggare::ledger {
namespace {

constexpr std::int64_t microseconds_per_day = std::int64_t{86'400} * 1'000'000;

void add_once(std::vector<merkle::VerifierKey>& keys, const merkle::VerifierKey& key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

// What the old key is, and its signature of the change where it is at hand.
struct OldKey {
  merkle::VerifierKey verifier;
  std::optional<merkle::SigningKey> key;
};

// The key that is given up; the ledger has to be what it signed last.
Result<OldKey> lost_key(const Ledger& ledger, const KeyFolder& keys,
                        const RotationRequest& request) {
  const auto last = keys.last_signed();
  if (last) {
    LIGGARE_TRY(const merkle::TreeHead head, last->head());
    // Of what is gone this key can't sign anything else: giving it up is the way on.
    LIGGARE_TRY(const auto rolled_back_at, rolled_back_behind(ledger, head));
    if (!rolled_back_at) {
      LIGGARE_CHECK(check_growth_since(ledger, *last));
    }
    if (!request.old_key || *request.old_key == last->key) return OldKey{last->key, std::nullopt};
    return fail(ErrorCode::invalid_argument,
                "--old-vkey is not the key that SIGNED names, " + last->key.text());
  }
  if (last.error().code != ErrorCode::not_found) return Unexpected{last.error()};
  if (!request.old_key) {
    return fail(ErrorCode::not_found,
                last.error().message + "; name the key that was lost with --old-vkey");
  }
  if (request.old_key->name == ledger.origin()) return OldKey{*request.old_key, std::nullopt};
  return fail(ErrorCode::invalid_argument,
              "--old-vkey is of " + request.old_key->name + ", the ledger is " + ledger.origin());
}

Result<OldKey> old_key(const Ledger& ledger, const KeyFolder& keys,
                       const RotationRequest& request) {
  if (request.old_key_lost) return lost_key(ledger, keys, request);
  // What the two keys sign is this head: it has to be one that may be signed, and be remembered.
  LIGGARE_CHECK(sign_newest(ledger, keys));
  LIGGARE_TRY(auto key, keys.signing_key());
  const merkle::VerifierKey verifier = key.verifier();
  return OldKey{verifier, std::move(key)};
}

OwnEvent event_of(const KeyRotation& rotation, const RotationRequest& request, Day today) {
  const domain::LedgerKeyRotated& data = rotation.data;
  Json json = Json::object()
                  .add("oldVkey", data.old_vkey)
                  .add("newVkey", data.new_vkey)
                  .add("size", data.size)
                  .add("root", data.root);
  if (data.old_signature) json.add("oldSignature", *data.old_signature);
  json.add("newSignature", data.new_signature);
  if (data.reason) json.add("reason", *data.reason);
  constexpr std::size_t digits = 32;
  return {domain::hash_name("rotation-", to_hex(sha256({data.new_vkey}).view()).substr(0, digits)),
          domain::EventType::ledger_key_rotated,
          domain::ledger_stream,
          today,
          request.actor,
          std::move(json)};
}

KeyRotation rotation_to(const merkle::SigningKey& next, const OldKey& old,
                        const RotationRequest& request, const merkle::TreeHead& head) {
  const std::string message = merkle::rotation_message(old.verifier, next.verifier(), head);
  KeyRotation rotation;
  domain::LedgerKeyRotated& data = rotation.data;
  data.old_vkey = old.verifier.text();
  data.new_vkey = next.verifier().text();
  data.size = static_cast<std::int64_t>(head.tree_size);
  data.root = to_hex(head.root_hash.view());
  if (old.key) data.old_signature = to_base64(old.key->sign(message));
  data.new_signature = to_base64(next.sign(message));
  data.reason = request.old_key_lost;
  return rotation;
}

// SIGNED speaks of what a rollback took away until the new key has signed something.
Result<void> leave_behind(const Ledger& ledger, const KeyFolder& keys) {
  const auto last = keys.last_signed();
  if (!last) return {};
  LIGGARE_TRY(const merkle::TreeHead head, last->head());
  LIGGARE_TRY(const auto rolled_back_at, rolled_back_behind(ledger, head));
  if (!rolled_back_at) return {};
  LIGGARE_CHECK(sign_newest(ledger, keys));
  return {};
}

}  // namespace

Result<std::vector<KeyRotation>> key_rotations(const Ledger& ledger) {
  LIGGARE_TRY(const auto events, ledger.stream(domain::ledger_stream, ledger.head().tree_size));
  std::vector<KeyRotation> rotations;
  for (const domain::RecordedEventPtr& event : events) {
    const auto* data = std::get_if<domain::LedgerKeyRotated>(&event->event.data);
    if (data != nullptr) rotations.push_back({event->position, event->recorded, *data});
  }
  return rotations;
}

bool is_in_overlap(const KeyRotation& rotation, Instant now) {
  return now.microseconds - rotation.recorded.microseconds <
         key_overlap_days * microseconds_per_day;
}

Result<std::vector<merkle::VerifierKey>> all_keys_ever(const Ledger& ledger) {
  std::vector<merkle::VerifierKey> keys;
  const KeyFolder folder(ledger.folders().keys);
  if (const auto current = folder.signing_key()) {
    add_once(keys, current->verifier());
  } else if (const auto last = folder.last_signed()) {
    add_once(keys, last->key);
  }
  LIGGARE_TRY(const auto rotations, key_rotations(ledger));
  for (const KeyRotation& rotation : rotations) {
    for (const std::string& text : {rotation.data.old_vkey, rotation.data.new_vkey}) {
      if (const auto key = merkle::VerifierKey::parse(text)) add_once(keys, *key);
    }
  }
  return keys;
}

Result<Result<KeyRotation, Refusal>> rotate_key(Ledger& ledger, const RotationRequest& request) {
  const KeyFolder keys(ledger.folders().keys);
  LIGGARE_TRY(const auto lock, keys.lock());
  LIGGARE_CHECK(finish_rotation(ledger, keys));
  LIGGARE_TRY(const OldKey old, old_key(ledger, keys, request));
  LIGGARE_TRY(const auto next, keys.prepare_successor(ledger.origin()));
  KeyRotation rotation = rotation_to(next, old, request, ledger.head());
  LIGGARE_TRY(const Verdict verdict,
              ledger.append_own(event_of(rotation, request, ledger.today())));
  if (!verdict) {
    LIGGARE_CHECK(keys.drop_successor());
    return Result<KeyRotation, Refusal>(Unexpected{verdict.error()});
  }
  LIGGARE_CHECK(keys.install_successor());
  rotation.position = verdict->position;
  rotation.recorded = verdict->recorded;
  LIGGARE_CHECK(leave_behind(ledger, keys));
  return Result<KeyRotation, Refusal>(std::move(rotation));
}

Result<void> finish_rotation(const Ledger& ledger, const KeyFolder& keys) {
  LIGGARE_TRY(const auto waiting, keys.successor());
  if (!waiting) return {};
  LIGGARE_TRY(const auto rotations, key_rotations(ledger));
  const std::string vkey = waiting->verifier().text();
  const bool is_recorded = std::any_of(rotations.begin(), rotations.end(), [&](const auto& each) {
    return each.data.new_vkey == vkey;
  });
  // Not recorded as far as this process has read: left to whoever appends.
  return is_recorded ? keys.install_successor() : Result<void>();
}

}  // namespace liggare::ledger
