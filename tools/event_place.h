// Which event or stream a command line means.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "domain/event.h"

namespace liggare::ledger {
class Ledger;
}

namespace liggare::tools {

// An event's position, from its id or the position itself: a decimal number is a position unless
// an event has it as its id. not_found where there is none.
Result<std::uint64_t> position_named(const ledger::Ledger& ledger, const std::string& name);

// The words where there is none.
Unexpected<Error> no_such_event(const ledger::Ledger& ledger, const std::string& name);

// invalid_argument, naming the option, for an id that no stream can have.
Result<domain::Subject> subject_of(domain::StreamKind kind, const std::string& id,
                                   const std::string& option);

// The value of an option that names a stream, "KIND/ID"; invalid_argument for anything else.
Result<domain::Subject> subject_named(const std::string& text, const std::string& option);

}  // namespace liggare::tools
