#include "ledger/proofs.h"

#include "merkle/proof.h"
#include "store/event_log.h"

namespace liggare::ledger {

Result<merkle::ProofFile> prove(const Ledger& ledger, std::uint64_t position,
                                const merkle::SignedNote& checkpoint) {
  LIGGARE_TRY(const auto signed_head, merkle::Checkpoint::parse(checkpoint.text));
  const std::uint64_t size = signed_head.head.tree_size;
  if (position >= size) {
    return fail(ErrorCode::not_found, "event " + std::to_string(position) +
                                          " is not in the checkpoint at " + std::to_string(size) +
                                          " events");
  }
  LIGGARE_TRY(auto proof, merkle::prove_inclusion(position, size, ledger.log().proof_nodes()));
  return merkle::ProofFile{std::nullopt, position, std::move(proof.path), checkpoint};
}

Result<merkle::ConsistencyProof> prove_growth(const Ledger& ledger, std::uint64_t old_size,
                                              std::uint64_t new_size) {
  return merkle::prove_consistency(old_size, new_size, ledger.log().proof_nodes());
}

}  // namespace liggare::ledger
