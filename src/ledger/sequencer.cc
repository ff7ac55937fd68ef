#include "ledger/sequencer.h"

#include "base/diagnostics.h"

namespace liggare::ledger {
namespace {

// A batch ends when it has this many events or bytes: large enough that the sync is a small part
// of its time, small enough that the first who waits does not wait long.
constexpr std::size_t batch_events_max = 2'048;
constexpr std::size_t batch_bytes_max = 4U << 20U;

// With fewer events waiting, one more sync costs more than judging them beside a write would save.
constexpr std::size_t much = 512;

}  // namespace

Sequencer::Sequencer(Options options)
    : options_(std::move(options)),
      streams_(options_.log),
      last_recorded_(options_.last_recorded),
      next_position_(options_.log.head().tree_size),
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
  auto answer = enqueue(std::move(candidates), atomicity);
  something_waits_.notify_one();
  return answer;
}

Sequencer::Answer Sequencer::append(std::vector<Candidate> candidates, Atomicity atomicity) {
  std::unique_lock turn(turn_, std::try_to_lock);
  if (!turn || !is_idle()) {
    if (turn) turn.unlock();
    return submit(std::move(candidates), atomicity).get();
  }
  // Nobody is woken for it: it is left to the thread only behind others, who have woken that.
  auto answer = enqueue(std::move(candidates), atomicity);
  write(judge_waiting(), Writing::here);
  turn.unlock();
  return answer.get();
}

// After a batch that answered several, more are about to ask: a batch of one would hold them up.
bool Sequencer::is_idle() {
  const std::scoped_lock lock(mutex_);
  return !writing_ && waiting_.empty() && last_requests_ <= 1;
}

std::future<Sequencer::Answer> Sequencer::enqueue(std::vector<Candidate> candidates,
                                                  Atomicity atomicity) {
  Request request{std::move(candidates), atomicity, {}};
  std::future<Answer> answer = request.answer.get_future();
  {
    const std::scoped_lock lock(mutex_);
    waiting_candidates_ += request.candidates.size();
    waiting_.push_back(std::move(request));
  }
  return answer;
}

void Sequencer::run() {
  while (true) {
    if (writing_ && !much_waits()) {
      const std::scoped_lock turn(turn_);
      finish_write();
    }
    {
      std::unique_lock lock(mutex_);
      something_waits_.wait(lock, [&] { return closing_ || writing_ || !waiting_.empty(); });
      if (waiting_.empty() && !writing_) return;
    }
    const std::scoped_lock turn(turn_);
    Batch batch = judge_waiting();
    if (writing_) finish_write();
    write(std::move(batch), Writing::also_beside);
  }
}

bool Sequencer::much_waits() {
  const std::scoped_lock lock(mutex_);
  return waiting_candidates_ >= much;
}

bool Sequencer::take_next(Request& request) {
  const std::scoped_lock lock(mutex_);
  if (waiting_.empty()) return false;
  request = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_candidates_ -= request.candidates.size();
  return true;
}

Sequencer::Batch Sequencer::judge_waiting() {
  Batch batch{std::make_unique<Draft>(Draft::Ground{
                  options_.log, streams_, options_.vault, options_.submitted_by, last_recorded_,
                  next_position_, writing_ ? writing_->draft.get() : nullptr}),
              {},
              {}};
  Draft& draft = *batch.draft;
  Request request;
  while (draft.size() < batch_events_max && draft.size_bytes() < batch_bytes_max &&
         take_next(request)) {
    if (stopped_by_) {
      request.answer.set_value(Unexpected{*stopped_by_});
      continue;
    }
    auto verdicts =
        draft.add(std::move(request.candidates), request.atomicity, options_.clock.now());
    if (verdicts) {
      batch.judged.push_back({std::move(request.answer), *std::move(verdicts)});
    } else {
      // The draft's streams may be half changed: nothing more is taken.
      stopped_by_ = verdicts.error();
      request.answer.set_value(Unexpected{verdicts.error()});
    }
  }
  last_recorded_ = draft.last_recorded();
  next_position_ = draft.end_position();
  return batch;
}

void Sequencer::write(Batch batch, Writing writing) {
  if (!batch.judged.empty()) last_requests_ = batch.judged.size();
  if (stopped_by_) return answer(batch, Unexpected{*stopped_by_});
  if (batch.draft->size() == 0) return answer(batch, options_.log.head());
  batch.draft->forget_written();
  const auto append = [&log = options_.log, draft = batch.draft.get()] {
    return log.append(draft->records());
  };
  // A large cache is emptied when nothing is on its way to the disk.
  if (writing == Writing::also_beside && much_waits() && !streams_.is_large()) {
    batch.written = writer_.give(append);
    writing_ = std::move(batch);
  } else {
    answer(batch, append());
    if (!stopped_by_) streams_.shrink();
  }
}

void Sequencer::finish_write() {
  answer(*writing_, writing_->written.get());
  writing_.reset();
}

void Sequencer::answer(Batch& batch, const Result<merkle::TreeHead>& written) {
  if (!written && !stopped_by_) {
    stopped_by_ = written.error();
    diagnostics::error("no more events are taken: " + written.error().message);
  }
  for (Judged& request : batch.judged) {
    if (written) {
      request.answer.set_value(std::move(request.verdicts));
    } else {
      request.answer.set_value(Unexpected{written.error()});
    }
  }
}

}  // namespace liggare::ledger
