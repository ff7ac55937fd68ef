// The streams that the sequencer decides on, as they stand with every event taken so far.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "domain/judged_stream.h"
#include "domain/other_streams.h"
#include "store/event_log.h"

namespace liggare::ledger {

// Not thread-safe: the sequencer's own. A stream is read from the log at its first use and kept
// up from then on, so that events waiting for their batch are seen too.
class StreamCache {
 public:
  struct Limits {
    // In the streams asked for since the cache was last large: some hundred bytes each.
    std::size_t recent_events = 100'000;
    // In each of two older generations, where stories are packed; the last shrink comes on top.
    std::size_t older_bytes = std::size_t{128} << 20U;
  };
  explicit StreamCache(const store::EventLog& log) : StreamCache(log, Limits()) {}
  StreamCache(const store::EventLog& log, const Limits& limits);

  // The event's stream, with what the event is judged on; empty where it does not exist. Good until
  // the next call of shrink(). Fails as the log does, and corrupt where stored events are gone.
  Result<const domain::JudgedStream*> stream_before(const domain::Event& event);
  Result<bool> exists(const domain::Subject& subject);
  // Of a stream that was asked for.
  void append(domain::Accepted accepted);
  // Takes back the newest event of the subject: its request was refused.
  void drop_last(const domain::Subject& subject);

  // Its timeline from events at positions < size. Ladders and agreements are asked for again and
  // again at the same size, so theirs are remembered.
  Result<domain::TimelinePtr> timeline(const domain::Subject& subject, std::uint64_t size);

  // Whether it holds more than it should for long.
  bool is_large() const;
  // When it has grown large, keeps what stories amount to alone, and forgets the streams that were
  // not asked for in a long time. Call when all is stored.
  void shrink();

 private:
  struct Cached {
    domain::JudgedStream stream;
    std::map<std::size_t, domain::TimelinePtr> timelines;  // By number of events.
  };
  struct SubjectHash {
    std::size_t operator()(const domain::Subject& subject) const;
  };
  struct Story {
    std::uint64_t version;
    std::string packed;
  };
  using Streams = std::unordered_map<domain::Subject, Cached, SubjectHash>;
  struct Generation {
    std::unordered_map<domain::Subject, Story, SubjectHash> stories;
    Streams others;  // With their events.
    std::size_t bytes = 0;
  };
  Result<Cached*> load(const domain::Subject& subject);
  // Null where no older generation has it.
  Cached* take_up(const domain::Subject& subject);
  Result<void> remember_events(const domain::Subject& subject, domain::JudgedStream& stream);

  const store::EventLog& log_;
  const Limits limits_;
  Streams recent_;  // Asked for since the cache was last large.
  Generation older_;
  Generation oldest_;
  std::size_t recent_events_ = 0;
};

}  // namespace liggare::ledger
