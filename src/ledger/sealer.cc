#include "ledger/sealer.h"

#include <map>
#include <set>

#include "base/random.h"
#include "codec/event_line.h"

namespace liggare::ledger {

sealing::EventContext context_of(const domain::Event& event) {
  return {event.id, event.subject.text(), std::string(domain::name_of(event.type())),
          event.effective.text()};
}

namespace {

// One draw for all: asking the kernel for each record costs more than hashing it.
void salt_records(std::span<Candidate> candidates) {
  constexpr std::size_t size = codec::record_salt_bytes;
  const std::string salts = random_bytes(size * candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i)
    candidates[i].salt = salts.substr(i * size, size);
}

}  // namespace

Candidate read_candidate(std::string_view line, codec::Sender sender) {
  auto submission = codec::parse_event(line, sender);
  if (submission) return {std::move(*submission), {}, {}, std::nullopt};
  return {Unexpected{Refusal{codec::event_id_in(line), std::move(submission).error()}},
          {},
          {},
          std::nullopt};
}

Result<void> seal_personal(std::span<Candidate> candidates, const store::EventLog& log,
                           vault::Vault* vault) {
  salt_records(candidates);
  std::vector<Candidate*> unsealed;
  std::set<vault::ClassKeyName> names;
  for (Candidate& candidate : candidates) {
    if (!candidate.submission || candidate.submission->personal.empty()) continue;
    if (vault == nullptr) {
      return fail(ErrorCode::vault_unavailable, "personal data need an open vault");
    }
    const codec::Submission& submission = *candidate.submission;
    LIGGARE_TRY(const auto known, log.position_of(submission.event.id));
    if (known) continue;
    unsealed.push_back(&candidate);
    for (const codec::PersonalText& text : submission.personal) {
      names.insert({submission.event.subject.text(), text.personal_class});
    }
  }
  if (names.empty()) return {};
  const std::vector<vault::ClassKeyName> wanted(names.begin(), names.end());
  LIGGARE_CHECK(vault->ensure_keys(wanted));
  for (Candidate* candidate : unsealed) {
    const codec::Submission& submission = *candidate->submission;
    std::map<PersonalClass, std::string> texts;
    for (const codec::PersonalText& text : submission.personal) {
      texts.emplace(text.personal_class, text.json);
    }
    LIGGARE_TRY(candidate->sections, vault->seal_sections(context_of(submission.event), texts));
  }
  return {};
}

}  // namespace liggare::ledger
