// Writes events that look as if the ledger had taken them, whether it would or not, with hashes
// that fit: what an insider can do who has the store and our code.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "codec/record.h"
#include "domain/timeline.h"
#include "merkle/checkpoint.h"
#include "store/event_log.h"

namespace liggare::inspect {

class Scribe {
 public:
  explicit Scribe(std::unique_ptr<store::EventLog> log) : log_(std::move(log)) {}

  // Each gives the event's position. Position, version and, where it is none, time are filled in.
  std::uint64_t add(const domain::Event& event, Instant recorded);
  std::uint64_t add(const domain::Event& event) { return add(event, last_recorded_); }
  // On ledger/main.
  std::uint64_t add_own(domain::Payload data);
  // One after the other, as they were recorded.
  void add_all(const std::vector<domain::RecordedEventPtr>& events);

  const store::EventLog& log() const { return *log_; }
  std::uint64_t size() const { return log_->head().tree_size; }
  Instant last_recorded() const { return last_recorded_; }

 private:
  std::unique_ptr<store::EventLog> log_;
  std::map<std::string, std::uint64_t> versions_;
  Instant last_recorded_{0};
};

// An event with what every event has.
domain::Event event_of(const std::string& id, const domain::Subject& subject, domain::Payload data);

// The key that the tests sign with, and another one.
merkle::SigningKey signing_key(const std::string& origin, char seed = 'k');
// A checkpoint of `head`, as a note.
std::string signed_head(const merkle::TreeHead& head, const std::string& origin,
                        const merkle::SigningKey& key);

}  // namespace liggare::inspect
