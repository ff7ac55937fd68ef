// The replay that is measured: of folds that need no event's data, such as counts by type and day.
// No event is made, and the log is read in parts, on all cores. No report is made this way: they
// count rows.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <thread>
#include <vector>

#include "codec/record.h"
#include "store/event_log.h"

namespace liggare::bench {

using OutlineReader =
    std::function<void(std::uint64_t position, const codec::RecordOutline& outline)>;

// Reads the events at positions < size in as many parts of equal length as there are readers: each
// on a thread of its own, in the order of the positions. The first part's error where several
// fail: corrupt, unsupported or io.
Result<void> read_outlines(const store::EventLog& log, std::uint64_t size,
                           std::span<const OutlineReader> readers);

// Every part begins with State{}; take(state, position, outline) gets each event as it was sent,
// corrections and voids too; join(state, later) puts the parts together, in their order.
template <class State, class Take, class Join>
Result<State> replay(const store::EventLog& log, std::uint64_t size, const Take& take,
                     const Join& join) {
  std::vector<State> states(std::max(1U, std::thread::hardware_concurrency()));
  std::vector<OutlineReader> readers;
  for (State& state : states) {
    readers.push_back([&state, &take](std::uint64_t position, const codec::RecordOutline& outline) {
      take(state, position, outline);
    });
  }
  LIGGARE_CHECK(read_outlines(log, size, readers));
  State whole = std::move(states.front());
  for (std::size_t i = 1; i < states.size(); ++i) join(whole, std::move(states[i]));
  return whole;
}

}  // namespace liggare::bench
