#include "tests/support/random_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "tests/support/random_payload.h"

namespace liggare::test {
namespace {

using domain::Event;
using domain::EventCorrected;
using domain::EventType;
using domain::EventVoided;
using domain::Payload;
using domain::RecordedEventPtr;
using domain::StreamKind;
using domain::Subject;

constexpr int first_year = 2019;
constexpr int last_year = 2024;

struct Weight {
  EventType type;
  std::size_t weight;
};
// How often a type is proposed, where it is not once in a while like the others.
constexpr Weight weights[] = {{EventType::unit_closed, 1},
                              {EventType::agreement_signed, 1},
                              {EventType::ladder_published, 2},
                              {EventType::notice_published, 1},
                              {EventType::participant_registered, 2},
                              {EventType::referral_received, 6},
                              {EventType::enrolment_started, 10},
                              {EventType::enrolment_paused, 10},
                              {EventType::enrolment_resumed, 14},
                              {EventType::enrolment_transferred, 7},
                              {EventType::enrolment_ended, 5},
                              {EventType::plan_revised, 6},
                              {EventType::criterion_assessed, 20},
                              {EventType::step_completed, 16},
                              {EventType::step_reopened, 8},
                              {EventType::consent_given, 7},
                              {EventType::consent_withdrawn, 5},
                              {EventType::shield_set, 4},
                              {EventType::disclosure_made, 10},
                              {EventType::placement_started, 12},
                              {EventType::placement_extended, 7},
                              {EventType::placement_ended, 8},
                              {EventType::event_corrected, 40},
                              {EventType::event_voided, 18}};
constexpr std::size_t usual_weight = 3;

std::size_t weight_of(EventType type) {
  const auto found = std::find_if(std::begin(weights), std::end(weights),
                                  [&](const Weight& weight) { return weight.type == type; });
  return found == std::end(weights) ? usual_weight : found->weight;
}

EventType random_type(Chance& chance) {
  static const std::size_t total =
      std::accumulate(client_types().begin(), client_types().end(), std::size_t{0},
                      [](std::size_t sum, EventType type) { return sum + weight_of(type); });
  std::size_t left = chance.below(total);
  for (const EventType type : client_types()) {
    if (left < weight_of(type)) return type;
    left -= weight_of(type);
  }
  return client_types().back();
}

struct Sequel {
  EventType type;
  EventType next;
};
// What often comes next: by chance alone, two events that belong together would seldom meet.
constexpr Sequel sequels[] = {{EventType::role_granted, EventType::role_revoked},
                              {EventType::incident_reported, EventType::incident_notified},
                              {EventType::incident_notified, EventType::incident_closed},
                              {EventType::referral_received, EventType::referral_accepted},
                              {EventType::enrolment_started, EventType::enrolment_paused},
                              {EventType::enrolment_paused, EventType::enrolment_resumed},
                              {EventType::enrolment_resumed, EventType::enrolment_paused},
                              {EventType::consultant_assigned, EventType::consultant_released},
                              {EventType::plan_created, EventType::plan_revised},
                              {EventType::plan_revised, EventType::plan_revised},
                              {EventType::criterion_assessed, EventType::step_completed},
                              {EventType::step_completed, EventType::step_reopened},
                              {EventType::step_reopened, EventType::step_completed},
                              {EventType::consent_given, EventType::disclosure_made},
                              {EventType::request_received, EventType::request_answered},
                              {EventType::shield_set, EventType::shield_lifted},
                              {EventType::placement_started, EventType::placement_extended},
                              {EventType::placement_extended, EventType::placement_ended},
                              {EventType::protection_set, EventType::protection_lifted}};

std::optional<EventType> sequel_of(EventType type) {
  const auto found = std::find_if(std::begin(sequels), std::end(sequels),
                                  [&](const Sequel& sequel) { return sequel.type == type; });
  if (found == std::end(sequels)) return std::nullopt;
  return found->next;
}

class Author {
 public:
  explicit Author(std::uint64_t seed) : chance_(seed) {
    clock_.microseconds = std::int64_t{first_day().plus_days(60).number()} * day_microseconds;
  }

  RandomHistory write() {
    set_up();
    // A few are long, so that streams get deep.
    const std::size_t more = chance_.percent(5) ? 120 : 30 + chance_.below(20);
    const std::size_t size = history_.ledger.events().size() + more;
    for (int left = 1'000; left > 0 && history_.ledger.events().size() < size; --left) {
      advance();
      propose_anything();
    }
    return std::move(history_);
  }

