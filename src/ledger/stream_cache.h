// The streams that the sequencer decides on, as they stand with every event taken so far.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>

#include "domain/judged_stream.h"
#include "domain/other_streams.h"
#include "store/event_log.h"

namespace liggare::ledger {

// Not thread-safe: the sequencer's own. A stream is read from the log at its first use and kept
// up from then on, so that events waiting for their batch are seen too.
class StreamCache {
 public:
  explicit StreamCache(const store::EventLog& log) : log_(log) {}

  // The stream, which is empty where it does not exist. Good until the next call of shrink().
  Result<const domain::JudgedStream*> stream(const domain::Subject& subject);
  // Of a stream that was asked for.
  void append(domain::Accepted accepted);
  // Takes back the newest event of the subject: its request was refused.
  void drop_last(const domain::Subject& subject);

  // Its timeline from events at positions < size. Ladders and agreements are asked for again and
  // again at the same size, so theirs are remembered.
  Result<domain::TimelinePtr> timeline(const domain::Subject& subject, std::uint64_t size);

  // Whether it holds more than it should for long.
  bool is_large() const;
  // When it has grown large, forgets the streams that were not asked for since it last was. Call
  // when all is stored.
  void shrink();

 private:
  struct Cached {
    domain::JudgedStream stream;
    std::map<std::size_t, domain::TimelinePtr> timelines;  // By number of events.
  };
  struct SubjectHash {
    std::size_t operator()(const domain::Subject& subject) const;
  };
  using Streams = std::unordered_map<domain::Subject, Cached, SubjectHash>;
  Result<Cached*> load(const domain::Subject& subject);

  const store::EventLog& log_;
  Streams recent_;  // Asked for since the cache was last large.
  Streams older_;
  std::size_t recent_events_ = 0;
};

}  // namespace liggare::ledger
