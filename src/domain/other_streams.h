// What a rule may ask of other streams: their timelines as known at a size, all days.
#pragma once

#include <cstdint>
#include <functional>

#include "domain/timeline.h"

namespace liggare::domain {

// The timeline of `subject` made of its events at positions < `size` (contract P6), never null.
// Empty for a stream that did not exist then.
using OtherStreams = std::function<TimelinePtr(const Subject& subject, std::uint64_t size)>;

}  // namespace liggare::domain
