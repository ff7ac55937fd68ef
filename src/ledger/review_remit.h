// Whose reads somebody may review: dpo and auditor everyone's, a lead those of staff that are
// registered at a unit of which they are the lead.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "domain/event_type.h"
#include "ledger/timelines.h"

namespace liggare::ledger {

struct Remit {
  bool is_everyone = false;     // dpo and auditor.
  std::set<std::string> units;  // Of the staff whose reads they are: a lead's own.

  bool covers(const std::string& unit) const { return is_everyone || units.contains(unit); }
};

// By the roles that `who` holds now and that write events of `type`; denied where there are none.
Result<Remit> remit_of(const std::string& who, domain::EventType type, Timelines& timelines);

// denied where `who` may not review what the unit's staff have read. A review without a unit is of
// everyone's reads.
Result<void> require_remit(const std::string& who, domain::EventType type,
                           const std::optional<std::string>& unit, Timelines& timelines);

}  // namespace liggare::ledger
