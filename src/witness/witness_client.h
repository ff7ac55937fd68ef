// Asks a witness to cosign a checkpoint (C2SP tlog-witness).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "http/client.h"
#include "merkle/policy.h"
#include "merkle/proof.h"
#include "merkle/signed_note.h"

namespace liggare::witness {

// Makes the proof that the tree of `old_size` leaves is the beginning of the checkpoint's; called
// with sizes up to the checkpoint's.
using ProofMaker = std::function<Result<merkle::ConsistencyProof>(std::uint64_t old_size)>;

struct CosignatureRequest {
  merkle::SignedNote checkpoint;  // Signed by the log.
  std::uint64_t old_size = 0;     // What the witness is thought to hold; 0 where nobody knows.
  ProofMaker prove;
  http::ClientOptions options;
};

// The cosignatures that `witness`, at its URL, gives: at least one, all of its key and good.
// Where it holds another size than old_size, no larger than the checkpoint's, it is asked once
// more. Errors name the witness:
// - diverged where it holds a larger tree, another root at the checkpoint's size, or finds that the
//   proof does not fit: the log was rolled back or forked, or an old checkpoint was sent;
// - not_found where it does not know the log, invalid_argument where it has no URL or does not
//   accept the checkpoint;
// - io where it can't be reached, or answers with nothing of use;
// - what `prove` fails with.
Result<std::vector<merkle::NoteSignature>> request_cosignature(const merkle::Witness& witness,
                                                               const CosignatureRequest& request);

}  // namespace liggare::witness
