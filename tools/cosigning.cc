#include "tools/cosigning.h"

#include <algorithm>

#include "base/file.h"
#include "ledger/cosigning.h"
#include "tools/console.h"
#include "tools/words.h"

namespace liggare::tools {
namespace {

Result<merkle::Policy> policy_in(const std::string& file) {
  LIGGARE_TRY(const std::string text, read_file_or_pipe(file));
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
  LIGGARE_TRY(auto cosigned, ledger::cosign(ledger, newest, *options.policy, options.witnesses));
  for (const std::string& failure : cosigned.failures) console.note(failure);
  return std::move(cosigned.note);
}

}  // namespace liggare::tools
