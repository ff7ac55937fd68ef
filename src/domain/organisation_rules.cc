#include "domain/organisation_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace liggare::domain {
namespace {

using Refusal = std::optional<Rejection>;
using enum RejectionCode;

Refusal refuse(RejectionCode code, std::string detail) {
  return Rejection{code, std::move(detail)};
}

Refusal check_span(Day from, Day to) {
  if (to < from) return refuse(invalid_span, to.text() + " is before " + from.text());
  return std::nullopt;
}

// The event with the lowest position of the type that may stand only once and first; none for
// streams that may begin with anything.
const AmendedEvent* introduction_in(const Timeline& timeline) {
  if (timeline.empty()) return nullptr;
  const StreamKind kind = timeline.front().event->event.subject.kind;
  std::optional<EventType> type = introducing_type(kind);
  if (kind == StreamKind::notice) type = EventType::notice_published;
  if (kind == StreamKind::basis) type = EventType::basis_adopted;
  if (kind == StreamKind::edition) type = EventType::report_published;
  if (!type) return nullptr;
  const AmendedEvent* introduction = nullptr;
  for (const AmendedEvent& event : timeline) {
    if (type_of(*event.data) != *type) continue;
    if (introduction == nullptr || event.event->position < introduction->event->position) {
      introduction = &event;
    }
  }
  return introduction;
}

// Walks a timeline and keeps what its rules ask for.
class Rules {
 public:
  explicit Rules(const Timeline& timeline)
      : timeline_(timeline), introduction_(introduction_in(timeline)) {}

  Refusal check(const AmendedEvent& event) {
    event_ = &event;
    if (introduction_ != nullptr && introduction_ != &event) {
      const EventType introducing = type_of(*introduction_->data);
      if (type_of(*event.data) == introducing) {
        return refuse(already_exists, introduction_->event->event.id);
      }
      if (event.effective < introduction_->effective) {
        return refuse(unknown_reference, std::string(name_of(type_of(*event.data))) + " before " +
                                             std::string(name_of(introducing)));
      }
    }
    return std::visit(*this, *event.data);
  }

  Refusal operator()(const UnitRenamed&) { return not_ended(); }
  Refusal operator()(const UnitMoved&) { return not_ended(); }
  Refusal operator()(const UnitClosed&) { return end(); }

  Refusal operator()(const AgreementSigned& e) {
    for (const AgreementLine& line : e.lines) {
      if (!lines_.insert(line.line).second) return refuse(duplicate_id, line.line);
    }
    valid_from_ = e.valid_from;
    if (e.valid_to) return check_span(e.valid_from, *e.valid_to);
    return std::nullopt;
  }
  Refusal operator()(const AgreementAmended& e) {
    if (!lines_.contains(e.line)) return refuse(unknown_reference, "line " + e.line);
    return std::nullopt;
  }
  Refusal operator()(const AgreementTerminated& e) { return check_span(valid_from_, e.valid_to); }

  Refusal operator()(const TargetSet& e) { return check_span(e.from, e.to); }
  Refusal operator()(const FigurePublished& e) { return check_span(e.from, e.to); }
  Refusal operator()(const BasisAdopted& e) {
    if (e.valid_to) return check_span(e.valid_from, *e.valid_to);
    return std::nullopt;
  }

  Refusal operator()(const LadderPublished& e) {
    std::map<std::string_view, std::int64_t> steps;
    for (const LadderStep& step : e.steps) {
      for (const Criterion& criterion : step.criteria) {
        if (!steps.emplace(criterion.criterion, step.step).second) {
          return refuse(duplicate_id, criterion.criterion);
        }
      }
    }
    std::int64_t previous = 0;
    std::uint64_t previous_position = 0;
    for (const AmendedEvent& other : timeline_) {
      if (other.event->position >= event_->event->position) continue;
      const auto& version = std::get<LadderPublished>(*other.data);
      if (Refusal refusal = keeps_steps(version, steps)) return refusal;
      if (previous == 0 || other.event->position > previous_position) {
        previous = version.ladder_version;
        previous_position = other.event->position;
      }
    }
    if (e.ladder_version != previous + 1) {
      return refuse(version_conflict,
                    std::to_string(e.ladder_version) + " after " + std::to_string(previous));
    }
    return std::nullopt;
  }

  Refusal operator()(const RoleGranted& e) {
    roles_.insert({e.role, e.unit});
    return std::nullopt;
  }
  Refusal operator()(const RoleRevoked& e) {
    if (roles_.erase({e.role, e.unit}) == 0) {
      return refuse(unknown_reference, "role " + std::string(word_of(e.role)) + " is not held");
    }
    return std::nullopt;
  }

  Refusal operator()(const IncidentNotified&) { return not_ended(); }
  Refusal operator()(const IncidentClosed&) { return end(); }
  Refusal operator()(const PlaceWithdrawn&) { return end(); }
  Refusal operator()(const ReviewStarted& e) { return check_span(e.from, e.to); }
  Refusal operator()(const ReviewMarked&) { return not_ended(); }
  Refusal operator()(const ReviewClosed&) { return end(); }

  // The others have no rule beyond the introduction's.
  template <class Other>
  Refusal operator()(const Other&) {
    return std::nullopt;
  }

 private:
  Refusal not_ended() const {
    if (ended_by_ != nullptr) return refuse(already_ended, ended_by_->event->event.id);
    return std::nullopt;
  }
  Refusal end() {
    if (Refusal refusal = not_ended()) return refusal;
    ended_by_ = event_;
    return std::nullopt;
  }
  static Refusal keeps_steps(const LadderPublished& earlier,
                             const std::map<std::string_view, std::int64_t>& steps) {
    for (const LadderStep& step : earlier.steps) {
      for (const Criterion& criterion : step.criteria) {
        const auto now = steps.find(criterion.criterion);
        if (now != steps.end() && now->second != step.step) {
          return refuse(duplicate_id, criterion.criterion);
        }
      }
    }
    return std::nullopt;
  }

  const Timeline& timeline_;
  const AmendedEvent* introduction_;
  const AmendedEvent* event_ = nullptr;
  const AmendedEvent* ended_by_ = nullptr;
  std::set<std::string> lines_;
  Day valid_from_ = Day::first();
  std::set<std::pair<Role, std::optional<std::string>>> roles_;
};

}  // namespace

Refusal check_organisation(const Timeline& timeline) {
  Rules rules(timeline);
  for (const AmendedEvent& event : timeline) {
    if (Refusal refusal = rules.check(event)) return refusal;
  }
  return std::nullopt;
}

}  // namespace liggare::domain
