#include "ledger/reading.h"

#include <algorithm>
#include <utility>

#include "codec/parsed_json.h"
#include "codec/record.h"
#include "codec/text.h"
#include "domain/formats.h"
#include "ledger/erased_view.h"
#include "ledger/erasure_arrears.h"
#include "ledger/principal.h"
#include "ledger/protection.h"
#include "ledger/sealer.h"

namespace liggare::ledger {
namespace {

constexpr std::int64_t glass_microseconds = std::int64_t{3600} * 1'000'000;
constexpr const char* reason_type = "access";  // In place of an event's type, in what seals it.

// Blanks, dots and what can't be seen are no reason.
bool says_something(const std::string& reason) {
  constexpr std::ptrdiff_t letters_min = 3;
  return std::count_if(reason.begin(), reason.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
         }) >= letters_min;
}

access::Request request_of(const Reader& reader) {
  return {reader.purpose, reader.classes, reader.breaks_glass, says_something(reader.reason)};
}

Error denied(const Reader& reader, access::Denial denial) {
  using enum access::Denial;
  const std::string purpose(domain::word_of(reader.purpose));
  switch (denial) {
    case no_role:
      return {ErrorCode::denied, reader.who + " holds no role that may read this"};
    case no_relation:
      return {ErrorCode::denied, reader.who + " has nothing to do with the participant"};
    case purpose_not_allowed:
      return {ErrorCode::denied, reader.who + " may not read this for the purpose " + purpose};
    case class_not_allowed:
      return {ErrorCode::denied, reader.who + " may not read all of these classes for " + purpose};
    case reason_missing:
      return {ErrorCode::denied, "breaking the glass takes a reason, in words"};
    case break_glass_expired:
      return {ErrorCode::denied, "the glass was broken more than an hour ago: give a new reason"};
    case protected_person:
      break;
  }
  return {ErrorCode::not_found, "unknown"};
}

bool contains(const std::vector<PersonalClass>& classes, PersonalClass one) {
  return std::find(classes.begin(), classes.end(), one) != classes.end();
}

sealing::EventContext context_of(const access::Record& record) {
  return {record.id, record.subject, reason_type, record.recorded.ledger_day().text()};
}

std::vector<PersonalClass> listed(const std::set<PersonalClass>& classes) {
  return {classes.begin(), classes.end()};
}

// `record` once for each set of classes that events give, each naming its own events: then the
// access log alone tells which keys were handed out. As it is where nothing is given.
std::vector<access::Record> one_a_set(const access::Record& record, const Grant& grant) {
  std::map<std::set<PersonalClass>, std::vector<std::uint64_t>> events;
  for (const auto& [position, sections] : grant.sections) {
    std::set<PersonalClass> classes;
    for (const Section& section : sections) classes.insert(section.personal_class);
    events[classes].push_back(position);
  }
  if (events.empty()) return {record};
  std::vector<access::Record> records;
  for (auto& [classes, positions] : events) {
    access::Record& own = records.emplace_back(record);
    if (records.size() > 1) own.id = AccessLog::new_id();
    own.classes = listed(classes);
    own.events = std::move(positions);
  }
  return records;
}

}  // namespace

// What is asked, and what was decided on it.
struct Reading::Asked {
  const Reader& reader;
  const domain::Subject& participant;
  std::span<const domain::RecordedEventPtr> events;
  access::Standing standing;
  access::Decision decision;
  std::string opening;  // The record that broke the glass, while it is open.
  const ClosedView& closed;

  // What the events hold and was not erased.
  template <class Visit>
  void each_held(const domain::RecordedEvent& event, const Visit& visit) const {
    if (!event.event.personal) return;
    const codec::PersonalView view = closed(event);
    for (const PersonalClass one : *event.event.personal) {
      if (view(one).find("erased") == nullptr) visit(one);
    }
  }
};

Result<std::unique_ptr<Reading>> Reading::open(const Ledger& ledger) {
  std::unique_ptr<Reading> reading(new Reading(ledger));
  reading->take_vault();
  LIGGARE_TRY(reading->access_log_, AccessLog::open_for_writing(ledger.folders().ledger,
                                                                ledger.origin(), ledger.clock()));
  return reading;
}

void Reading::take_vault() {
  vault_ = ledger_.vault();
  if (vault_ != nullptr) return;
  auto opened = wait_for_vault_of(ledger_);
  if (opened) {
    own_vault_ = *std::move(opened);
    vault_ = own_vault_.get();
  } else {
    vault_unavailable_ = opened.error();
  }
}

