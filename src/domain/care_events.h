// Retention, log review, holds and erasure, written by own commands (contract, section 3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "domain/field.h"
#include "domain/personal_class_words.h"

namespace liggare::domain {

struct RetentionAdopted {
  static constexpr auto type = EventType::retention_adopted;
  PersonalClass personal_class = PersonalClass::identity;
  RetentionTrigger trigger = RetentionTrigger::last_event;
  std::int64_t months = 0;
  RetentionAction action = RetentionAction::keep;
  std::string decision;
  static constexpr auto fields() {
    return std::tuple{value("class", &RetentionAdopted::personal_class),
                      value("trigger", &RetentionAdopted::trigger),
                      integer("months", &RetentionAdopted::months, 0),
                      value("action", &RetentionAdopted::action),
                      text("decision", &RetentionAdopted::decision)};
  }
  bool operator==(const RetentionAdopted&) const = default;
};

struct ReviewStarted {
  static constexpr auto type = EventType::review_started;
  Day from = Day::first();
  Day to = Day::first();
  std::optional<std::string> unit;
  std::string seed;
  std::vector<std::string> rules;
  std::vector<std::int64_t> items;  // Positions in the access log.
  static constexpr auto fields() {
    return std::tuple{value("from", &ReviewStarted::from),
                      value("to", &ReviewStarted::to),
                      reference("unit", &ReviewStarted::unit, StreamKind::unit),
                      code("seed", &ReviewStarted::seed),
                      code("rules", &ReviewStarted::rules),
                      integer("items", &ReviewStarted::items, 0)};
  }
  bool operator==(const ReviewStarted&) const = default;
};

struct ReviewMarked {
  static constexpr auto type = EventType::review_marked;
  std::int64_t item = 0;
  Verdict verdict = Verdict::ok;
  std::optional<std::string> reason;
  static constexpr auto fields() {
    return std::tuple{integer("item", &ReviewMarked::item, 0),
                      value("verdict", &ReviewMarked::verdict),
                      code("reason", &ReviewMarked::reason)};
  }
  bool operator==(const ReviewMarked&) const = default;
};

struct ReviewClosed {
  static constexpr auto type = EventType::review_closed;
  static constexpr auto fields() { return std::tuple{}; }
  bool operator==(const ReviewClosed&) const = default;
};

struct HoldPlaced {
  static constexpr auto type = EventType::hold_placed;
  std::string hold;
  std::vector<PersonalClass> classes;
  std::string reason;
  static constexpr auto fields() {
    return std::tuple{id("hold", &HoldPlaced::hold), value("classes", &HoldPlaced::classes),
                      code("reason", &HoldPlaced::reason)};
  }
  bool operator==(const HoldPlaced&) const = default;
};

struct HoldReleased {
  static constexpr auto type = EventType::hold_released;
  std::string hold;
  static constexpr auto fields() { return std::tuple{id("hold", &HoldReleased::hold)}; }
  bool operator==(const HoldReleased&) const = default;
};

// Either whole classes or single events.
struct ErasureDecided {
  static constexpr auto type = EventType::erasure_decided;
  std::optional<std::vector<PersonalClass>> classes;
  std::optional<std::vector<std::string>> targets;
  ErasureReason reason = ErasureReason::retention;
  std::string decision;
  static constexpr auto fields() {
    return std::tuple{
        value("classes", &ErasureDecided::classes), event_id("targets", &ErasureDecided::targets),
        value("reason", &ErasureDecided::reason), code("decision", &ErasureDecided::decision)};
  }
  bool operator==(const ErasureDecided&) const = default;
};

struct ErasureExecuted {
  static constexpr auto type = EventType::erasure_executed;
  std::optional<std::vector<PersonalClass>> classes;
  std::optional<std::vector<std::string>> targets;
  std::int64_t vault_epoch = 0;
  std::string certificate;
  static constexpr auto fields() {
    return std::tuple{value("classes", &ErasureExecuted::classes),
                      event_id("targets", &ErasureExecuted::targets),
                      integer("vaultEpoch", &ErasureExecuted::vault_epoch, 0),
                      digest("certificate", &ErasureExecuted::certificate)};
  }
  bool operator==(const ErasureExecuted&) const = default;
};

}  // namespace liggare::domain
