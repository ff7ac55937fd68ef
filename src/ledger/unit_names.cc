#include "ledger/unit_names.h"

namespace liggare::ledger {
namespace {

using domain::StreamKind;

void take(const domain::Payload& data, UnitOnDay& unit) {
  if (const auto* registered = std::get_if<domain::UnitRegistered>(&data)) {
    unit.name = registered->name;
    unit.kind = registered->kind;
    unit.parent = registered->parent;
  } else if (const auto* renamed = std::get_if<domain::UnitRenamed>(&data)) {
    unit.name = renamed->name;
  } else if (const auto* moved = std::get_if<domain::UnitMoved>(&data)) {
    unit.parent = moved->parent;
  }
}

}  // namespace

Result<std::optional<UnitOnDay>> UnitNames::find(const std::string& id) {
  if (const auto known = read_.find(id); known != read_.end()) return known->second;
  LIGGARE_TRY(const domain::Stream events, ledger_.stream({StreamKind::unit, id}, at_));
  std::optional<UnitOnDay> unit;
  if (!events.empty()) {
    unit = UnitOnDay{id, id, domain::UnitKind::unit, std::nullopt};
    const domain::Timeline timeline = domain::timeline_of(events);
    for (const domain::AmendedEvent& event : domain::until(timeline, day_)) {
      take(*event.data, *unit);
    }
  }
  read_.emplace(id, unit);
  return unit;
}

Result<std::string> UnitNames::name(const std::string& id) {
  LIGGARE_TRY(const auto unit, find(id));
  return unit ? unit->name : id;
}

Result<std::optional<UnitOnDay>> UnitNames::board_above(const std::string& id) {
  // No unit is its own ancestor on any day (contract P6), so this ends.
  std::optional<std::string> next = id;
  while (next) {
    LIGGARE_TRY(const auto unit, find(*next));
    if (!unit || unit->kind == domain::UnitKind::board) return unit;
    next = unit->parent;
  }
  return std::optional<UnitOnDay>();
}

}  // namespace liggare::ledger
