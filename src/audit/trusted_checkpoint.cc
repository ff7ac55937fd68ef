#include "audit/trusted_checkpoint.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/bytes.h"
#include "merkle/cosignature.h"

namespace liggare::audit {
namespace {

std::string labelled(std::string_view name, std::uint32_t key_id) {
  std::string id;
  put_u32(id, key_id);
  return std::string(name) + "+" + to_hex(id);
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// Why none of the keys signed: another log's checkpoint, or other keys of this log.
Detail unsigned_detail(const merkle::SignedNote& note, const Trust& trust,
                       const std::string& origin) {
  std::vector<std::string> logs;
  for (const TrustedKey& log : trust.logs) {
    if (log.key.name == origin) logs.clear();
    logs.push_back(log.key.name);
    if (log.key.name == origin) break;
  }
  if (logs.back() != origin) return {Circumstance::of_other_log, {origin, joined(logs)}};
  Detail detail{Circumstance::signed_with, {}};
  for (const merkle::NoteSignature& signature : note.signatures) {
    detail.values.push_back(labelled(signature.name, signature.key_id));
  }
  return detail;
}

// The first of the keys that signed; every key's bad signature refuses the note.
Checked<const TrustedKey*> signer_of(const merkle::SignedNote& note, const Trust& trust,
                                     const std::string& origin, const std::string& place) {
  const TrustedKey* signer = nullptr;
  for (const TrustedKey& log : trust.logs) {
    const auto opened = merkle::open_checkpoint(note, log.key);
    if (opened) {
      if (signer == nullptr) signer = &log;
    } else if (opened.error().code == ErrorCode::corrupt) {
      return refuse(opened.error(), Reason::bad_signature, place);
    }
  }
  if (signer == nullptr)
    return refuse(Reason::not_signed, place, unsigned_detail(note, trust, origin));
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

Checked<void> check_quorum(const Names& cosigners, const merkle::Policy& policy,
                           const std::string& place, Outcome& outcome) {
  if (policy.is_met_by(cosigners)) {
    outcome.has_checked(Statement::quorum_met, {policy.quorum()});
    return {};
  }
  if (cosigners.empty()) {
    return refuse(Reason::not_cosigned, place, {Circumstance::cosigned_by_none, {policy.quorum()}});
  }
  std::vector<std::string> values{policy.quorum()};
  values.insert(values.end(), cosigners.begin(), cosigners.end());
  return refuse(Reason::not_cosigned, place, {Circumstance::cosigned_by_few, std::move(values)});
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
    if (!is_known) others.insert(labelled(signature.name, signature.key_id));
  }
  if (others.empty()) return;
  // Where two checkpoints are opened, one remark speaks of both.
  const auto before = std::find_if(
      outcome.not_checked.begin(), outcome.not_checked.end(),
      [](const Remark& remark) { return remark.statement == Statement::other_signatures; });
  if (before != outcome.not_checked.end()) {
    others.insert(before->values.begin(), before->values.end());
    before->values.assign(others.begin(), others.end());
  } else {
    outcome.has_not_checked(Statement::other_signatures, {others.begin(), others.end()});
  }
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
  LIGGARE_TRY(const TrustedKey* signer, signer_of(note, trust, checkpoint->origin, place));
  if (signer->source.empty()) {
    outcome.rests_on(Statement::key_given, {signer->key.name});
  } else {
    outcome.rests_on(Statement::key_from, {signer->key.name, signer->source});
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
