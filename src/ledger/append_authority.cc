#include "ledger/append_authority.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "access/standing.h"
#include "access/write_rules.h"
#include "base/secret_file.h"
#include "codec/event_line.h"
#include "domain/formats.h"
#include "domain/vocabulary.h"
#include "ledger/access_log.h"
#include "ledger/authority.h"
#include "ledger/principal.h"

namespace liggare::ledger {
namespace {

using domain::EventType;

std::string target_of(const domain::Event& event) {
  if (const auto* correction = std::get_if<domain::EventCorrected>(&event.data)) {
    return correction->target;
  }
  const auto* voided = std::get_if<domain::EventVoided>(&event.data);
  return voided == nullptr ? std::string() : voided->target;
}

bool holds_health_or_offence(const domain::Event& event) {
  if (!event.personal) return false;
  return std::any_of(event.personal->begin(), event.personal->end(), [](PersonalClass held) {
    return held == PersonalClass::health || held == PersonalClass::offence;
  });
}

// One event, and what it is about.
struct Attempt {
  const domain::Event& event;
  domain::RecordedEventPtr target;  // Of a correction or void, if it is there.
  bool touches_health_or_offence = false;
};

// What it takes of the stream to judge an event of it.
Result<Attempt> attempt_of(const Ledger& ledger, const domain::Event& event) {
  Attempt attempt{event, nullptr, holds_health_or_offence(event)};
  const std::string target = target_of(event);
  if (target.empty()) return attempt;
  LIGGARE_TRY(const auto stream, ledger.stream(event.subject, ledger.head().tree_size));
  for (const auto& other : stream) {
    const bool is_target = other->event.id == target;
    if (!is_target && target_of(other->event) != target) continue;
    if (is_target) attempt.target = other;
    attempt.touches_health_or_offence |= holds_health_or_offence(other->event);
  }
  return attempt;
}

class Judge {
 public:
  Judge(const Ledger& ledger, std::string principal)
      : ledger_(ledger), principal_(std::move(principal)) {}

  // Whether to hide the stream from the sender; denied where it may not be written at all.
  Result<bool> judge(const domain::Event& event) const {
    LIGGARE_TRY(const Attempt attempt, attempt_of(ledger_, event));
    access::WriteRequest request;
    request.type = domain::type_of(event.data);
    request.principal = principal_;
    request.actor = event.actor;
    LIGGARE_TRY(const auto listed, relays(ledger_.folders()));
    request.principal_is_relay = listed.contains(principal_);
    LIGGARE_TRY(request.roles, roles_now(ledger_, event.actor));
    LIGGARE_CHECK(take_protection(event, request));
    LIGGARE_TRY(const auto denial, judge(attempt, request));
    if (!denial) return false;
    if (*denial != access::WriteDenial::protected_person) return deny(request, event, *denial);
    return hide(request, event);
  }

 private:
  Result<void> take_protection(const domain::Event& event, access::WriteRequest& request) const {
    if (event.subject.kind != domain::StreamKind::participant) return {};
    LIGGARE_TRY(const auto stream, ledger_.stream(event.subject, ledger_.head().tree_size));
    const std::string id = domain::staff_id(event.actor).value_or("");
    const auto standing = access::standing_of(id, {}, domain::timeline_of(stream));
    request.is_protected = standing.is_protected;
    request.is_listed = standing.is_listed;
    return {};
  }

  // Takes in what the stream says of the event, and a second person where it takes one.
  Result<std::optional<access::WriteDenial>> judge(const Attempt& attempt,
                                                   access::WriteRequest& request) const {
    if (attempt.target) request.target_type = domain::type_of(attempt.target->event.data);
    request.touches_health_or_offence = attempt.touches_health_or_offence;
    if (access::takes_two(request)) {
      LIGGARE_CHECK(take_second(attempt, request));
    }
    return access::judge(request);
  }

  // To who may not know of her she is like one who was never registered: judged as if the stream
  // had no events, here and by the ledger.
  Result<bool> hide(access::WriteRequest request, const domain::Event& event) const {
    const auto hidden = access::WriteDenial::protected_person;
    request.target_type.reset();
    request.second.reset();
    request.is_protected = false;
    LIGGARE_TRY(const auto denial,
                judge(Attempt{event, nullptr, holds_health_or_offence(event)}, request));
    if (denial) return deny(request, event, *denial, hidden);
    LIGGARE_CHECK(record(request, event, hidden));
    return true;
  }

  // The first who consented and whose consent counts.
  Result<void> take_second(const Attempt& attempt, access::WriteRequest& request) const {
    LIGGARE_TRY(const auto log, AccessLog::open(ledger_.folders().ledger));
    return log->stream(attempt.event.subject.text(),
                       [&](const AccessPlace&, const access::Record& record) -> Result<void> {
                         if (!is_consent_to(attempt, request.type, record)) return {};
                         access::WriteRequest tried = request;
                         LIGGARE_TRY(auto roles, roles_now(ledger_, record.who));
                         tried.second = access::WriteRequest::Second{record.who, std::move(roles)};
                         if (!access::judge(tried)) request.second = std::move(tried.second);
                         return {};
                       });
  }

