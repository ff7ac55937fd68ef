// A stream whose events the rules have taken, with what the next one is judged on.
//
// A participant's story is judged whole, in the order of its days (contract, section 2). An event
// at the end of that order changes nothing before it, and what was known of other streams then
// stays as it was (contract P6): so the facts of the story so far are kept, and such an event is
// judged on them alone.
#pragma once

#include <optional>

#include "domain/participant_rules.h"
#include "domain/timeline.h"

namespace liggare::domain {

// An event that the rules take.
struct Accepted {
  RecordedEventPtr event;
  // A participant's whole timeline with the event in it, where all of it was judged anew.
  std::optional<JudgedTimeline> timeline;
};

class JudgedStream {
 public:
  JudgedStream() = default;
  // Of events that were judged before, in version order.
  explicit JudgedStream(Stream events) : events_(std::move(events)) {}

  const Stream& events() const { return events_; }
  // The facts of a registered participant's whole timeline, where they are kept and nothing of it
  // is effective after `day`; else null.
  const ParticipantFacts* facts_until(Day day) const;

  // Requires that decide() gave it for this stream as it is.
  void append(Accepted accepted);
  // Takes back the newest event.
  void drop_last();

 private:
  Stream events_;
  std::optional<JudgedTimeline> judged_;
};

}  // namespace liggare::domain
