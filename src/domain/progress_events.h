// Mappings, assessments, plans, the ladder and meetings (contract, section 3, Participant).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

struct MappingRecorded {
  static constexpr auto type = EventType::mapping_recorded;
  std::string source;
  std::optional<std::string> consent;
  static constexpr auto fields() {
    return std::tuple{code("source", &MappingRecorded::source),
                      id("consent", &MappingRecorded::consent)};
  }
  bool operator==(const MappingRecorded&) const = default;
};

struct Score {
  std::string indicator;
  std::int64_t score = 0;
  static constexpr auto fields() {
    return std::tuple{id("indicator", &Score::indicator),
                      integer("score", &Score::score, -integer_max)};
  }
  bool operator==(const Score&) const = default;
};

struct AssessmentRecorded {
  static constexpr auto type = EventType::assessment_recorded;
  std::string instrument;
  std::string instrument_version;
  Respondent respondent = Respondent::participant;
  std::vector<Score> scores;
  static constexpr auto fields() {
    return std::tuple{code("instrument", &AssessmentRecorded::instrument),
                      code("instrumentVersion", &AssessmentRecorded::instrument_version),
                      value("respondent", &AssessmentRecorded::respondent),
                      value("scores", &AssessmentRecorded::scores)};
  }
  bool operator==(const AssessmentRecorded&) const = default;
};

struct PlanCreated {
  static constexpr auto type = EventType::plan_created;
  std::string plan;
  PlanKind plan_kind = PlanKind::iup;
  std::string owner;
  static constexpr auto fields() {
    return std::tuple{id("plan", &PlanCreated::plan), value("planKind", &PlanCreated::plan_kind),
                      reference("owner", &PlanCreated::owner, StreamKind::unit)};
  }
  bool operator==(const PlanCreated&) const = default;
};

struct PlanRevised {
  static constexpr auto type = EventType::plan_revised;
  std::string plan;
  std::int64_t revision = 1;
  std::string by;
  bool agreed = false;
  static constexpr auto fields() {
    return std::tuple{
        id("plan", &PlanRevised::plan), integer("revision", &PlanRevised::revision, 1),
        reference("by", &PlanRevised::by, StreamKind::unit), value("agreed", &PlanRevised::agreed)};
  }
  bool operator==(const PlanRevised&) const = default;
};

struct PlanTransferred {
  static constexpr auto type = EventType::plan_transferred;
  std::string plan;
  std::string owner;
  static constexpr auto fields() {
    return std::tuple{id("plan", &PlanTransferred::plan),
                      reference("owner", &PlanTransferred::owner, StreamKind::unit)};
  }
  bool operator==(const PlanTransferred&) const = default;
};

struct PlanClosed {
  static constexpr auto type = EventType::plan_closed;
  std::string plan;
  static constexpr auto fields() { return std::tuple{id("plan", &PlanClosed::plan)}; }
  bool operator==(const PlanClosed&) const = default;
};

struct PathChosen {
  static constexpr auto type = EventType::path_chosen;
  std::string path;
  Chooser chosen_by = Chooser::participant;
  static constexpr auto fields() {
    return std::tuple{code("path", &PathChosen::path), value("chosenBy", &PathChosen::chosen_by)};
  }
  bool operator==(const PathChosen&) const = default;
};

struct CriterionAssessed {
  static constexpr auto type = EventType::criterion_assessed;
  std::string ladder;
  std::string criterion;
  Colour state = Colour::red;
  std::optional<std::string> reason;
  static constexpr auto fields() {
    return std::tuple{reference("ladder", &CriterionAssessed::ladder, StreamKind::ladder),
                      id("criterion", &CriterionAssessed::criterion),
                      value("state", &CriterionAssessed::state),
                      code("reason", &CriterionAssessed::reason)};
  }
  bool operator==(const CriterionAssessed&) const = default;
};

struct StepCompleted {
  static constexpr auto type = EventType::step_completed;
  std::string ladder;
  std::int64_t step = 1;
  static constexpr auto fields() {
    return std::tuple{reference("ladder", &StepCompleted::ladder, StreamKind::ladder),
                      integer("step", &StepCompleted::step, 1)};
  }
  bool operator==(const StepCompleted&) const = default;
};

struct StepReopened {
  static constexpr auto type = EventType::step_reopened;
  std::string ladder;
  std::int64_t step = 1;
  std::string reason;
  static constexpr auto fields() {
    return std::tuple{reference("ladder", &StepReopened::ladder, StreamKind::ladder),
                      integer("step", &StepReopened::step, 1),
                      code("reason", &StepReopened::reason)};
  }
  bool operator==(const StepReopened&) const = default;
};

struct Attendee {
  std::string unit;
  std::string role;
  static constexpr auto fields() {
    return std::tuple{reference("unit", &Attendee::unit, StreamKind::unit),
                      code("role", &Attendee::role)};
  }
  bool operator==(const Attendee&) const = default;
};

struct MeetingHeld {
  static constexpr auto type = EventType::meeting_held;
  MeetingKind kind = MeetingKind::mi;
  std::vector<Attendee> attendees;
  std::vector<DataCategory> categories;
  std::vector<std::string> consents;
  static constexpr auto fields() {
    return std::tuple{
        value("kind", &MeetingHeld::kind), value("attendees", &MeetingHeld::attendees),
        value("categories", &MeetingHeld::categories), id("consents", &MeetingHeld::consents)};
  }
  bool operator==(const MeetingHeld&) const = default;
};

// Its content stands in data.personal.
struct NoteRecorded {
  static constexpr auto type = EventType::note_recorded;
  static constexpr auto fields() { return std::tuple{}; }
  bool operator==(const NoteRecorded&) const = default;
};

}  // namespace liggare::domain
