// Whether a participant's facts of all days say of a day what the facts cut at that day say.
//
// Reports ask the facts of all days and cut there (domain/participant_facts.h); the rules fold
// until the day. Both must see the same enrolments, units, pauses, standings and movements.
#pragma once

#include <string>

#include "domain/participant_facts.h"

namespace liggare::projections {

// Empty when they agree; else the first thing on which they don't.
std::string facts_difference(const domain::ParticipantFacts& all_days,
                             const domain::ParticipantFacts& cut, Day day);

}  // namespace liggare::projections
