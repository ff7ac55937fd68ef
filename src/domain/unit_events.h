// Units, staff, places and incidents (contract, section 3, Organisation).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/vocabulary.h"

namespace liggare::domain {

struct UnitRegistered {
  static constexpr auto type = EventType::unit_registered;
  std::string name;
  UnitKind kind = UnitKind::unit;
  std::optional<std::string> parent;
  std::optional<PlaceCategory> category;
  static constexpr auto fields() {
    return std::tuple{text("name", &UnitRegistered::name), value("kind", &UnitRegistered::kind),
                      reference("parent", &UnitRegistered::parent, StreamKind::unit),
                      value("category", &UnitRegistered::category)};
  }
  bool operator==(const UnitRegistered&) const = default;
};

struct UnitRenamed {
  static constexpr auto type = EventType::unit_renamed;
  std::string name;
  static constexpr auto fields() { return std::tuple{text("name", &UnitRenamed::name)}; }
  bool operator==(const UnitRenamed&) const = default;
};

struct UnitMoved {
  static constexpr auto type = EventType::unit_moved;
  std::string parent;
  static constexpr auto fields() {
    return std::tuple{reference("parent", &UnitMoved::parent, StreamKind::unit)};
  }
  bool operator==(const UnitMoved&) const = default;
};

struct UnitClosed {
  static constexpr auto type = EventType::unit_closed;
  std::optional<std::string> successor;
  static constexpr auto fields() {
    return std::tuple{reference("successor", &UnitClosed::successor, StreamKind::unit)};
  }
  bool operator==(const UnitClosed&) const = default;
};

struct StaffRegistered {
  static constexpr auto type = EventType::staff_registered;
  std::string unit;
  static constexpr auto fields() {
    return std::tuple{reference("unit", &StaffRegistered::unit, StreamKind::unit)};
  }
  bool operator==(const StaffRegistered&) const = default;
};

struct RoleGranted {
  static constexpr auto type = EventType::role_granted;
  Role role = Role::consultant;
  std::optional<std::string> unit;
  static constexpr auto fields() {
    return std::tuple{value("role", &RoleGranted::role),
                      reference("unit", &RoleGranted::unit, StreamKind::unit)};
  }
  bool operator==(const RoleGranted&) const = default;
};

struct RoleRevoked {
  static constexpr auto type = EventType::role_revoked;
  Role role = Role::consultant;
  std::optional<std::string> unit;
  static constexpr auto fields() {
    return std::tuple{value("role", &RoleRevoked::role),
                      reference("unit", &RoleRevoked::unit, StreamKind::unit)};
  }
  bool operator==(const RoleRevoked&) const = default;
};

struct IncidentReported {
  static constexpr auto type = EventType::incident_reported;
  Day discovered = Day::first();
  std::vector<DataCategory> categories;
  std::int64_t persons = 0;
  static constexpr auto fields() {
    return std::tuple{value("discovered", &IncidentReported::discovered),
                      value("categories", &IncidentReported::categories),
                      integer("persons", &IncidentReported::persons, 0)};
  }
  bool operator==(const IncidentReported&) const = default;
};

struct IncidentNotified {
  static constexpr auto type = EventType::incident_notified;
  NotifiedParty to = NotifiedParty::authority;
  static constexpr auto fields() { return std::tuple{value("to", &IncidentNotified::to)}; }
  bool operator==(const IncidentNotified&) const = default;
};

struct IncidentClosed {
  static constexpr auto type = EventType::incident_closed;
  static constexpr auto fields() { return std::tuple{}; }
  bool operator==(const IncidentClosed&) const = default;
};

struct PlaceOffered {
  static constexpr auto type = EventType::place_offered;
  std::string administration;
  std::optional<std::string> workplace;
  PlaceCategory category = PlaceCategory::ordinary;
  std::optional<std::int64_t> seats;
  std::optional<std::string> profile;
  static constexpr auto fields() {
    return std::tuple{
        reference("administration", &PlaceOffered::administration, StreamKind::unit),
        text("workplace", &PlaceOffered::workplace), value("category", &PlaceOffered::category),
        integer("seats", &PlaceOffered::seats, 1), text("profile", &PlaceOffered::profile)};
  }
  bool operator==(const PlaceOffered&) const = default;
};

struct PlaceWithdrawn {
  static constexpr auto type = EventType::place_withdrawn;
  std::optional<std::string> reason;
  static constexpr auto fields() { return std::tuple{text("reason", &PlaceWithdrawn::reason)}; }
  bool operator==(const PlaceWithdrawn&) const = default;
};

}  // namespace liggare::domain
