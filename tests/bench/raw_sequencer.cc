#include "tests/bench/raw_sequencer.h"

#include <utility>

namespace liggare::bench {

RawSequencer::RawSequencer(RawStore& store) : store_(store), thread_([this] { run(); }) {}

RawSequencer::~RawSequencer() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  something_waits_.notify_one();
  thread_.join();
}

void RawSequencer::write(const Batch& batch) {
  Waiting waiting{&batch, {}};
  auto done = waiting.done.get_future();
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(waiting));
  }
  something_waits_.notify_one();
  done.wait();
}

void RawSequencer::run() {
  while (true) {
    std::vector<Waiting> taken;
    {
      std::unique_lock lock(mutex_);
      something_waits_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      taken = std::exchange(waiting_, {});
    }
    std::vector<const Batch*> batches;
    for (const Waiting& one : taken) batches.push_back(one.batch);
    store_.write_joined(batches);
    for (Waiting& one : taken) one.done.set_value();
  }
}

}  // namespace liggare::bench
