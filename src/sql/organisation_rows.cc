#include "sql/organisation_rows.h"

#include <set>

namespace liggare::sql {
namespace {

using namespace domain;

// What a unit's stream has told so far.
struct Unit {
  std::string name;
  UnitKind kind = UnitKind::unit;
  std::optional<std::string> parent;
  std::optional<PlaceCategory> category;
  Day registered = Day::first();
  std::optional<Day> closed;
  std::optional<std::string> successor;
  std::string event_id;
};

void put_unit(const std::string& id, const Timeline& timeline, TableWriter& out) {
  Unit unit;
  for (const AmendedEvent& event : timeline) {
    if (const auto* registered = std::get_if<UnitRegistered>(event.data.get())) {
      unit.name = registered->name;
      unit.kind = registered->kind;
      unit.parent = registered->parent;
      unit.category = registered->category;
      unit.registered = event.effective;
      unit.event_id = event.event->event.id;
    } else if (const auto* renamed = std::get_if<UnitRenamed>(event.data.get())) {
      unit.name = renamed->name;
    } else if (const auto* moved = std::get_if<UnitMoved>(event.data.get())) {
      unit.parent = moved->parent;
    } else if (const auto* closed = std::get_if<UnitClosed>(event.data.get())) {
      unit.closed = event.effective;
      unit.successor = closed->successor;
    }
  }
  out.put("units", {id, unit.name, unit.kind, unit.parent, unit.category, unit.registered,
                    unit.closed, unit.successor, unit.event_id});
}

void put_place(const std::string& id, const Timeline& timeline, TableWriter& out) {
  PlaceOffered place;
  Day offered = Day::first();
  std::optional<Day> withdrawn;
  std::string event_id;
  for (const AmendedEvent& event : timeline) {
    if (const auto* data = std::get_if<PlaceOffered>(event.data.get())) {
      place = *data;
      offered = event.effective;
      event_id = event.event->event.id;
    } else if (std::holds_alternative<PlaceWithdrawn>(*event.data)) {
      withdrawn = event.effective;
    }
  }
  out.put("places", {id, place.administration, place.category, place.workplace,
                     place.seats.value_or(1), place.profile, offered, withdrawn, event_id});
}

Value scope_word(const Scope& scope) {
  if (scope.category) return "category";
  return scope.administration ? "administration" : "all";
}
Value scope_value(const Scope& scope) {
  return scope.category ? Value(scope.category) : Value(scope.administration);
}

// The last one set on a day ≤ as-of is in force (contract P14).
void put_target(const std::string& id, std::span<const AmendedEvent> until_as_of,
                TableWriter& out) {
  if (until_as_of.empty()) return;
  const AmendedEvent& last = until_as_of.back();
  const auto* set = std::get_if<TargetSet>(last.data.get());
  if (set == nullptr) return;
  out.put("targets",
          {id, set->measure, scope_word(set->scope), scope_value(set->scope), set->from, set->to,
           set->value, set->baseline, set->decision, last.effective, last.event->event.id});
}

void put_ladder(const std::string& id, std::span<const AmendedEvent> until_as_of,
                TableWriter& out) {
  for (const AmendedEvent& event : until_as_of) {
    const auto* ladder = std::get_if<LadderPublished>(event.data.get());
    if (ladder == nullptr) continue;
    const auto put = [&](std::int64_t step, const Value& criterion, const Value& text,
                         const Value& mandatory) {
      out.put("ladder_criteria",
              {id, ladder->ladder_version, event.effective, step, criterion, text, mandatory});
    };
    for (const LadderStep& step : ladder->steps) {
      for (const Criterion& criterion : step.criteria) {
        put(step.step, criterion.criterion, criterion.text, criterion.mandatory);
      }
      if (step.criteria.empty()) put(step.step, {}, {}, {});
    }
  }
}

// The maximal spans of constant places within the agreement's validity.
void put_capacity(const projections::AgreementRow& agreement, const projections::LineFact& line,
                  TableWriter& out) {
  if (agreement.valid_to && *agreement.valid_to < agreement.valid_from) return;
  std::set<Day> changes{agreement.valid_from};
  for (const projections::PlacesFrom& change : line.places) {
    const bool ends_before = agreement.valid_to && *agreement.valid_to < change.from;
    if (change.from > agreement.valid_from && !ends_before) changes.insert(change.from);
  }
  for (auto first = changes.begin(); first != changes.end();) {
    const std::int64_t places = capacity_on(agreement, line, *first);
    auto next = std::next(first);
    while (next != changes.end() && capacity_on(agreement, line, *next) == places) ++next;
    const std::optional<Day> last =
        next == changes.end() ? agreement.valid_to : std::optional<Day>(next->plus_days(-1));
    out.put("capacity", {agreement.agreement, line.line, *first, last, places});
    first = next;
  }
}

}  // namespace

void put_organisation(const Subject& subject, const Timeline& timeline, Day as_of,
                      TableWriter& out) {
  if (timeline.empty()) return;
  switch (subject.kind) {
    case StreamKind::unit:
      return put_unit(subject.id, timeline, out);
    case StreamKind::place:
      return put_place(subject.id, timeline, out);
    case StreamKind::target:
      return put_target(subject.id, until(timeline, as_of), out);
    case StreamKind::ladder:
      return put_ladder(subject.id, until(timeline, as_of), out);
    default:
      return;
  }
}

void put_agreement(const projections::AgreementRow& agreement, TableWriter& out) {
  const auto put = [&](const Value& line, const Value& programme, const Value& unit,
                       const Value& places) {
    out.put("agreements", {agreement.agreement, line, agreement.title, programme, unit, places,
                           agreement.valid_from, agreement.valid_to});
  };
  for (const projections::LineFact& line : agreement.lines) {
    put(line.line, line.programme, line.unit, line.places.front().places);
    put_capacity(agreement, line, out);
  }
  if (agreement.lines.empty()) put({}, {}, {}, {});
}

}  // namespace liggare::sql