Result<vault::Vault*> Reading::vault() const {
  if (vault_ == nullptr) return Unexpected{vault_unavailable_};
  return vault_;
}

access::Record Reading::draft(const Reader& reader, const std::string& subject) const {
  access::Record record;
  record.id = AccessLog::new_id();
  record.action = reader.action;
  record.who = reader.who;
  record.submitted_by = local_principal();
  record.subject = subject;
  record.ledger_size = ledger_.head().tree_size;
  record.purpose = reader.purpose;
  return record;
}

Result<access::Standing> Reading::standing(const std::string& who,
                                           const domain::Subject& participant) const {
  const std::uint64_t size = ledger_.head().tree_size;
  LIGGARE_TRY(const domain::Stream events, ledger_.stream(participant, size));
  if (events.empty()) return unknown_participant(participant, size);
  const auto id = domain::staff_id(who);
  domain::Stream staff;
  if (id) {
    LIGGARE_TRY(staff, ledger_.stream({domain::StreamKind::staff, *id}, size));
  }
  return access::standing_of(id.value_or(""), domain::timeline_of(staff),
                             domain::timeline_of(events));
}

Result<void> Reading::look_at_glass(Asked& asked) const {
  if (!asked.reader.breaks_glass) return {};
  LIGGARE_TRY(const auto opening,
              access_log_->newest_opening(asked.participant.text(), asked.reader.who));
  if (!opening) return {};
  const std::int64_t age = ledger_.clock().now().microseconds - opening->recorded.microseconds;
  const bool is_open = age < glass_microseconds;
  asked.standing.break_glass = is_open ? access::BreakGlass::open : access::BreakGlass::expired;
  if (is_open) asked.opening = opening->id;
  return {};
}

Result<Grant> Reading::ask(const Reader& reader, const domain::Subject& participant,
                           std::span<const domain::RecordedEventPtr> events) {
  if (!codec::is_personal_text(reader.reason)) {
    return fail(ErrorCode::invalid_argument,
                "a reason is text in UTF-8 (NFC), without control characters");
  }
  closed_ = closed_view(ledger_.log());
  Asked asked{reader, participant, events, {}, {}, {}, closed_};
  LIGGARE_TRY(asked.standing, standing(reader.who, participant));
  LIGGARE_CHECK(look_at_glass(asked));
  asked.decision = access::decide(asked.standing, request_of(reader));
  access::Record record = draft(reader, participant.text());
  record.role = asked.decision.role;
  if (record.role) record.relation = asked.decision.relation;
  if (asked.decision.denial) return deny(asked, std::move(record));
  auto granted = grant(asked);
  if (!granted) return give_up(std::move(record), access::Outcome::failed, granted.error());
  return record_grant(asked, *std::move(granted), std::move(record));
}

Result<Grant> Reading::grant(const Asked& asked) {
  LIGGARE_CHECK(vault());
  Grant grant;
  grant.participant = asked.participant;
  grant.action = asked.reader.action;
  grant.allowed = asked.decision.allowed;
  for (const domain::RecordedEventPtr& event : asked.events) {
    LIGGARE_ASSERT(event->event.subject == asked.participant, "events are of one participant");
    LIGGARE_CHECK(take_sections(asked, *event, grant));
  }
  for (const PersonalClass one : grant.shown) grant.refused.erase(one);
  return grant;
}

// Whether a section can be opened is asked of its key, and not of the section.
Result<void> Reading::take_sections(const Asked& asked, const domain::RecordedEvent& event,
                                    Grant& grant) {
  std::set<PersonalClass> wanted;
  asked.each_held(event, [&](PersonalClass one) {
    const bool is_asked = !asked.reader.classes || contains(*asked.reader.classes, one);
    if (is_asked) (contains(grant.allowed, one) ? wanted : grant.refused).insert(one);
  });
  if (wanted.empty()) return {};
  LIGGARE_TRY(const std::string bytes, ledger_.leaf(event.position));
  LIGGARE_TRY(codec::Record record, codec::decode_record(bytes, event.position));
  const std::string subject = asked.participant.text();
  for (Section& section : record.sections) {
    const PersonalClass one = section.personal_class;
    if (!wanted.contains(one)) continue;
    const auto key = vault_->base_key(section.key_id, {subject, one}, section.index);
    if (key) {
      grant.shown.insert(one);
      grant.sections[event.position].push_back(std::move(section));
      continue;
    }
    const ErrorCode code = key.error().code;
    if (code != ErrorCode::fenced && code != ErrorCode::not_found) return Unexpected{key.error()};
    grant.refused.insert(one);
    grant.is_fenced = grant.is_fenced || code == ErrorCode::fenced;
  }
  return {};
}

