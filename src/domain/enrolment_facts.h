// Facts about referrals, enrolments and placements. A fact of all days answers for any day by
// itself (participant_facts.h).
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

enum class ReferralState { received, accepted, declined, withdrawn };
LIGGARE_WORDS(ReferralState, "received", "accepted", "declined", "withdrawn");

struct ReferralFact {
  ReferralSource source = ReferralSource::other;
  std::string programme;
  std::optional<std::string> unit;
  Day received = Day::first();
  ReferralState state = ReferralState::received;
  static constexpr auto fields() {
    return std::tuple{value("source", &ReferralFact::source),
                      code("programme", &ReferralFact::programme), id("unit", &ReferralFact::unit),
                      value("received", &ReferralFact::received)};
  }
};

enum class EnrolmentState { active, paused, ended };
LIGGARE_WORDS(EnrolmentState, "active", "paused", "ended");

// From `from` until before `to`; open without an end.
struct PauseFact {
  Day from = Day::first();
  std::optional<Day> to;
  bool covers(Day day) const { return from <= day && (!to || day < *to); }
  static constexpr auto fields() {
    return std::tuple{value("from", &PauseFact::from), value("to", &PauseFact::to)};
  }
};

struct UnitFact {
  Day from = Day::first();
  std::string unit;
  static constexpr auto fields() {
    return std::tuple{value("from", &UnitFact::from), id("unit", &UnitFact::unit)};
  }
};

struct EnrolmentFact {
  std::string programme;
  std::vector<UnitFact> units;  // In order; the first from the start.
  std::optional<std::string> referral;
  std::optional<std::string> agreement;
  std::optional<std::string> line;
  Day start = Day::first();
  std::optional<Day> end;
  std::optional<Outcome> outcome;
  EnrolmentState state = EnrolmentState::active;
  std::vector<PauseFact> pauses;
  std::string event_id;  // Of its start, as the position.
  std::int64_t position = 0;

  const std::string& unit() const { return units.back().unit; }
  // Both the first and the last day included; paused ones are active too.
  bool active_on(Day day) const { return start <= day && (!end || day <= *end); }
  bool paused_on(Day day) const;
  // After transfers up to that day. Requires start ≤ day.
  const std::string& unit_on(Day day) const;
  // Days d with after < d ≤ last on which it is paused.
  std::int64_t paused_days(Day after, Day last) const;
  static constexpr auto fields() {
    return std::tuple{code("programme", &EnrolmentFact::programme),
                      value("units", &EnrolmentFact::units),
                      id("referral", &EnrolmentFact::referral),
                      id("agreement", &EnrolmentFact::agreement),
                      id("line", &EnrolmentFact::line),
                      value("start", &EnrolmentFact::start),
                      value("end", &EnrolmentFact::end),
                      value("outcome", &EnrolmentFact::outcome),
                      value("pauses", &EnrolmentFact::pauses),
                      domain::event_id("event", &EnrolmentFact::event_id),
                      integer("position", &EnrolmentFact::position, 0)};
  }
};

struct ExtensionFact {
  Day day = Day::first();
  ExtensionReason reason = ExtensionReason::other;
  static constexpr auto fields() {
    return std::tuple{value("day", &ExtensionFact::day), value("reason", &ExtensionFact::reason)};
  }
};

struct PlacementFact {
  std::string place;
  PlacementKind kind = PlacementKind::osa;
  std::optional<std::string> agreement;
  std::optional<std::string> line;
  Day start = Day::first();
  std::optional<Day> planned_end;
  std::vector<ExtensionFact> extensions;
  std::optional<Day> end;  // The last day.
  std::string event_id;    // Of its start, as the position.
  std::int64_t position = 0;

  // Both the first and the last day included.
  bool active_on(Day day) const { return start <= day && (!end || day <= *end); }
  static constexpr auto fields() {
    return std::tuple{id("place", &PlacementFact::place),
                      value("kind", &PlacementFact::kind),
                      id("agreement", &PlacementFact::agreement),
                      id("line", &PlacementFact::line),
                      value("start", &PlacementFact::start),
                      value("plannedEnd", &PlacementFact::planned_end),
                      value("extensions", &PlacementFact::extensions),
                      value("end", &PlacementFact::end),
                      domain::event_id("event", &PlacementFact::event_id),
                      integer("position", &PlacementFact::position, 0)};
  }
};

}  // namespace liggare::domain
