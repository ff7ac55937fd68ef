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
  // The same for a caller that waits for the answer: while callers come one at a time, each does
  // the sequencer's work itself, which saves waking one thread and then the other.
  Answer append(std::vector<Candidate> candidates, Atomicity atomicity);

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

  std::future<Answer> enqueue(std::vector<Candidate> candidates, Atomicity atomicity);
  void run();
  // Whether nobody would have to wait longer if the caller, who has the turn, did the work.
  bool is_idle();
  // Whether so much waits that judging it is worth doing beside a write.
  bool much_waits();
  bool take_next(Request& request);
  // Judges requests until the batch is full or none waits.
  Batch judge_waiting();
  enum class Writing { here, also_beside };
  void write(Batch batch, Writing writing);
  // Waits for the batch that another thread writes.
  void finish_write();
  void answer(Batch& batch, const Result<merkle::TreeHead>& written);

  const Options options_;
  std::mutex turn_;  // Whoever judges and writes has it. It is taken before mutex_.
  // For whoever has the turn.
  StreamCache streams_;
  Instant last_recorded_;
  std::uint64_t next_position_;
  std::size_t last_requests_ = 0;  // How many the last batch answered.
  std::optional<Batch> writing_;   // Set by the sequencer's own thread alone.
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