Result<Grant> Reading::record_grant(const Asked& asked, Grant grant, access::Record record) {
  const Reader& reader = asked.reader;
  record.outcome = access::Outcome::allowed;
  record.classes = listed(grant.shown);
  record.refused_classes = listed(grant.refused);
  for (const auto& [position, sections] : grant.sections) record.events.push_back(position);
  if (grant.is_fenced) {
    record.code = name_of(ErrorCode::fenced);
    const Error fenced{ErrorCode::fenced, "a class of " + record.subject + " is being erased"};
    if (reader.classes) return give_up(std::move(record), access::Outcome::denied, fenced);
  }
  std::vector<access::Record> records;
  if (reader.breaks_glass && asked.opening.empty()) {
    access::Record opening = record;
    opening.id = AccessLog::new_id();
    opening.action = access::Action::break_glass;
    opening.classes = {};
    opening.events = {};
    records.push_back(std::move(opening));
  }
  if (reader.breaks_glass) {
    record.break_glass = records.empty() ? asked.opening : records.front().id;
  }
  if (reader.action == access::Action::disclose_keys) {
    for (access::Record& each : one_a_set(record, grant)) records.push_back(std::move(each));
  } else {
    records.push_back(std::move(record));
  }
  // An opening has the reason for what it opens.
  const auto without = records.begin() + (reader.breaks_glass ? 1 : std::ssize(records));
  for (auto each = records.begin(); each != without; ++each) {
    each->recorded = records.front().recorded;  // All have one time.
    if (auto sealed = seal_reason(reader, *each); !sealed) {
      return give_up(std::move(records.back()), access::Outcome::failed, sealed.error());
    }
  }
  LIGGARE_TRY(const auto places, access_log_->record(records));
  grant.record_id = records.back().id;
  grant.place = places.back();
  return grant;
}

// Under the subject's own key, so that it can be forgotten with the rest.
Result<void> Reading::seal_reason(const Reader& reader, access::Record& record) {
  if (reader.reason.empty()) return {};
  LIGGARE_TRY(vault::Vault * open, vault());
  // The day that it is sealed for is that of the record, at midnight, too.
  if (record.recorded == Instant{}) {
    LIGGARE_TRY(record.recorded, access_log_->next_time());
  }
  const sealing::EventContext context = context_of(record);
  const std::string json = Json::object().add("reason", reader.reason).canonical_text();
  LIGGARE_TRY(auto sections, open->seal_sections(context, {{PersonalClass::ordinary, json}}));
  record.reason = std::move(sections.front());
  return {};
}

Result<std::optional<std::string>> Reading::reason_text(const access::Record& record) {
  if (!record.reason) return std::optional<std::string>();
  LIGGARE_TRY(vault::Vault * open, vault());
  LIGGARE_TRY(const std::string text, open->open_section(context_of(record), *record.reason));
  LIGGARE_TRY(const Json json, codec::parse_json(text));
  const Json* reason = json.find("reason");
  if (reason == nullptr || reason->as_text() == nullptr) {
    return fail(ErrorCode::corrupt, "access record " + record.id + ": the reason is no text");
  }
  return std::optional(*reason->as_text());
}

Unexpected<Error> Reading::deny(const Asked& asked, access::Record record) {
  const access::Denial denial = *asked.decision.denial;
  std::set<PersonalClass> held;
  for (const domain::RecordedEventPtr& event : asked.events) {
    bool holds_any = false;
    asked.each_held(*event, [&](PersonalClass one) {
      if (!contains(asked.decision.refused, one)) return;
      held.insert(one);
      holds_any = true;
    });
    if (holds_any) record.events.push_back(event->position);
  }
  record.refused_classes = asked.reader.classes ? asked.decision.refused : listed(held);
  record.code = domain::word_of(denial);
  // It is denied with or without its reason.
  static_cast<void>(seal_reason(asked.reader, record));
  if (denial == access::Denial::protected_person) {
    return give_up(std::move(record), access::Outcome::denied,
                   unknown_participant(asked.participant, ledger_.head().tree_size).error);
  }
  return give_up(std::move(record), access::Outcome::denied, denied(asked.reader, denial));
}

Unexpected<Error> Reading::give_up(access::Record record, access::Outcome outcome,
                                   const Error& error) {
  record.outcome = outcome;
  record.classes.clear();
  if (record.code.empty()) record.code = name_of(error.code);
  const auto recorded = access_log_->record({&record, 1});
  return Unexpected{recorded ? error : recorded.error()};
}

}  // namespace liggare::ledger
