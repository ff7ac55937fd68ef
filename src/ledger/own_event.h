// An event that only liggare's own commands write (contract, section 3, last table).
#pragma once

#include <string>

#include "base/day.h"
#include "base/json.h"
#include "domain/event.h"

namespace liggare::ledger {

struct OwnEvent {
  std::string id;
  domain::EventType type;
  domain::Subject subject;
  Day effective = Day::first();
  std::string actor;  // staff/ID or system/ID.
  Json data = Json::object();
};

}  // namespace liggare::ledger
