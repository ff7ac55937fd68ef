// A ledger in memory: the events that domain::decide has taken, in position order and by stream.
#pragma once

#include <map>
#include <vector>

#include "domain/decide.h"

namespace liggare::test {

class MemoryLedger {
 public:
  // Asks the rules for the next position; what they accept is recorded. A correction carries the
  // data that it puts in its target's place; of another type than the target's, they are
  // invalid-field. Requires that time does not run backwards.
  Result<domain::RecordedEventPtr, domain::Rejection> propose(domain::Event event,
                                                              Instant recorded);

  const std::vector<domain::RecordedEventPtr>& events() const { return events_; }
  const std::map<domain::Subject, domain::Stream>& streams() const { return streams_; }
  // Empty for a stream that does not exist.
  const domain::Stream& stream(const domain::Subject& subject) const;

 private:
  std::vector<domain::RecordedEventPtr> events_;
  std::map<domain::Subject, domain::Stream> streams_;
  std::map<domain::Subject, domain::JudgedStream> judged_;
};

// What a ledger takes of `events` when they are sent again in this order.
MemoryLedger replayed(const std::vector<domain::RecordedEventPtr>& events);

}  // namespace liggare::test