 private:
  static constexpr std::int64_t day_microseconds = 24 * 3'600'000'000;

  static Day first_day() { return *Day::from_date(first_year, 1, 1); }
  Day today() const { return clock_.ledger_day(); }

  // Often on the same day, so that many things are registered together.
  void advance() {
    const std::int64_t days = chance_.percent(40) ? 0 : chance_.between(1, 45);
    clock_.microseconds += days * day_microseconds + chance_.between(0, 6) * 3'600'000'000;
  }

  // What most histories have: without it nearly everything would refer to nothing.
  void set_up() {
    std::vector<Subject> subjects{
        {StreamKind::unit, "U1"},   {StreamKind::unit, "U2"},       {StreamKind::unit, "U3"},
        {StreamKind::staff, "S1"},  {StreamKind::place, "L1"},      {StreamKind::place, "L2"},
        {StreamKind::ladder, "K1"}, {StreamKind::agreement, "A1"},  {StreamKind::notice, "N1"},
        {StreamKind::basis, "B1"},  {StreamKind::participant, "P1"}};
    const char* more[] = {"P2", "P3"};
    for (std::size_t i = chance_.below(3); i > 0; --i) {
      subjects.push_back({StreamKind::participant, more[i - 1]});
    }
    for (const Subject& subject : subjects) {
      if (chance_.percent(6)) continue;
      for (int left = 6; left > 0; --left) {
        const EventType type = first_type(subject.kind);
        const Day day = first_day().plus_days(chance_.between(0, 45));
        if (propose(subject, random_payload(chance_, known_, {subject, type, day}), day)) break;
      }
    }
  }

  static EventType first_type(StreamKind kind) {
    const auto& types = client_types();
    return *std::find_if(types.begin(), types.end(),
                         [&](EventType type) { return domain::home_of(type) == kind; });
  }

  void propose_anything() {
    const EventType type = random_type(chance_);
    if (type == EventType::event_corrected) return propose_correction();
    if (type == EventType::event_voided) return propose_void();
    const StreamKind kind = *domain::home_of(type);
    const Subject subject{kind, known_.stream_id(chance_, kind)};
    std::optional<EventType> next = propose_about(subject, type, Day::first());
    while (next && chance_.percent(45)) {
      advance();
      next = propose_about(subject, *next, known_.days().back());
    }
  }

  // Of what it names nothing, mostly what introduces that instead. Gives what often follows, where
  // it was taken.
  std::optional<EventType> propose_about(const Subject& subject, EventType type, Day earliest) {
    if (known_.count(subject) == 0 && chance_.percent(85)) type = first_type(subject.kind);
    Payload data = random_payload(chance_, known_, {subject, type, today()});
    if (const auto first = known_.missing(subject, data); first && chance_.percent(85)) {
      type = *first;
      data = random_payload(chance_, known_, {subject, type, today()});
    }
    earliest = std::max(earliest, known_.since(subject, data));
    const Day effective = day_for(earliest, domain::may_lie_ahead(subject.kind));
    if (!propose(subject, std::move(data), effective)) return std::nullopt;
    return sequel_of(type);
  }

  void propose_correction() {
    const RecordedEventPtr target = random_target();
    EventCorrected correction{target->event.id, {}, std::nullopt, "mistake"};
    if (chance_.percent(1)) correction.target = "never";
    // Once in a while data that belong to another type.
    const RecordedEventPtr model = chance_.percent(1) ? random_target() : target;
    correction.data.payload = std::make_shared<const domain::AnyPayload>(
        domain::AnyPayload{random_correction(chance_, known_, *model, today())});
    if (chance_.percent(60)) correction.effective = moved_day(target->event);
    const Subject subject = subject_for(*target);
    propose(subject, correction, envelope_day());
  }

  void propose_void() {
    const RecordedEventPtr target = random_target();
    const Subject subject = subject_for(*target);
    propose(subject, EventVoided{target->event.id, "mistake"}, envelope_day());
  }

  // Mostly of a participant; rarely a correction or void.
  RecordedEventPtr random_target() {
    RecordedEventPtr target;
    for (int left = 4; left > 0; --left) {
      target = chance_.pick(history_.ledger.events());
      const Event& event = target->event;
      if (domain::amends_timeline(event.type())) continue;
      if (event.subject.kind == StreamKind::participant || chance_.percent(15)) break;
    }
    // The contents of a correction can't be drawn.
    while (domain::amends_timeline(target->event.type())) {
      target = chance_.pick(history_.ledger.events());
    }
    return target;
  }

