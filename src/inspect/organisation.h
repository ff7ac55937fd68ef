// What was known of the town at any size: every stream but the participants', in memory.
//
// Internal to inspect. Thread-safe once it is read.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "domain/timeline.h"
#include "store/event_log.h"

namespace liggare::inspect {

bool is_participant(std::string_view subject);

class Organisation {
 public:
  // Fails as the log does.
  static Result<Organisation> read(const store::EventLog& log, std::uint64_t size);

  const std::map<domain::Subject, domain::Stream>& streams() const { return streams_; }

  // Whether the stream's first event stands before `position`.
  bool exists(const domain::Subject& subject, std::uint64_t position) const;
  // As it was known at `size`; remembered, since ladders are asked for again and again.
  domain::TimelinePtr timeline(const domain::Subject& subject, std::uint64_t size) const;

 private:
  // By subject and number of events.
  using Timelines = std::map<std::pair<domain::Subject, std::size_t>, domain::TimelinePtr>;
  struct Remembered {
    std::mutex mutex;
    Timelines timelines;
  };

  std::map<domain::Subject, domain::Stream> streams_;
  std::unique_ptr<Remembered> remembered_ = std::make_unique<Remembered>();
};

}  // namespace liggare::inspect
