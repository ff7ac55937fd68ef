// What a verdict rests on: keys and a policy that the user brought from elsewhere.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/outcome.h"
#include "merkle/policy.h"
#include "merkle/verifier_key.h"

namespace liggare::audit {

struct TrustedKey {
  merkle::VerifierKey key;
  std::string source;  // The file's name; empty: the command line.
};

struct NamedPolicy {
  merkle::Policy policy;
  std::string source;
};

struct Trust {
  std::vector<TrustedKey> logs;  // At least one; a checkpoint has to be signed by one of them.
  std::optional<NamedPolicy> policy;
};

struct TrustOptions {
  std::string key;  // A verifier key, or "@FILE"; empty: the policy's logs.
  std::optional<std::filesystem::path> policy;
  // The folder that is to be checked: neither file may lie in it.
  std::optional<std::filesystem::path> checked_folder;
};

// Refusals: missing, unreadable and malformed name the file; key_from_inside; malformed also where
// neither names a key, or the policy names logs and the key is none of them.
// Requires a key or a policy.
Checked<Trust> read_trust(const TrustOptions& options);

}  // namespace liggare::audit
