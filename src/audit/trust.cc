#include "audit/trust.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "audit/whole_file.h"

namespace liggare::audit {
namespace {

constexpr std::size_t key_file_bytes_max = 4'096;
constexpr std::size_t policy_bytes_max = 1'000'000;

// Whether `file` lies under `folder`, links resolved; so does a file that is a link into it.
bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::error_code failed;
  const auto inner = std::filesystem::canonical(file, failed);
  if (failed) return false;
  const auto outer = std::filesystem::canonical(folder, failed);
  if (failed) return false;
  const auto [end, rest] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end == outer.end();
}

Checked<std::string> read_outside(const std::filesystem::path& file, std::size_t size_bytes_max,
                                  const TrustOptions& options) {
  if (options.checked_folder && lies_in(file, *options.checked_folder)) {
    return refuse(Reason::key_from_inside, file.string());
  }
  return read_named(file, size_bytes_max);
}

Checked<TrustedKey> key_of(Result<merkle::VerifierKey> key, const std::string& source) {
  if (!key) return refuse(key.error(), Reason::malformed, source);
  if (key->type != merkle::KeyType::ed25519) {
    return refuse(Reason::malformed, source, {Circumstance::key_of_witness, {}});
  }
  return TrustedKey{std::move(*key), source};
}

Checked<TrustedKey> read_key(const TrustOptions& options) {
  if (!options.key.starts_with('@')) return key_of(merkle::VerifierKey::parse(options.key), {});
  const std::filesystem::path file = options.key.substr(1);
  LIGGARE_TRY(const std::string text, read_outside(file, key_file_bytes_max, options));
  return key_of(merkle::parse_key_file(text), file.string());
}

Checked<NamedPolicy> read_policy(const std::filesystem::path& file, const TrustOptions& options) {
  LIGGARE_TRY(const std::string text, read_outside(file, policy_bytes_max, options));
  auto policy = merkle::Policy::parse(text);
  if (!policy) return refuse(policy.error(), Reason::malformed, file.string());
  return NamedPolicy{std::move(*policy), file.string()};
}

Checked<void> take_logs_of(const NamedPolicy& named, Trust& trust) {
  const auto& logs = named.policy.logs();
  if (trust.logs.empty()) {
    for (const auto& key : logs) trust.logs.push_back({key, named.source});
    if (!trust.logs.empty()) return {};
    return refuse(Reason::malformed, named.source, {Circumstance::policy_names_no_log, {}});
  }
  const auto& key = trust.logs.front().key;
  if (logs.empty() || std::find(logs.begin(), logs.end(), key) != logs.end()) return {};
  return refuse(Reason::malformed, named.source, {Circumstance::key_not_in_policy, {}});
}

}  // namespace

Checked<Trust> read_trust(const TrustOptions& options) {
  LIGGARE_ASSERT(!options.key.empty() || options.policy, "trust needs a key or a policy");
  Trust trust;
  if (!options.key.empty()) {
    LIGGARE_TRY(TrustedKey key, read_key(options));
    trust.logs.push_back(std::move(key));
  }
  if (options.policy) {
    LIGGARE_TRY(trust.policy, read_policy(*options.policy, options));
    LIGGARE_CHECK(take_logs_of(*trust.policy, trust));
  }
  return trust;
}

}  // namespace liggare::audit
