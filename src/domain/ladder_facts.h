// A ladder's published versions.
#pragma once

#include <span>
#include <string_view>

#include "domain/timeline.h"

namespace liggare::domain {

// Whether any published version has the criterion.
bool has_criterion(std::span<const AmendedEvent> ladder, std::string_view criterion);

// The newest version in force on `day`: the highest ladderVersion with effective ≤ day (contract
// P6). Null where there is none.
const LadderPublished* version_on(std::span<const AmendedEvent> ladder, Day day);

// The step numbered `step`, or null.
const LadderStep* step_of(const LadderPublished& version, std::int64_t step);

}  // namespace liggare::domain