  static bool is_consent_to(const Attempt& attempt, EventType type, const access::Record& record) {
    std::vector<std::uint64_t> about;
    if (attempt.target) about.push_back(attempt.target->position);
    return record.action == access::Action::approve && record.outcome == access::Outcome::allowed &&
           record.event_id == attempt.event.id && record.event_type == domain::name_of(type) &&
           record.events == about;
  }

  Result<void> record(const access::WriteRequest& request, const domain::Event& event,
                      access::WriteDenial denial) const {
    const WriteIntent intent{request.type, event.subject, request.actor, std::nullopt};
    return record_denial(ledger_, principal_, intent, denial, event.id);
  }

  // What is recorded is the true reason, where the sender is told another.
  Unexpected<Error> deny(const access::WriteRequest& request, const domain::Event& event,
                         access::WriteDenial told,
                         std::optional<access::WriteDenial> recorded = std::nullopt) const {
    const auto kept = record(request, event, recorded.value_or(told));
    if (!kept) return Unexpected{kept.error()};
    return fail(ErrorCode::denied, fmt::format("{}: {}", event.id, words(request, told)));
  }

  std::string words(const access::WriteRequest& request, access::WriteDenial denial) const {
    const auto type = domain::name_of(request.type);
    switch (denial) {
      case access::WriteDenial::unknown_principal:
        return principal_ + " is neither staff nor a listed system";
      case access::WriteDenial::in_another_name:
        return request.actor + " may not be named by " + principal_;
      case access::WriteDenial::role_not_allowed:
        return request.actor + " has no role that writes " + std::string(type);
      case access::WriteDenial::protected_person:
        break;  // Nobody is told so.
      case access::WriteDenial::second_person_missing:
        return fmt::format(
            "{} takes a second person whose role writes it, too; nobody has "
            "consented to this event (liggare approve)",
            type);
    }
    return {};
  }

  const Ledger& ledger_;
  const std::string principal_;
};

Result<std::string> relay_named(std::string_view line, std::size_t number) {
  constexpr std::string_view prefix = "system/";
  const std::string_view id = line.substr(std::min(line.size(), prefix.size()));
  if (!line.starts_with(prefix) || !domain::is_id(id)) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("line {} of relays in the key folder is no system/ID", number));
  }
  return std::string(line);
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

Result<std::set<std::string>> relays(const Folders& folders) {
  std::set<std::string> listed;
  const auto text = read_secret_file(folders.keys / "relays");
  if (!text && text.error().code == ErrorCode::not_found) return listed;
  if (!text) return Unexpected{text.error()};
  std::string_view rest = text->view();
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view whole = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), whole.size() + 1));
    const std::string_view line = without_blanks(whole.substr(0, whole.find('#')));
    if (line.empty()) continue;
    LIGGARE_TRY(std::string relay, relay_named(line, number));
    listed.insert(std::move(relay));
  }
  return listed;
}

Result<void> authorise_append(const Ledger& ledger, const std::string& principal,
                              std::span<Proposal> proposals) {
  const Judge judge(ledger, principal);
  for (Proposal& proposal : proposals) {
    const auto submission = codec::parse_event(proposal.line);
    if (!submission) continue;
    LIGGARE_TRY(proposal.is_hidden, judge.judge(submission->event));
  }
  return {};
}

Result<void> approve(const Ledger& ledger, const Approval& approval) {
  WriteIntent intent{approval.type, approval.subject, approval.who, std::nullopt};
  EventType judged = approval.type;
  access::Record record;
  if (!approval.target.empty()) {
    LIGGARE_TRY(const auto position, ledger.position_of(approval.target));
    if (!position) return fail(ErrorCode::not_found, "no event " + approval.target);
    record.events = {*position};
    LIGGARE_TRY(const auto stream, ledger.stream(approval.subject, *position + 1));
    if (stream.empty() || stream.back()->position != *position) {
      return fail(ErrorCode::invalid_argument,
                  approval.target + " is no event of " + approval.subject.text());
    }
    judged = domain::type_of(stream.back()->event.data);
  }
  LIGGARE_TRY(const auto roles, roles_now(ledger, approval.who));
  const auto writers = access::writers_of(judged);
  const bool is_allowed = std::any_of(roles.begin(), roles.end(), [&](access::Role role) {
    return std::find(writers.begin(), writers.end(), role) != writers.end();
  });
  if (!is_allowed) {
    LIGGARE_CHECK(record_denial(ledger, approval.who, intent, access::WriteDenial::role_not_allowed,
                                approval.event_id));
    return fail(ErrorCode::denied,
                approval.who + " has no role that writes " + std::string(domain::name_of(judged)));
  }
  record.action = access::Action::approve;
  record.outcome = access::Outcome::allowed;
  record.who = approval.who;
  record.submitted_by = local_principal();
  record.subject = approval.subject.text();
  record.ledger_size = ledger.head().tree_size;
  record.event_type = domain::name_of(approval.type);
  record.event_id = approval.event_id;
  LIGGARE_TRY(const auto log, AccessLog::open_for_writing(ledger.folders().ledger, ledger.origin(),
                                                          ledger.clock()));
  LIGGARE_TRY(const auto places, log->record({&record, 1}));
  return {};
}

}  // namespace liggare::ledger
