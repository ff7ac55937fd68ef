// Placements (contract, section 3, Participant).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

struct PlacementStarted {
  static constexpr auto type = EventType::placement_started;
  std::string placement;
  std::string place;
  PlacementKind kind = PlacementKind::osa;
  std::optional<Day> planned_end;
  std::optional<std::string> agreement;
  std::optional<std::string> line;
  static constexpr auto fields() {
    return std::tuple{id("placement", &PlacementStarted::placement),
                      reference("place", &PlacementStarted::place, StreamKind::place),
                      value("kind", &PlacementStarted::kind),
                      value("plannedEnd", &PlacementStarted::planned_end),
                      reference("agreement", &PlacementStarted::agreement, StreamKind::agreement),
                      id("line", &PlacementStarted::line).needing("agreement")};
  }
  bool operator==(const PlacementStarted&) const = default;
};

struct PlacementExtended {
  static constexpr auto type = EventType::placement_extended;
  std::string placement;
  Day planned_end = Day::first();
  ExtensionReason reason = ExtensionReason::other;
  static constexpr auto fields() {
    return std::tuple{id("placement", &PlacementExtended::placement),
                      value("plannedEnd", &PlacementExtended::planned_end),
                      value("reason", &PlacementExtended::reason)};
  }
  bool operator==(const PlacementExtended&) const = default;
};

struct PlacementEnded {
  static constexpr auto type = EventType::placement_ended;
  std::string placement;
  EndCause cause = EndCause::other;
  static constexpr auto fields() {
    return std::tuple{id("placement", &PlacementEnded::placement),
                      value("cause", &PlacementEnded::cause)};
  }
  bool operator==(const PlacementEnded&) const = default;
};

}  // namespace liggare::domain
