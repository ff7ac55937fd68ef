// Changing the key that signs: an event of the ledger, signed by the old key and the new one
// (evidence, section 4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/ledger_events.h"
#include "ledger/key_folder.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

struct KeyRotation {
  std::uint64_t position = 0;
  Instant recorded;
  domain::LedgerKeyRotated data;
};

// Those of the ledger, oldest first.
Result<std::vector<KeyRotation>> key_rotations(const Ledger& ledger);

// Whether the old key still signs beside the new one.
bool is_in_overlap(const KeyRotation& rotation, Instant now);

// Every key that the ledger was ever signed by: the present one, and those of its rotations.
Result<std::vector<merkle::VerifierKey>> all_keys_ever(const Ledger& ledger);

struct RotationRequest {
  std::string actor;  // staff/ID or system/ID.
  // A code that says why there is no signature of the old key; none where there is one.
  std::optional<std::string> old_key_lost;
  // Where the old key is lost and SIGNED too: which one it was.
  std::optional<merkle::VerifierKey> old_key;
};

// Makes a new key, appends ledger.key-rotated and lets the new key sign. In write mode. What was
// interrupted is finished by whoever signs next. Nothing is written where a checkpoint could not be
// signed (newest_checkpoint() says why), or, without the old key, where the ledger is not what
// SIGNED says, unless an accepted rollback took that away, and where there is no SIGNED and no old
// key named. After such a rollback the new key signs the newest head at once. The inner result is
// the ledger's refusal; then the old key stays.
Result<Result<KeyRotation, Refusal>> rotate_key(Ledger& ledger, const RotationRequest& request);

// Finishes a rotation that was interrupted: the key that waits takes over where the ledger holds
// its event. Requires the folder's lock.
Result<void> finish_rotation(const Ledger& ledger, const KeyFolder& keys);

}  // namespace liggare::ledger
