#include "ledger/sequencer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/assertion.h"
#include "base/diagnostics.h"

namespace liggare::ledger {
namespace {

// A batch ends when it has this many events or bytes: large enough that the sync is a small part
// of its time, small enough that the first who waits does not wait long.
constexpr std::size_t batch_events_max = 2'048;
constexpr std::size_t batch_bytes_max = 4U << 20U;

// With fewer events waiting, one more sync costs more than judging them beside a write would save.
constexpr std::size_t much = 512;

// Of those who keep asking, so many are waited for before a batch is written, and no longer than a
// good disk takes for a sync: while the batch is written, the others come back.
constexpr std::size_t share_waited_for_in_8 = 5;
constexpr std::chrono::microseconds patience{150};

bool is_full(const Draft& draft) {
  return draft.size() >= batch_events_max || draft.size_bytes() >= batch_bytes_max;
}

}  // namespace

Sequencer::Sequencer(Options options)
    : options_(std::move(options)),
      streams_(options_.log),
      forming_{std::make_unique<Draft>(Draft::Ground{options_.log, streams_, options_.vault,
                                                     options_.submitted_by, options_.last_recorded,
                                                     options_.log.head().tree_size}),
               {},
               {},
               {}},
      thread_([this] { run(); }) {}

Sequencer::~Sequencer() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  something_waits_.notify_one();
  thread_.join();
}

std::future<Sequencer::Answer> Sequencer::submit(std::vector<Candidate> candidates,
                                                 Atomicity atomicity) {
  std::promise<Answer> promise;
  std::future<Answer> answer = promise.get_future();
  enqueue({std::move(candidates), atomicity, std::move(promise)});
  wake_if_enough();
  return answer;
}

Sequencer::Answer Sequencer::append(std::vector<Candidate> candidates, Atomicity atomicity) {
  Caller caller;
  std::shared_future<void> may_be_answered;
  std::unique_lock turn(turn_, std::try_to_lock);
  if (turn && is_idle()) {
    may_be_answered = enqueue({std::move(candidates), atomicity, &caller});
    write_next(Writing::here);
    turn.unlock();
  } else {
    if (turn) turn.unlock();
    may_be_answered = enqueue({std::move(candidates), atomicity, &caller});
    wake_if_enough();
    help_judging();
  }
  if (!caller.is_answered) may_be_answered.wait();
  LIGGARE_ASSERT(caller.is_answered, "a caller is answered before it is woken");
  return *std::move(caller.answer);
}

// After a batch that answered several, more are about to ask: a batch of one would hold them up.
bool Sequencer::is_idle() {
  const std::scoped_lock lock(mutex_);
  return !writing_ && pending_ == 0 && last_requests_ <= 1;
}

std::shared_future<void> Sequencer::enqueue(Request request) {
  const std::scoped_lock lock(mutex_);
  waiting_candidates_ += request.candidates.size();
  ++pending_;
  waiting_.push_back(std::move(request));
  return is_answered_;
}

void Sequencer::wake_if_enough() {
  {
    const std::scoped_lock lock(mutex_);
    if (!is_enough()) return;
  }
  something_waits_.notify_one();
}

void Sequencer::help_judging() {
  const std::unique_lock judging(judging_, std::try_to_lock);
  if (judging) judge_waiting([this] { return batch_is_wanted_.load(); });
}

template <class Until>
void Sequencer::judge_waiting(const Until& until) {
  while (!until() && !is_full(*forming_.draft)) {
    auto request = take_next();
    if (!request) return;
    forming_.judged.push_back(
        {std::move(request->to), judge(std::move(request->candidates), request->atomicity)});
  }
}

Sequencer::Answer Sequencer::judge(std::vector<Candidate> candidates, Atomicity atomicity) {
  if (stopped_by_) return Unexpected{*stopped_by_};
  auto verdicts = forming_.draft->add(std::move(candidates), atomicity, options_.clock.now());
  // The draft's streams may be half changed: nothing more is taken.
  if (!verdicts) stopped_by_ = verdicts.error();
  return verdicts;
}

