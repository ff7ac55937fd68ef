// The rules marked R for every stream that is not a participant's (contract, section 3).
#pragma once

#include <optional>

#include "domain/rejection.h"
#include "domain/timeline.h"

namespace liggare::domain {

// The first event of the timeline that breaks a rule gives the rejection.
std::optional<Rejection> check_organisation(const Timeline& timeline);

}  // namespace liggare::domain
