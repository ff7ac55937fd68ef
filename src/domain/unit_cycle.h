// No unit may be its own ancestor on any day (contract P6).
#pragma once

#include <optional>

#include "domain/other_streams.h"
#include "domain/rejection.h"

namespace liggare::domain {

// `timeline` is the unit's own, with the new event; the other units are read as known at `size`.
std::optional<Rejection> check_cycle(const std::string& unit, const Timeline& timeline,
                                     const OtherStreams& others, std::uint64_t size);

}  // namespace liggare::domain