Sequencer::Batch Sequencer::take_batch() {
  std::unique_lock lock(mutex_, std::defer_lock);
  do {
    if (lock) lock.unlock();
    judge_waiting([] { return false; });
    lock.lock();
  } while (!waiting_.empty() && !is_full(*forming_.draft));
  Batch taken = std::exchange(forming_, {});
  const Draft& before = *taken.draft;
  forming_.draft = std::make_unique<Draft>(Draft::Ground{
      options_.log, streams_, options_.vault, options_.submitted_by, before.last_recorded(),
      before.end_position(), before.size() == 0 ? nullptr : &before});
  pending_ -= taken.judged.size();
  // Of a full batch the callers wait for those who came too late for it: few batches are full.
  if (waiting_.empty()) {
    taken.answered = std::exchange(answered_, {});
    is_answered_ = answered_.get_future();
  }
  return taken;
}

void Sequencer::run() {
  std::size_t answered = 0;
  while (wait_for_work(answered)) {
    const std::scoped_lock turn(turn_);
    if (writing_) {
      {
        const std::scoped_lock judging(judging_);
        judge_waiting([] { return false; });
      }
      finish_write();
    }
    answered = write_next(Writing::also_beside);
  }
}

bool Sequencer::wait_for_work(std::size_t answered) {
  if (writing_ && !much_waits()) {
    const std::scoped_lock turn(turn_);
    finish_write();
  }
  std::unique_lock lock(mutex_);
  something_waits_.wait(lock, [this] { return closing_ || writing_ || pending_ > 0; });
  if (answered > 1 && !writing_) {
    wanted_ = std::max<std::size_t>(1, (answered + pending_) * share_waited_for_in_8 / 8);
    something_waits_.wait_for(lock, patience, [this] { return closing_ || is_enough(); });
    wanted_ = 1;
  }
  return writing_ || pending_ > 0;
}

bool Sequencer::is_enough() const { return pending_ >= wanted_ || waiting_candidates_ >= much; }

bool Sequencer::much_waits() {
  const std::scoped_lock lock(mutex_);
  return waiting_candidates_ >= much;
}

std::optional<Sequencer::Request> Sequencer::take_next() {
  const std::scoped_lock lock(mutex_);
  if (waiting_.empty()) return std::nullopt;
  std::optional<Request> request(std::move(waiting_.front()));
  waiting_.pop_front();
  waiting_candidates_ -= request->candidates.size();
  return request;
}

std::size_t Sequencer::write_next(Writing writing) {
  batch_is_wanted_ = true;
  std::unique_lock judging(judging_);
  batch_is_wanted_ = false;
  Batch batch = take_batch();
  const std::size_t requests = batch.judged.size();
  if (requests == 0) return 0;
  last_requests_ = requests;
  // A large cache is emptied when nothing is on its way to the disk, nor judged meanwhile.
  const bool shrinks = streams_.is_large();
  Written written = options_.log.head();
  if (stopped_by_) {
    written = Unexpected{*stopped_by_};
  } else if (batch.draft->size() > 0) {
    const auto append = [&log = options_.log, draft = batch.draft.get()] {
      return log.append(draft->records());
    };
    if (!shrinks) judging.unlock();
    if (writing == Writing::also_beside && !shrinks && much_waits()) {
      batch.beside = writer_.give(append);
      writing_ = std::move(batch);
      return requests;
    }
    written = append();
    if (!judging) judging.lock();
  }
  settle(written);
  if (shrinks && written) streams_.shrink();
  judging.unlock();
  answer(batch, written);
  return requests;
}

void Sequencer::finish_write() {
  const Written written = writing_->beside.get();
  {
    const std::scoped_lock judging(judging_);
    settle(written);
  }
  answer(*writing_, written);
  writing_.reset();
}

void Sequencer::settle(const Written& written) {
  forming_.draft->forget_written();
  if (written || stopped_by_) return;
  stopped_by_ = written.error();
  diagnostics::error("no more events are taken: " + written.error().message);
}

void Sequencer::answer(Batch& batch, const Written& written) {
  for (Judged& request : batch.judged) {
    if (!written && request.verdicts) request.verdicts = Unexpected{written.error()};
    if (auto* const promise = std::get_if<std::promise<Answer>>(&request.to)) {
      promise->set_value(std::move(request.verdicts));
      continue;
    }
    Caller& caller = *std::get<Caller*>(request.to);
    caller.answer = std::move(request.verdicts);
    caller.is_answered = true;
  }
  batch.answered.set_value();
}

}  // namespace liggare::ledger
