// Reads an event's data from JSON by its field list: strict, every fault with its path.
#pragma once

#include <simdjson.h>

#include <string>

#include "codec/faults.h"
#include "domain/payload.h"

namespace liggare::codec {

// Whether data.personal may stand in the object being read.
enum class PersonalMember { refused, allowed };

// Reads `object`, found at `path`, as data of `type`. Faults go to `faults`; the payload counts
// only when there are none. The data of a correction stay unread (domain/payload.h).
domain::Payload read_payload(domain::EventType type, simdjson::dom::object object,
                             const std::string& path, PersonalMember personal, Faults& faults);

}  // namespace liggare::codec
