#include "tools/cosigning.h"

#include <algorithm>
#include <set>

#include "base/file.h"
#include "ledger/proofs.h"
#include "merkle/cosignature.h"
#include "tools/console.h"
#include "tools/words.h"
#include "witness/witness_client.h"

namespace liggare::tools {
namespace {

using Names = std::set<std::string, std::less<>>;

Result<merkle::Policy> policy_in(const std::string& file) {
  LIGGARE_TRY(const std::string text, read_file(file));
  auto policy = merkle::Policy::parse(text);
  if (!policy) return fail(ErrorCode::invalid_argument, file + ": " + policy.error().message);
  return policy;
}

Result<std::vector<merkle::Witness>> witnesses_at(const std::vector<std::string>& urls,
                                                  const merkle::Policy& policy) {
  std::vector<merkle::Witness> wanted;
  for (const std::string& url : urls) {
    const auto found =
        std::find_if(policy.witnesses().begin(), policy.witnesses().end(),
                     [&](const merkle::Witness& witness) { return witness.url == url; });
    if (found == policy.witnesses().end()) {
      return fail(ErrorCode::invalid_argument,
                  "the policy has no witness at " + url + ", so its key is not known");
    }
    wanted.push_back(*found);
  }
  return wanted;
}

// Those whose good cosignature the note carries.
Result<Names> cosigners(const merkle::SignedNote& note, const merkle::Policy& policy) {
  Names names;
  for (const merkle::Witness& witness : policy.witnesses()) {
    LIGGARE_TRY(const auto when, merkle::cosigned_at(note, witness.key));
    if (when) names.insert(witness.name);
  }
  return names;
}

}  // namespace

Result<CosigningOptions> cosigning_options(const Arguments& arguments) {
  CosigningOptions options;
  const std::string* policy = arguments.text("--policy");
  const std::string* urls = arguments.text("--witness");
  if (policy == nullptr && urls == nullptr) return options;
  if (policy == nullptr) {
    return fail(ErrorCode::invalid_argument,
                "--witness needs --policy FILE, which says what the witness's key is");
  }
  LIGGARE_TRY(options.policy, policy_in(*policy));
  if (urls != nullptr) {
    LIGGARE_TRY(options.witnesses, witnesses_at(words_in(*urls), *options.policy));
    return options;
  }
  for (const merkle::Witness& witness : options.policy->witnesses()) {
    if (witness.url) options.witnesses.push_back(witness);
  }
  return options;
}

Result<merkle::SignedNote> cosign(const ledger::Ledger& ledger,
                                  const ledger::NewestCheckpoint& newest,
                                  const CosigningOptions& options, Console& console) {
  if (!options.policy) return newest.note;
  const std::uint64_t size = newest.checkpoint.head.tree_size;
  const auto prove = [&](std::uint64_t old_size) {
    return ledger::prove_growth(ledger, old_size, size);
  };
  std::vector<merkle::NoteSignature> lines;
  std::string failures;
  for (const merkle::Witness& witness : options.witnesses) {
    auto given = witness::request_cosignature(witness, {newest.note, 0, prove, {}});
    if (!given && given.error().code == ErrorCode::corrupt) return Unexpected{given.error()};
    if (!given) {
      failures += (failures.empty() ? "" : "; ") + given.error().message;
      continue;
    }
    lines.insert(lines.end(), given->begin(), given->end());
  }
  LIGGARE_TRY(auto note, ledger::add_cosignatures(ledger, newest.note, lines));
  LIGGARE_TRY(const Names names, cosigners(note, *options.policy));
  if (options.policy->is_met_by(names)) {
    if (!failures.empty()) console.note(failures);
    return note;
  }
  return fail(ErrorCode::io, "the policy's quorum, " + options.policy->quorum() +
                                 ", is not met by " + std::to_string(names.size()) + " of " +
                                 std::to_string(options.policy->witnesses().size()) +
                                 " witnesses; the checkpoint was neither printed nor published" +
                                 (failures.empty() ? "" : ". " + failures));
}

}  // namespace liggare::tools
