// The one place that hands out positions: it takes what waits, judges it in order, and writes it
// as one synced batch (architecture, idea 1).
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
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
  // The same for a caller that waits for the answer, and who helps meanwhile: it judges what waits
  // while others' events are written. While callers come one at a time, each does all of the
  // sequencer's work itself, which saves waking one thread and then the other.
  Answer append(std::vector<Candidate> candidates, Atomicity atomicity);

 private:
  using Written = Result<merkle::TreeHead>;
  // A caller that waits.
  struct Caller {
    std::optional<Answer> answer;
    std::atomic<bool> is_answered = false;
  };
  using AnswerTo = std::variant<std::promise<Answer>, Caller*>;
  struct Request {
    std::vector<Candidate> candidates;
    Atomicity atomicity;
    AnswerTo to;
  };
  struct Judged {
    AnswerTo to;
    Answer verdicts;
  };
  struct Batch {
    std::unique_ptr<Draft> draft;
    std::vector<Judged> judged;
    std::promise<void> answered;  // Wakes its callers, all of them at once.
    std::future<Written> beside;  // Valid while another thread writes it.
  };

  // Gives what is ready once the answer may be there.
  std::shared_future<void> enqueue(Request request);
  void run();
  // Waits until there is something to write, and then a little for those who are about to ask:
  // `answered` were a moment ago. False when all is done and nothing more comes.
  bool wait_for_work(std::size_t answered);
  // Whether nobody would have to wait longer if the caller, who has the turn, did the work.
  bool is_idle();
  // Whether so much waits that judging it is worth doing beside a write.
  bool much_waits();
  // Wakes the sequencer's thread where what waits is worth it.
  void wake_if_enough();
  bool is_enough() const;  // Requires mutex_.
  std::optional<Request> take_next();

  // Judges what waits where nobody else does.
  void help_judging();
  // Judges requests until the batch is full or none waits, or `until` says so.
  template <class Until>
  void judge_waiting(const Until& until);
  Answer judge(std::vector<Candidate> candidates, Atomicity atomicity);
  // The batch in the making with all that waits, as far as it has room; another is begun.
  Batch take_batch();

  enum class Writing { here, also_beside };
  // Judges what waits and writes what is judged. Gives how many requests that answers.
  std::size_t write_next(Writing writing);
  // Waits for the batch that another thread writes.
  void finish_write();
  // To be called once the outcome of what was being written is known.
  void settle(const Written& written);
  static void answer(Batch& batch, const Written& written);

  const Options options_;
  std::mutex turn_;     // Whoever writes has it.
  std::mutex judging_;  // Whoever judges has it. It is taken after turn_ and before mutex_.

  // For whoever has the turn.
  std::size_t last_requests_ = 0;  // How many the last batch answered.
  std::optional<Batch> writing_;   // Set by the sequencer's own thread alone.
  Worker writer_;                  // Before what it writes goes.

  // For whoever judges.
  StreamCache streams_;
  Batch forming_;
  std::optional<Error> stopped_by_;
  std::atomic<bool> batch_is_wanted_ = false;  // By whoever has the turn, now.

  std::mutex mutex_;
  std::condition_variable something_waits_;
  std::deque<Request> waiting_;
  std::promise<void> answered_;  // When the last of those who came is.
  std::shared_future<void> is_answered_ = answered_.get_future();
  std::size_t waiting_candidates_ = 0;
  std::size_t pending_ = 0;  // Requests that wait or are in forming_.
  std::size_t wanted_ = 1;   // So many of them are enough to begin with.
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace liggare::ledger
