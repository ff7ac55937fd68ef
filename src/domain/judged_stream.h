// A stream whose events the rules have taken, with what the next one is judged on.
//
// A participant's story is judged whole, in the order of its days (contract, section 2). An event
// at the end of that order changes nothing before it, and what was known of other streams then
// stays as it was (contract P6): so the facts of the story so far are kept, and such an event is
// judged on them alone.
#pragma once

#include <cstdint>
#include <memory>

#include "domain/participant_rules.h"
#include "domain/timeline.h"

namespace liggare::domain {

// An event that the rules take.
struct Accepted {
  RecordedEventPtr event;
  // A participant's whole timeline with the event in it, where all of it was judged anew; else
  // null.
  std::unique_ptr<JudgedTimeline> timeline;
};

class JudgedStream {
 public:
  JudgedStream() = default;
  JudgedStream(const JudgedStream& other);
  JudgedStream(JudgedStream&&) = default;
  JudgedStream& operator=(JudgedStream other);
  ~JudgedStream() = default;
  // Of events that were judged before, in version order.
  explicit JudgedStream(Stream events) : events_(std::move(events)) {}
  // Of a story that was judged, with all its events forgotten.
  JudgedStream(std::uint64_t version, JudgedTimeline story)
      : forgotten_(version), judged_(std::make_unique<JudgedTimeline>(std::move(story))) {}

  // How many events it has; the newest one's version.
  std::uint64_t version() const { return forgotten_ + events_.size(); }
  // Requires that none is forgotten.
  const Stream& events() const;

  // The facts that the event is judged on alone; null where the whole story is to be judged anew:
  // it is amended, or gets an event in its midst, or is not known yet.
  const ParticipantFacts* facts_before(const Event& event) const;
  // A participant's whole timeline as it was judged; null where it is not known yet.
  const JudgedTimeline* story() const { return judged_.get(); }

  // Requires that decide() gave it for this stream as it is.
  void append(Accepted accepted);
  // Takes back the newest event, which must not be forgotten.
  void drop_last();

  // How many of its oldest events it has forgotten.
  std::uint64_t forgotten() const { return forgotten_; }
  // Exactly those, in version order.
  void remember_events(Stream oldest);

 private:
  std::uint64_t forgotten_ = 0;
  Stream events_;                           // Those after the forgotten.
  std::unique_ptr<JudgedTimeline> judged_;  // Apart: most streams are no participant's.
};

}  // namespace liggare::domain
