// Checks one checkpoint alone: who signed it, and who cosigned it when.
#pragma once

#include <string>
#include <string_view>

#include "audit/outcome.h"
#include "audit/trust.h"

namespace liggare::audit {

// `place` is where the note came from. Of the events behind its root it says nothing.
Outcome check_checkpoint(std::string_view note, const Trust& trust,
                         const std::string& place = "checkpoint");

}  // namespace liggare::audit