  Subject subject_for(const domain::RecordedEvent& target) {
    if (chance_.percent(1)) return chance_.pick(history_.ledger.events())->event.subject;
    return target.event.subject;
  }

  Day moved_day(const Event& target) {
    if (chance_.percent(50)) return target.effective.plus_days(chance_.between(-40, 40));
    return day_for(known_.since(target.subject, target.data),
                   domain::may_lie_ahead(target.subject.kind));
  }

  // Of a correction or a void: any, and once in a while one that lies ahead.
  Day envelope_day() {
    if (chance_.percent(1)) return today().plus_days(chance_.between(1, 30));
    return std::min(random_day(chance_), today());
  }

  // Of an event that is about something known since `earliest`.
  Day day_for(Day earliest, bool may_lie_ahead) {
    earliest = std::max(earliest, first_day());
    Day day = today();
    const std::size_t way = chance_.below(100);
    if (way < 30 && !known_.days().empty()) {
      day = chance_.pick(known_.days());
    } else if (way < 50) {
      day = random_day(chance_);
    } else if (way < 80) {
      day = today().plus_days(-chance_.between(0, 20));
    } else if (earliest < day) {
      day = earliest.plus_days(chance_.between(0, std::min(day.days_since(earliest), 400)));
    }
    if (day < earliest && chance_.percent(92)) day = earliest.plus_days(chance_.between(0, 30));
    if (may_lie_ahead && chance_.percent(20)) return today().plus_days(chance_.between(1, 400));
    return chance_.percent(98) ? std::min(day, today()) : day.plus_days(chance_.between(0, 60));
  }

  bool propose(const Subject& subject, Payload data, Day effective) {
    Event event;
    event.id = fmt::format("e{}", ++proposed_);
    event.source = "/random";
    event.subject = subject;
    event.effective = effective;
    event.actor = chance_.percent(80) ? "staff/S1" : "system/random";
    add_extras(event);
    if (subject.kind == StreamKind::participant) {
      event.personal = random_classes(type_of(data) == EventType::note_recorded);
    }
    event.data = std::move(data);
    const auto verdict = history_.ledger.propose(std::move(event), clock_);
    if (verdict) {
      known_.take((*verdict)->event);
    } else {
      history_.refusals.push_back(verdict.error().code);
    }
    return verdict.has_value();
  }

  void add_extras(Event& event) {
    if (chance_.percent(15)) {
      event.time = event.effective.plus_days(chance_.between(-2, 40)).text() + "T23:30:00+02:00";
    }
    if (chance_.percent(3)) event.purpose = "follow-up";
    if (chance_.percent(3)) event.correlation_id = "batch-1";
    if (chance_.percent(3)) event.causation_id = "e1";
  }

  std::optional<std::vector<PersonalClass>> random_classes(bool required) {
    if (!required && chance_.percent(90)) return std::nullopt;
    std::vector<PersonalClass> classes;
    for (const PersonalClass personal_class : personal_classes) {
      if (chance_.percent(30)) classes.push_back(personal_class);
    }
    return classes;
  }

  Chance chance_;
  KnownIds known_;
  RandomHistory history_;
  Instant clock_;
  int proposed_ = 0;
};

}  // namespace

RandomHistory random_history(std::uint64_t seed) { return Author(seed).write(); }

Day random_day(Chance& chance) {
  const int year = chance.between(first_year, last_year);
  if (chance.percent(15)) return Day::from_date(year, 3, 1)->plus_days(-1);  // Leap or not.
  if (chance.percent(15)) return Day::from_date(year, 12, 31)->plus_days(chance.between(0, 1));
  const int month = chance.between(1, 12);
  if (chance.percent(30)) return Day::from_date(year, month, 1)->plus_days(-chance.between(0, 1));
  return Day::from_date(year, month, 1)->plus_days(chance.between(0, 30));
}

const std::vector<EventType>& client_types() {
  static const std::vector<EventType> types = [] {
    std::vector<EventType> client;
    for (std::size_t i = 0; i < domain::event_type_count; ++i) {
      if (!domain::is_own_command(static_cast<EventType>(i))) {
        client.push_back(static_cast<EventType>(i));
      }
    }
    return client;
  }();
  return types;
}

}  // namespace liggare::test
