// Signing tree heads: the newest checkpoint, and never two that contradict each other
// (evidence, section 4).
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "ledger/key_folder.h"
#include "ledger/ledger.h"
#include "merkle/checkpoint.h"

namespace liggare::ledger {

// How long the key before the present one signs beside it.
inline constexpr int key_overlap_days = 30;

struct NewestCheckpoint {
  merkle::SignedNote note;
  merkle::Checkpoint checkpoint;
  // The one that was signed before it had cosignatures, and it has none yet.
  bool has_lost_cosignatures = false;
};

struct CheckpointOptions {
  // Where SIGNED is lost: the newest checkpoint that left the machine, from which to go on.
  std::optional<merkle::SignedNote> last_signed = std::nullopt;
};

// The checkpoint at the ledger's head, signed now unless that was done before. Its signature is
// remembered durably once this returns. diverged, and nothing signed, where the ledger is not what
// was signed before: shorter, or of another root at that size. not_found where there is no signing
// key, or no SIGNED; io where others may read or change the keys. One process at a time signs;
// others wait.
Result<NewestCheckpoint> newest_checkpoint(Ledger& ledger, const CheckpointOptions& options = {});
// The same for who holds the folder's lock, of the ledger as it was last read.
Result<NewestCheckpoint> sign_newest(const Ledger& ledger, const KeyFolder& keys,
                                     const CheckpointOptions& options = {});

// A checkpoint from outside, as the ledger's own: signed by its key, and a prefix of it.
// invalid_argument where it is another ledger's or not signed; diverged where the ledger has
// another root at its size, or is shorter.
Result<merkle::Checkpoint> accept_checkpoint(const Ledger& ledger, const merkle::SignedNote& note);

// That the ledger begins as it did when something was signed last, or that the key was given up
// since, after a rollback that was accepted: diverged otherwise, with what to do.
Result<void> check_growth_since(const Ledger& ledger, const merkle::LastSigned& last);

// The key that signs now, and those before it that sign beside it.
Result<std::vector<merkle::VerifierKey>> verifier_keys(const Ledger& ledger);

// Adds witnesses' lines to the newest checkpoint, and remembers them. The checkpoint is given back
// as it is where a newer one has been signed meanwhile.
Result<merkle::SignedNote> add_cosignatures(const Ledger& ledger, merkle::SignedNote note,
                                            std::span<const merkle::NoteSignature> cosignatures);

// Writes DIR/checkpoint, and DIR/<size>.checkpoint beside it, durably; makes DIR.
// invalid_argument where DIR holds another ledger's checkpoint, or a newer one; diverged where it
// holds another root of this size.
Result<void> publish_checkpoint(const merkle::SignedNote& note,
                                const std::filesystem::path& folder);

}  // namespace liggare::ledger
