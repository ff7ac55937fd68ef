#include "ledger/sealer.h"

#include <map>
#include <ranges>
#include <set>

#include "base/random.h"
#include "codec/event_line.h"
#include "codec/parsed_json.h"

namespace liggare::ledger {

sealing::EventContext context_of(const domain::Event& event) {
  return {event.id, event.subject.text(), std::string(domain::name_of(event.type())),
          event.effective.text()};
}

namespace {

PersonalClass fenced_among(const codec::Submission& submission, const vault::Vault& vault) {
  for (const codec::PersonalText& text : submission.personal) {
    if (vault.is_fenced(submission.event.subject.text(), text.personal_class)) {
      return text.personal_class;
    }
  }
  return submission.personal.front().personal_class;  // The fence fell just now.
}

Result<void> seal_one(Candidate& candidate, vault::Vault& vault) {
  const codec::Submission& submission = *candidate.submission;
  std::map<PersonalClass, std::string> texts;
  for (const codec::PersonalText& text : submission.personal) {
    texts.emplace(text.personal_class, text.json);
  }
  auto sections = vault.seal_sections(context_of(submission.event), texts);
  if (!sections && sections.error().code == ErrorCode::fenced) {
    candidate.fenced = fenced_among(submission, vault);
    return {};
  }
  if (!sections) return Unexpected{sections.error()};
  candidate.sections = *std::move(sections);
  return {};
}

// The identity section's personnummer and samordningsnummer: twelve digits each (codec).
void add_numbers(const Candidate& candidate, std::vector<vault::NumberEntry>& numbers) {
  for (std::size_t i = 0; i < candidate.sections.size(); ++i) {
    const Section& section = candidate.sections[i];
    if (section.personal_class != PersonalClass::identity) continue;
    const domain::Event& event = candidate.submission->event;
    const auto identity = codec::parse_json(candidate.submission->personal[i].json);
    if (!identity) continue;
    for (const std::string_view name : {"personnummer", "samordningsnummer"}) {
      const Json* number = identity->find(name);
      if (number == nullptr || number->as_text() == nullptr) continue;
      numbers.push_back(
          {event.subject.text(), event.id, *number->as_text(), section.key_id, section.index});
    }
  }
}

Result<void> index_numbers(vault::Vault& vault, std::span<const vault::NumberEntry> numbers) {
  if (numbers.empty()) return {};
  auto indexed = vault.index_numbers(numbers);
  if (indexed || indexed.error().code != ErrorCode::fenced) return indexed;
  // A fence fell after the sealing; the sequencer refuses those, and the others are indexed.
  for (const vault::NumberEntry& number : numbers) {
    auto alone = vault.index_numbers({&number, 1});
    if (!alone && alone.error().code != ErrorCode::fenced &&
        alone.error().code != ErrorCode::not_found) {
      return alone;
    }
  }
  return {};
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

Result<void> seal_personal(std::span<const std::span<Candidate>> groups, const store::EventLog& log,
                           vault::Vault* vault) {
  std::vector<Candidate*> unsealed;
  std::set<vault::ClassKeyName> names;
  for (Candidate& candidate : std::views::join(groups)) {
    candidate.salt = random_bytes(codec::record_salt_bytes);
    if (!candidate.submission || candidate.submission->personal.empty()) continue;
    if (vault == nullptr) {
      return fail(ErrorCode::vault_unavailable, "personal data need an open vault");
    }
    const codec::Submission& submission = *candidate.submission;
    LIGGARE_TRY(const auto known, log.position_of(submission.event.id));
    if (known || candidate.is_hidden) continue;
    unsealed.push_back(&candidate);
    for (const codec::PersonalText& text : submission.personal) {
      names.insert({submission.event.subject.text(), text.personal_class});
    }
  }
  if (names.empty()) return {};
  const std::vector<vault::ClassKeyName> wanted(names.begin(), names.end());
  // Where some of it is fenced, the keys of the rest are made one candidate at a time.
  const auto keys = vault->ensure_keys(wanted);
  if (!keys && keys.error().code != ErrorCode::fenced) return Unexpected{keys.error()};
  std::vector<vault::NumberEntry> numbers;
  for (Candidate* candidate : unsealed) {
    LIGGARE_CHECK(seal_one(*candidate, *vault));
    add_numbers(*candidate, numbers);
  }
  return index_numbers(*vault, numbers);
}

Result<void> seal_personal(std::span<Candidate> candidates, const store::EventLog& log,
                           vault::Vault* vault) {
  return seal_personal({&candidates, 1}, log, vault);
}

}  // namespace liggare::ledger
