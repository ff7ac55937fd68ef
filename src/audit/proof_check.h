// Checks one proof that an auditor took home: this leaf stands at this position of the ledger.
#pragma once

#include <string_view>

#include "audit/outcome.h"
#include "audit/trust.h"

namespace liggare::audit {

struct ProofInput {
  std::string_view proof;  // A tlog-proof.
  std::string_view leaf;   // The stored bytes.
  std::string proof_place = "proof";
  std::string leaf_place = "leaf";
};

// A leaf that this release can't read is proven all the same, and said to be unread.
Outcome check_proof(const ProofInput& input, const Trust& trust);

}  // namespace liggare::audit
