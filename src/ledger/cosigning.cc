#include "ledger/cosigning.h"

#include <algorithm>
#include <set>

#include "ledger/proofs.h"
#include "merkle/cosignature.h"
#include "witness/witness_client.h"

namespace liggare::ledger {
namespace {

using Names = std::set<std::string, std::less<>>;

// Those whose good cosignature the note carries.
Result<Names> cosigners(const merkle::SignedNote& note, const merkle::Policy& policy) {
  Names names;
  for (const merkle::Witness& witness : policy.witnesses()) {
    LIGGARE_TRY(const auto when, merkle::cosigned_at(note, witness.key));
    if (when) names.insert(witness.name);
  }
  return names;
}

Unexpected<Error> not_met(const merkle::Policy& policy, const Names& names,
                          const std::vector<std::string>& failures) {
  std::string message = "the policy's quorum, " + policy.quorum() + ", is not met by " +
                        std::to_string(names.size()) + " of " +
                        std::to_string(policy.witnesses().size()) +
                        " witnesses; the checkpoint was neither printed nor published";
  for (const std::string& failure : failures) message += ". " + failure;
  return fail(ErrorCode::io, std::move(message));
}

}  // namespace

Result<Cosigned> cosign(const Ledger& ledger, const NewestCheckpoint& newest,
                        const merkle::Policy& policy,
                        const std::vector<merkle::Witness>& witnesses) {
  const bool names_other_logs_only =
      !policy.logs().empty() &&
      std::none_of(policy.logs().begin(), policy.logs().end(),
                   [&](const auto& key) { return key.name == ledger.origin(); });
  if (names_other_logs_only) {
    return fail(ErrorCode::invalid_argument,
                "the policy is for other ledgers: it has no log line of " + ledger.origin());
  }
  const std::uint64_t size = newest.checkpoint.head.tree_size;
  const auto prove = [&](std::uint64_t old_size) { return prove_growth(ledger, old_size, size); };
  std::vector<merkle::NoteSignature> lines;
  Cosigned cosigned;
  for (const merkle::Witness& witness : witnesses) {
    const auto given = witness::request_cosignature(witness, {newest.note, 0, prove, {}});
    if (!given && given.error().code == ErrorCode::diverged) return Unexpected{given.error()};
    if (given) {
      lines.insert(lines.end(), given->begin(), given->end());
    } else {
      cosigned.failures.push_back(given.error().message);
    }
  }
  LIGGARE_TRY(cosigned.note, add_cosignatures(ledger, newest.note, lines));
  LIGGARE_TRY(const Names names, cosigners(cosigned.note, policy));
  if (!policy.is_met_by(names)) return not_met(policy, names, cosigned.failures);
  return cosigned;
}

}  // namespace liggare::ledger
