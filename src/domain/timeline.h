// The timeline of a stream: its story as corrected, ordered by the day each fact is true from
// (contract, section 2).
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "domain/event.h"

namespace liggare::domain {

using RecordedEventPtr = std::shared_ptr<const RecordedEvent>;
// A stream's events in version order.
using Stream = std::vector<RecordedEventPtr>;

// An event with what corrections and voids have made of it.
struct AmendedEvent {
  RecordedEventPtr event;
  std::shared_ptr<const Payload> data;  // The latest correction's, else its own.
  Day effective = Day::first();         // The latest that a correction gave, else its own.
  // The position whose knowledge of other streams counts for it: its own, or that of its last
  // correction (contract P6).
  std::uint64_t decided_at = 0;
  std::vector<RecordedEventPtr> amendments;  // Its corrections and its void, in position order.
  bool voided = false;
};

// An event that nothing has amended.
AmendedEvent unamended(const RecordedEventPtr& event);

// Every event of the stream but corrections and voids, in position order. Amendments whose target
// is missing, or already voided, change nothing: they are refused before they are recorded.
std::vector<AmendedEvent> amend(std::span<const RecordedEventPtr> stream);

// What stands on the timeline: (effective, position) order, voided events left out.
using Timeline = std::vector<AmendedEvent>;
using TimelinePtr = std::shared_ptr<const Timeline>;

// The whole timeline, all days.
Timeline timeline_of(std::span<const RecordedEventPtr> stream);
// The part with effective ≤ as_of.
std::span<const AmendedEvent> until(const Timeline& timeline, Day as_of);
// The events of `stream` at positions < size.
std::span<const RecordedEventPtr> known_at(const Stream& stream, std::uint64_t size);

}  // namespace liggare::domain
