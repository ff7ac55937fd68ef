// The streams that the sequencer decides on, as they stand with every event taken so far.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "domain/other_streams.h"
#include "store/event_log.h"

namespace liggare::ledger {

// Not thread-safe: the sequencer's own. A stream is read from the log at its first use and kept
// up from then on, so that events waiting for their batch are seen too.
class StreamCache {
 public:
  explicit StreamCache(const store::EventLog& log) : log_(log) {}

  // The stream's events; empty for one that does not exist.
  Result<const domain::Stream*> stream(const domain::Subject& subject);
  void append(const domain::RecordedEventPtr& event);
  // Takes back the newest event of the subject: its request was refused.
  void drop_last(const domain::Subject& subject);

  // Its timeline from events at positions < size. Ladders and agreements are asked for again and
  // again at the same size, so theirs are remembered.
  Result<domain::Timeline> timeline(const domain::Subject& subject, std::uint64_t size);

  // Whether it holds more than it should for long.
  bool is_large() const;
  // Forgets everything when it has grown large. Call when all is stored.
  void shrink();

 private:
  struct Cached {
    domain::Stream events;
    std::map<std::size_t, domain::Timeline> timelines;  // By number of events.
  };
  Result<Cached*> load(const domain::Subject& subject);

  const store::EventLog& log_;
  std::unordered_map<std::string, Cached> streams_;
  std::size_t event_count_ = 0;
};

}  // namespace liggare::ledger
