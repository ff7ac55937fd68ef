#include "ledger/sequencer.h"

namespace liggare::ledger {
namespace {

// A batch ends when it has this many events or bytes: large enough that the sync is a small part
// of its time, small enough that the first who waits does not wait long.
constexpr std::size_t batch_events_max = 4'096;
constexpr std::size_t batch_bytes_max = 4U << 20U;

}  // namespace

Sequencer::Sequencer(Options options)
    : options_(std::move(options)),
      streams_(options_.log),
      last_recorded_(options_.last_recorded),
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
  Request request{std::move(candidates), atomicity, {}};
  std::future<Answer> answer = request.answer.get_future();
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(request));
  }
  something_waits_.notify_one();
  return answer;
}

void Sequencer::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      something_waits_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
    }
    Draft draft(options_.log, streams_, options_.vault, options_.submitted_by, last_recorded_);
    std::vector<Judged> judged = judge_waiting(draft);
    write(draft, std::move(judged));
    if (!stopped_by_) streams_.shrink();
  }
}

bool Sequencer::take_next(Request& request) {
  const std::scoped_lock lock(mutex_);
  if (waiting_.empty()) return false;
  request = std::move(waiting_.front());
  waiting_.pop_front();
  return true;
}

std::vector<Sequencer::Judged> Sequencer::judge_waiting(Draft& draft) {
  std::vector<Judged> judged;
  Request request;
  while (draft.size() < batch_events_max && draft.size_bytes() < batch_bytes_max &&
         take_next(request)) {
    if (stopped_by_) {
      request.answer.set_value(Unexpected{*stopped_by_});
      continue;
    }
    auto verdicts = draft.add(request.candidates, request.atomicity, options_.clock.now());
    if (verdicts) {
      judged.push_back({std::move(request.answer), *std::move(verdicts)});
    } else {
      // The draft's streams may be half changed: nothing more is taken.
      stopped_by_ = verdicts.error();
      request.answer.set_value(Unexpected{verdicts.error()});
    }
  }
  return judged;
}

void Sequencer::write(Draft& draft, std::vector<Judged> judged) {
  if (!stopped_by_ && draft.size() > 0) {
    const auto written = options_.log.append(draft.records());
    if (written) {
      last_recorded_ = draft.last_recorded();
    } else {
      stopped_by_ = written.error();
    }
  }
  for (Judged& request : judged) {
    if (stopped_by_) {
      request.answer.set_value(Unexpected{*stopped_by_});
    } else {
      request.answer.set_value(std::move(request.verdicts));
    }
  }
}

}  // namespace liggare::ledger
