// What the rows of streams become when events are added: how kept rows follow the log without
// folding everything anew.
//
// Pure, so that tests can hold it against a fold from scratch for thousands of histories.
#pragma once

#include <span>

#include "projection/projection.h"

namespace liggare::projection {

struct RowDifference {
  Rows removed;
  Rows added;
};

// Takes up what a stream's rows become: `before` is the part of `events` that was folded earlier.
void add_stream(std::span<const Projection> projections, const domain::Subject& subject,
                std::span<const domain::RecordedEventPtr> before,
                std::span<const domain::RecordedEventPtr> events, RowDifference& difference);

// Takes out of both sides the rows that stay as they are.
void drop_unchanged(RowDifference& difference);

void apply(Rows& rows, RowDifference difference);

}  // namespace liggare::projection
