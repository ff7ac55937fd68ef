// A sequencer over RocksDB alone: one thread writes all that waits in one synced write, and every
// client waits for its own. It judges, hashes and encodes nothing.
#pragma once

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/bench/raw_store.h"

namespace liggare::bench {

class RawSequencer {
 public:
  // `store` must outlive it.
  explicit RawSequencer(RawStore& store);
  // Finishes what waits.
  ~RawSequencer();
  RawSequencer(const RawSequencer&) = delete;
  RawSequencer& operator=(const RawSequencer&) = delete;

  // Returns once the batch is durable. Thread-safe. `batch` is borrowed until then.
  void write(const Batch& batch);

 private:
  void run();

  struct Waiting {
    const Batch* batch;
    std::promise<void> done;
  };

  RawStore& store_;
  std::mutex mutex_;
  std::condition_variable something_waits_;
  std::vector<Waiting> waiting_;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace liggare::bench
