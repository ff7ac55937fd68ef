#include "access/review.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "access/review_share.h"
#include "access/standing.h"
#include "base/sha256.h"
#include "domain/participant_facts.h"

namespace liggare::access {
namespace {

constexpr std::int32_t relation_days = 30;
constexpr std::int64_t microseconds_per_hour = 3'600'000'000;

// 0 … 23, by the clock of the ledger day.
std::int64_t hour_of(Instant instant) {
  constexpr std::int64_t hours_per_day = 24;
  constexpr std::int64_t hours_ahead = 2;
  const std::int64_t start = std::int64_t{instant.ledger_day().number()} * hours_per_day;
  return instant.microseconds / microseconds_per_hour + hours_ahead - start;
}

// 1970-01-01 was a Thursday.
bool is_weekend(Day day) {
  constexpr int days_per_week = 7;
  constexpr int thursday = 3;
  const int weekday = ((day.number() + thursday) % days_per_week + days_per_week) % days_per_week;
  return weekday >= 5;
}

bool is_off_hours(Instant instant) {
  constexpr std::int64_t first_hour = 6;
  constexpr std::int64_t end_hour = 20;
  const std::int64_t hour = hour_of(instant);
  return hour < first_hour || hour >= end_hour || is_weekend(instant.ledger_day());
}

using ReaderDay = std::pair<std::string, Day>;
ReaderDay reader_day(const Record& record) { return {record.who, record.recorded.ledger_day()}; }

// The p99 of a role: the smallest count of one reader's day that at least 99 of 100 of the role's
// reader-days do not exceed (nearest rank).
std::int64_t p99_of(std::vector<std::int64_t> counts) {
  constexpr std::size_t percent = 99;
  constexpr std::size_t hundred = 100;
  std::sort(counts.begin(), counts.end());
  const std::size_t rank = (counts.size() * percent + hundred - 1) / hundred;
  return counts[rank - 1];
}

// The days of readers that are over their role's p99.
std::set<ReaderDay> busy_days(std::span<const ReviewEntry> entries) {
  std::map<std::optional<Role>, std::map<ReaderDay, std::int64_t>> by_role;
  for (const ReviewEntry& entry : entries) ++by_role[entry.record.role][reader_day(entry.record)];
  std::set<ReaderDay> busy;
  for (const auto& [role, days] : by_role) {
    std::vector<std::int64_t> counts;
    for (const auto& [day, count] : days) counts.push_back(count);
    const std::int64_t p99 = p99_of(std::move(counts));
    for (const auto& [day, count] : days) {
      if (count > p99) busy.insert(day);
    }
  }
  return busy;
}

std::set<std::int64_t> sample_of(std::span<const ReviewEntry> entries, const Draw& how) {
  std::vector<std::pair<Hash, std::int64_t>> order;
  for (const ReviewEntry& entry : entries) {
    order.emplace_back(sha256({how.seed, ":", std::to_string(entry.number)}), entry.number);
  }
  std::sort(order.begin(), order.end());
  const auto all = static_cast<std::int64_t>(order.size());
  const std::int64_t count = std::min((all * how.share + whole_share - 1) / whole_share, all);
  std::set<std::int64_t> sample;
  for (std::int64_t i = 0; i < count; ++i) sample.insert(order[static_cast<std::size_t>(i)].second);
  return sample;
}

// First and last day on which somebody was the consultant; open at the end.
struct Span {
  Day from = Day::first();
  Day to = Day::last();
  bool touches(Day first, Day last) const { return from <= last && first <= to; }
};
std::vector<Span> consultant_spans(std::string_view staff_id, const domain::Timeline& participant) {
  std::vector<Span> spans;
  bool is_assigned = false;
  const auto end = [&](Day day) {
    if (is_assigned) spans.back().to = day;
    is_assigned = false;
  };
  for (const domain::AmendedEvent& event : participant) {
    if (const auto* assigned = std::get_if<domain::ConsultantAssigned>(event.data.get())) {
      end(event.effective);
      if (assigned->staff != staff_id) continue;
      spans.push_back({event.effective, Day::last()});
      is_assigned = true;
    } else if (std::holds_alternative<domain::ConsultantReleased>(*event.data)) {
      end(event.effective);
    }
  }
  return spans;
}

struct RoleSpan {
  HeldRole role;
  Span span;
};
std::vector<RoleSpan> role_spans(const domain::Timeline& staff) {
  std::map<HeldRole, Day> held;
  std::vector<RoleSpan> spans;
  for (const domain::AmendedEvent& event : staff) {
    if (const auto* granted = std::get_if<domain::RoleGranted>(event.data.get())) {
      held.try_emplace({granted->role, granted->unit.value_or("")}, event.effective);
    } else if (const auto* revoked = std::get_if<domain::RoleRevoked>(event.data.get())) {
      const HeldRole role{revoked->role, revoked->unit.value_or("")};
      if (const auto since = held.find(role); since != held.end()) {
        spans.push_back({role, {since->second, event.effective}});
        held.erase(since);
      }
    }
  }
  for (const auto& [role, since] : held) spans.push_back({role, {since, Day::last()}});
  return spans;
}

// The units of a person's enrolments between two days, those transferred from included.
std::set<std::string> units_between(const domain::Timeline& participant, Day first, Day last) {
  std::set<std::string> units;
  const domain::ParticipantFacts facts = domain::participant_facts(participant);
  for (const auto& [id, enrolment] : facts.enrolments) {
    for (std::size_t i = 0; i < enrolment.units.size(); ++i) {
      const bool is_last = i + 1 == enrolment.units.size();
      const Day end = is_last ? enrolment.end.value_or(Day::last()) : enrolment.units[i + 1].from;
      if (Span{enrolment.units[i].from, end}.touches(first, last)) {
        units.insert(enrolment.units[i].unit);
      }
    }
  }
  return units;
}

}  // namespace

bool is_look(const Record& record) {
  return record.action != Action::refused_write && record.action != Action::approve &&
         record.action != Action::carry_on && record.action != Action::drop_year;
}

std::vector<Drawn> draw(std::span<const ReviewEntry> entries, const Draw& how) {
  const std::set<std::int64_t> sample = sample_of(entries, how);
  const std::set<ReaderDay> busy = busy_days(entries);
  std::map<std::int64_t, std::vector<ReviewGround>> drawn;
  for (const ReviewEntry& entry : entries) {
    const Record& record = entry.record;
    const auto add = [&](bool holds, ReviewGround ground) {
      if (holds) drawn[entry.number].push_back(ground);
    };
    add(sample.contains(entry.number), ReviewGround::sample);
    add(!entry.has_relation, ReviewGround::no_relation);
    add(entry.is_protected, ReviewGround::protected_person);
    add(busy.contains(reader_day(record)), ReviewGround::volume);
    add(is_off_hours(record.recorded), ReviewGround::off_hours);
    add(record.action == Action::break_glass || !record.break_glass.empty(),
        ReviewGround::break_glass);
  }
  std::vector<Drawn> list;
  for (auto& [number, grounds] : drawn) list.push_back({number, std::move(grounds)});
  return list;
}

bool had_relation(std::string_view staff_id, const domain::Timeline& staff,
                  const domain::Timeline& participant, Day day) {
  const Day first = day.plus_days(-relation_days);
  const Day last = day.plus_days(relation_days);
  for (const Span& span : consultant_spans(staff_id, participant)) {
    if (span.touches(first, last)) return true;
  }
  const std::set<std::string> units = units_between(participant, first, last);
  for (const RoleSpan& held : role_spans(staff)) {
    if (held.span.touches(first, last) && units.contains(held.role.unit)) return true;
  }
  return false;
}

bool was_protected(const domain::Timeline& participant, Day day) {
  const auto part = domain::until(participant, day);
  return domain::participant_facts(part).is_protected;
}

}  // namespace liggare::access
