#include "audit/trusted_checkpoint.h"

#include <algorithm>
#include <optional>
#include <set>

#include "merkle/cosignature.h"

namespace liggare::audit {
namespace {

// The first of the keys that signed; every key's bad signature refuses the note.
Checked<const TrustedKey*> signer_of(const merkle::SignedNote& note, const Trust& trust,
                                     const std::string& place) {
  const TrustedKey* signer = nullptr;
  std::optional<Error> first_error;
  for (const TrustedKey& log : trust.logs) {
    const auto opened = merkle::open_checkpoint(note, log.key);
    if (opened) {
      if (signer == nullptr) signer = &log;
    } else if (opened.error().code == ErrorCode::corrupt) {
      return refuse(Reason::bad_signature, place, opened.error().message);
    } else if (!first_error) {
      first_error = opened.error();
    }
  }
  if (signer == nullptr) return refuse(Reason::not_signed, place, first_error->message);
  return signer;
}

using Names = std::set<std::string, std::less<>>;

Checked<Names> cosigners_of(const merkle::SignedNote& note, const merkle::Policy& policy,
                            const std::string& place, Outcome& outcome) {
  Names cosigners;
  for (const merkle::Witness& witness : policy.witnesses()) {
    const auto time = merkle::cosigned_at(note, witness.key);
    if (!time) {
      return refuse(time.error(), Reason::bad_signature, place);
    }
    if (!time->has_value()) continue;
    cosigners.insert(witness.name);
    outcome.rests_on(Statement::cosigned_by, {witness.name, time_text(**time)});
  }
  return cosigners;
}

std::string joined(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Checked<void> check_quorum(const Names& cosigners, const merkle::Policy& policy,
                           const std::string& place, Outcome& outcome) {
  if (!policy.is_met_by(cosigners)) {
    return refuse(Reason::not_cosigned, place,
                  "the quorum is " + policy.quorum() + ", cosigned by " +
                      (cosigners.empty() ? "nobody" : joined(cosigners)));
  }
  outcome.has_checked(Statement::quorum_met, {policy.quorum()});
  return {};
}

void tell_other_signatures(const merkle::SignedNote& note, const Trust& trust, Outcome& outcome) {
  Names others;
  for (const merkle::NoteSignature& signature : note.signatures) {
    const bool is_known =
        std::any_of(trust.logs.begin(), trust.logs.end(),
                    [&](const TrustedKey& log) { return signature.is_of(log.key); }) ||
        (trust.policy &&
         std::any_of(trust.policy->policy.witnesses().begin(),
                     trust.policy->policy.witnesses().end(),
                     [&](const merkle::Witness& witness) { return signature.is_of(witness.key); }));
    if (!is_known) others.insert(signature.name);
  }
  if (!others.empty()) outcome.has_not_checked(Statement::other_signatures, {joined(others)});
}

Checked<void> judge_cosignatures(const merkle::SignedNote& note, const Trust& trust, Quorum quorum,
                                 const std::string& place, Outcome& outcome) {
  if (!trust.policy) {
    if (quorum == Quorum::demanded) outcome.has_not_checked(Statement::witnesses_not_asked);
    return {};
  }
  const merkle::Policy& policy = trust.policy->policy;
  LIGGARE_TRY(const Names cosigners, cosigners_of(note, policy, place, outcome));
  if (quorum == Quorum::not_asked) {
    outcome.has_not_checked(Statement::older_cosignatures);
    return {};
  }
  outcome.rests_on(Statement::policy_from, {trust.policy->source});
  return check_quorum(cosigners, policy, place, outcome);
}

}  // namespace

Checked<merkle::Checkpoint> open_trusted(const merkle::SignedNote& note, const Trust& trust,
                                         Quorum quorum, const std::string& place,
                                         Outcome& outcome) {
  // Before its signature, to tell what is no checkpoint from what another key signed.
  auto checkpoint = merkle::Checkpoint::parse(note.text);
  if (!checkpoint) return refuse(checkpoint.error(), Reason::malformed, place);
  LIGGARE_TRY(const TrustedKey* signer, signer_of(note, trust, place));
  const Remark key{Statement::key_from, {signer->key.name, signer->source}};
  if (std::find(outcome.trust.begin(), outcome.trust.end(), key) == outcome.trust.end()) {
    outcome.trust.push_back(key);
  }
  outcome.has_checked(Statement::checkpoint_signed,
                      {checkpoint->origin, std::to_string(checkpoint->head.tree_size)});
  LIGGARE_CHECK(judge_cosignatures(note, trust, quorum, place, outcome));
  tell_other_signatures(note, trust, outcome);
  return *std::move(checkpoint);
}

Checked<merkle::Checkpoint> open_trusted(std::string_view note, const Trust& trust, Quorum quorum,
                                         const std::string& place, Outcome& outcome) {
  const auto parsed = merkle::SignedNote::parse(note);
  if (!parsed) return refuse(parsed.error(), Reason::malformed, place);
  return open_trusted(*parsed, trust, quorum, place, outcome);
}

}  // namespace liggare::audit
