// The one place that hands out positions: it takes what waits, judges it in order, and writes it
// as one synced batch (architecture, idea 1).
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/worker.h"
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
  // A batch that is being written, or has just been judged.
  struct Batch {
    std::unique_ptr<Draft> draft;
    std::vector<Judged> judged;
    std::future<Result<merkle::TreeHead>> written;  // Valid while another thread writes it.
  };

  void run();
  // Whether so much waits that judging it is worth doing beside a write.
  bool much_waits();
  bool take_next(Request& request);
  // Judges requests until the batch is full or none waits.
  Batch judge_waiting();
  void write(Batch batch);
  // Waits for the batch that another thread writes.
  void finish_write();
  void answer(Batch& batch, const Result<merkle::TreeHead>& written);

  const Options options_;
  // The sequencer's thread only.
  StreamCache streams_;
  Instant last_recorded_;
  std::uint64_t next_position_;
  std::optional<Batch> writing_;
  std::optional<Error> stopped_by_;
  Worker writer_;  // Before what it writes goes.

  std::mutex mutex_;
  std::condition_variable something_waits_;
  std::deque<Request> waiting_;
  std::size_t waiting_candidates_ = 0;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace liggare::ledger
