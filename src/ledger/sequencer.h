// The one place that hands out positions: it takes what waits, judges it in order, and writes it
// as one synced batch (architecture, idea 1).
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "ledger/draft.h"

namespace liggare::ledger {

class Sequencer {
 public:
  struct Options {
    store::EventLog& log;
    vault::Vault* vault;  // May be null.
    const Clock& clock;
    std::string submitted_by;
    Instant last_recorded;  // Of the newest stored event.
  };
  explicit Sequencer(Options options);
  // Finishes what waits.
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  using Answer = Result<std::vector<Verdict>>;
  // Thread-safe. The answer comes once everything that was accepted is durable. After a failed
  // write every answer is unknown_outcome: whether those events are stored is told by the next
  // process that opens the ledger.
  std::future<Answer> submit(std::vector<Candidate> candidates, Atomicity atomicity);

 private:
  struct Request {
    std::vector<Candidate> candidates;
    Atomicity atomicity;
    std::promise<Answer> answer;
  };
  struct Judged {
    std::promise<Answer> answer;
    std::vector<Verdict> verdicts;
  };

  void run();
  // Judges requests until the batch is full or none waits.
  std::vector<Judged> judge_waiting(Draft& draft);
  bool take_next(Request& request);
  void write(Draft& draft, std::vector<Judged> judged);

  const Options options_;
  StreamCache streams_;
  Instant last_recorded_;
  std::optional<Error> stopped_by_;  // The sequencer's thread only.

  std::mutex mutex_;
  std::condition_variable something_waits_;
  std::deque<Request> waiting_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace liggare::ledger
