// Checkpoints held against the stored tree: those given from outside, and the one that the signer
// wrote down beside its key. Internal to inspect.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inspect/examination.h"
#include "merkle/checkpoint.h"

namespace liggare::inspect {

// What <keys>/SIGNED says: the verifier key's line, and after it the newest signed note, verbatim.
struct SignerState {
  std::optional<merkle::VerifierKey> key;    // None where there is nothing to read, or damage.
  std::optional<merkle::Checkpoint> newest;  // None before the first signature.
  std::optional<Statement> missing;          // Why there is nothing to read.
  std::string damage;                        // What is wrong with it.
};

// To be read before the log is: then the log can only be longer.
SignerState read_signer(const std::filesystem::path& keys);

struct GivenHead {
  std::string name;
  merkle::Checkpoint checkpoint;
};

// Given checkpoints, their signatures checked, and whose word they rest on.
struct GivenHeads {
  std::vector<GivenHead> checkpoints;
  std::optional<GivenHead> since;
  std::optional<Remark> trust;
};

// invalid_argument as verify(). `database` may be null: it names keys (own_keys.h).
Result<GivenHeads> open_given(const VerifyOptions& options, const SignerState& signer,
                              const store::Database* database);
// invalid_argument where one is another ledger's.
Result<void> check_origins(const GivenHeads& given, const std::string& origin);

// That the tree once had, or has, this head.
struct HeadClaim {
  std::string code;  // Of the finding where its root was another.
  std::string place;
  merkle::TreeHead head;
};

// Whether it is so, by the stored nodes. Not so is a finding: of the code, or tail-lost where there
// are fewer events. No value where a node is missing, which is a finding of its own.
Result<std::optional<bool>> check_head(const Examination& examination, Part part,
                                       const HeadClaim& claim);

HeadClaim claim_of(const GivenHead& given);

// What the signer wrote down: whose it is, and its newest checkpoint. `origin` may be empty where
// it can't be read.
Result<void> check_signer(const Examination& examination, const SignerState& signer,
                          const std::string& origin, VerifyReport& report);

}  // namespace liggare::inspect
