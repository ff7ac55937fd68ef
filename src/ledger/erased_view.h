// What everyone may see of an event: personal data sealed, or erased and since when.
//
// An erasure is judged by what the ledger knows now, also where an answer is about the past: what
// is gone was never there again to be shown (contract, section 1).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "codec/event_json.h"
#include "domain/timeline.h"

namespace liggare::store {
class EventLog;
}

namespace liggare::ledger {

// The erasures that were executed on one stream.
class Erasures {
 public:
  Erasures() = default;
  // Of all its events so far.
  explicit Erasures(std::span<const domain::RecordedEventPtr> stream);

  // The day from which the event's class is erased. A class goes with all its events before the
  // erasure was recorded, a single event with all its classes.
  std::optional<Day> erased_on(const domain::RecordedEvent& event,
                               PersonalClass personal_class) const;

 private:
  struct Executed {
    std::uint64_t position;
    Day day;
    std::set<PersonalClass> classes;
    std::set<std::string, std::less<>> targets;
  };
  std::vector<Executed> executed_;  // In position order.
};

// Not thread-safe. What comes after it was made is not seen: make a new one after a refresh.
class ErasedView {
 public:
  // `log` must outlive it.
  explicit ErasedView(const store::EventLog& log);

  // What stands in place of each class of the event: {"erased": DAY} or {"sealed": true}. Sealed
  // where the stream can't be read: that shows no more.
  codec::PersonalView operator()(const domain::RecordedEvent& event);
  Json event_json(const domain::RecordedEvent& event);

 private:
  const Erasures& erasures_of(const domain::Subject& subject);

  const store::EventLog& log_;
  const std::uint64_t size_;
  std::map<std::string, Erasures> known_;  // By subject.
};

// ErasedView::event_json as a function of its own.
std::function<Json(const domain::RecordedEvent&)> erased_event_json(const store::EventLog& log);
// ErasedView likewise: what stands where a reader opens nothing.
std::function<codec::PersonalView(const domain::RecordedEvent&)> closed_view(
    const store::EventLog& log);

}  // namespace liggare::ledger
