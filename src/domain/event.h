// An event as a client sends it, and as the ledger has recorded it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/personal_class.h"
#include "domain/payload.h"

namespace liggare::domain {

// A stream's name, "kind/id".
struct Subject {
  StreamKind kind = StreamKind::participant;
  std::string id;

  std::string text() const { return std::string(name_of(kind)) + "/" + id; }
  auto operator<=>(const Subject&) const = default;
};

// The ledger's own stream: its seals and changes of key.
inline const Subject ledger_stream{StreamKind::ledger, "main"};

// What the client sets (contract, section 1), personal data aside: the domain only knows which
// classes stand in data.personal.
struct Event {
  std::string id;
  std::string source;
  Subject subject;
  Day effective = Day::first();
  std::string actor;
  std::optional<std::string> time;  // RFC 3339, verbatim.
  std::optional<std::string> purpose;
  std::optional<std::string> correlation_id;
  std::optional<std::string> causation_id;
  Payload data;
  std::optional<std::vector<PersonalClass>> personal;  // In the order of the classes.

  EventType type() const { return type_of(data); }
  bool operator==(const Event&) const = default;
};

// With what the ledger sets.
struct RecordedEvent {
  Event event;
  std::uint64_t position = 0;  // 0-based, in the whole ledger.
  std::uint64_t version = 1;   // 1-based, in the stream.
  Instant recorded;
  std::string submitted_by;
  bool operator==(const RecordedEvent&) const = default;
};

}  // namespace liggare::domain
