// What a grant lets open.
#include <utility>

#include "codec/event_json.h"
#include "codec/parsed_json.h"
#include "codec/record.h"
#include "ledger/protection.h"
#include "ledger/reading.h"
#include "ledger/sealer.h"
#include "projections/history.h"
#include "sealing/seal.h"

namespace liggare::ledger {

Result<std::optional<std::string>> Reading::section_text(const Grant& grant,
                                                         const domain::RecordedEvent& event,
                                                         PersonalClass personal_class) {
  const auto found = grant.sections.find(event.position);
  if (found == grant.sections.end()) return std::optional<std::string>();
  LIGGARE_TRY(vault::Vault * open, vault());
  for (const Section& section : found->second) {
    if (section.personal_class != personal_class) continue;
    LIGGARE_TRY(std::string text, open->open_section(context_of(event.event), section));
    return std::optional(std::move(text));
  }
  return std::optional<std::string>();
}

Result<std::vector<OpenedSection>> Reading::disclose(const Grant& grant,
                                                     const domain::RecordedEvent& event) {
  LIGGARE_ASSERT(grant.action == access::Action::disclose_keys,
                 "keys are handed out on a grant that says so");
  std::vector<OpenedSection> opened;
  const auto found = grant.sections.find(event.position);
  if (found == grant.sections.end()) return opened;
  LIGGARE_TRY(vault::Vault * open, vault());
  const sealing::EventContext context = context_of(event.event);
  for (const Section& section : found->second) {
    const PersonalClass one = section.personal_class;
    LIGGARE_TRY(const SecretKey base,
                open->base_key(section.key_id, {context.subject, one}, section.index));
    SecretKey key = sealing::section_key(base, context, section);
    LIGGARE_TRY(std::string text, sealing::open(key, context, section));
    opened.push_back({one, std::move(key), std::move(text)});
  }
  return opened;
}

Result<Json> Reading::event_json(const Grant& grant, const domain::RecordedEvent& event) {
  LIGGARE_ASSERT(event.event.subject == grant.participant, "an event of the grant's participant");
  std::map<PersonalClass, Json> opened;
  for (const PersonalClass one : grant.shown) {
    LIGGARE_TRY(const auto text, section_text(grant, event, one));
    if (!text) continue;
    LIGGARE_TRY(opened[one], codec::parse_json(*text));
  }
  const codec::PersonalView closed = closed_(event);
  return codec::event_json(event, [&](PersonalClass one) {
    const auto found = opened.find(one);
    return found == opened.end() ? closed(one) : found->second;
  });
}

Result<Json> Reading::rows(const Grant& grant, const domain::Stream& events) {
  std::optional<Error> failure;
  Json rows = projections::history_rows(events, [&](const domain::RecordedEvent& event) {
    auto json = event_json(grant, event);
    if (json) return *std::move(json);
    failure = json.error();
    return Json::object();
  });
  if (failure) return Unexpected{*std::move(failure)};
  return rows;
}

Result<Json> Reading::history(const Reader& reader, const domain::Subject& participant,
                              std::uint64_t size) {
  LIGGARE_TRY(const domain::Stream events, ledger_.stream(participant, size));
  if (events.empty()) return unknown_participant(participant, size);
  const auto granted = ask(reader, participant, events);
  if (granted) return rows(*granted, events);
  const bool is_hidden = granted.error().code == ErrorCode::not_found;
  return is_hidden ? unknown_participant(participant, size) : Unexpected{granted.error()};
}

Result<Json> Reading::entry(const Reader& reader, std::uint64_t position) {
  LIGGARE_TRY(const std::string bytes, ledger_.leaf(position));
  LIGGARE_TRY(const codec::Record record, codec::decode_record(bytes, position));
  const domain::Subject& subject = record.event.event.subject;
  if (subject.kind != domain::StreamKind::participant) return ledger_.history_entry(position);
  LIGGARE_TRY(const domain::Stream events, ledger_.stream(subject, ledger_.head().tree_size));
  const std::uint64_t index = record.event.version - 1;
  LIGGARE_ASSERT(index < events.size(), "an event is in its stream");
  LIGGARE_TRY(const Grant granted, ask(reader, subject, {&events[index], 1}));
  LIGGARE_TRY(const Json shown, rows(granted, events));
  return (*shown.as_array())[index];
}

}  // namespace liggare::ledger
