// A stream as it would be had everything been sent right the first time, and nothing about later
// days: corrections, voids and the order of days carried out in the plainest way (contract,
// section 2).
//
// Written anew, and slowly, so that it shares nothing with domain/timeline.cc.
#pragma once

#include "domain/timeline.h"

namespace liggare::projections {

struct PlainStory {
  domain::Stream events;      // In position order.
  domain::Timeline timeline;  // The same in the order of their days, then positions.
};

PlainStory plain_story(const domain::Stream& stream, Day as_of);

}  // namespace liggare::projections
