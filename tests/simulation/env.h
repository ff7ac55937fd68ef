// RocksDB's surroundings in a simulation: the simulated disk, a clock that is told the time, names
// that repeat, and background work that waits until it is asked for.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/system_clock.h>

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>

#include "store/head_keeper.h"
#include "tests/simulation/disk.h"

namespace liggare::simulation {

class SimulatedEnv final : public rocksdb::EnvWrapper, public store::HeadPace {
 public:
  // `disk` must outlive it. `is_head_due` says at each append whether a floor HEAD is written now.
  SimulatedEnv(Disk& disk, std::function<bool()> is_head_due);
  ~SimulatedEnv() override;
  const char* Name() const override { return "SimulatedEnv"; }

  // Does the background work that waits, and what that leads to, here and now. Requires that no
  // call of RocksDB is under way.
  void work();

  bool is_due() override { return is_head_due_(); }

  void Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                void (*on_removal)(void*)) override;
  int UnSchedule(void* tag, Priority priority) override;
  unsigned int GetThreadPoolQueueLen(Priority priority) const override;
  void SetBackgroundThreads(int, Priority) override {}
  void IncBackgroundThreadsIfNeeded(int, Priority) override {}
  rocksdb::Status GetHostName(char* name, std::uint64_t size) override;
  std::string GenerateUniqueId() override;
  std::uint64_t NowMicros() override { return system_clock_->NowMicros(); }
  std::uint64_t NowNanos() override { return system_clock_->NowNanos(); }
  void SleepForMicroseconds(int micros) override { system_clock_->SleepForMicroseconds(micros); }
  rocksdb::Status GetCurrentTime(std::int64_t* seconds) override {
    return system_clock_->GetCurrentTime(seconds);
  }

 private:
  struct Job {
    void (*function)(void*);
    void* argument;
    Priority priority;
    void* tag;
    void (*on_removal)(void*);
  };

  const std::function<bool()> is_head_due_;
  mutable std::mutex mutex_;
  std::list<Job> jobs_;
  std::uint64_t ids_ = 0;
};

}  // namespace liggare::simulation
