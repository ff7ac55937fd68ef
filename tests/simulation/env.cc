#include "tests/simulation/env.h"

#include <fmt/format.h>

#include <atomic>
#include <cstring>

#include "tests/simulation/file_system.h"

namespace rocksdb {

// RocksDB names each opening of a database by chance, outside any Env, and puts the name into its
// tables. A program's own definition stands before the library's, so here the names count on.
class DBImpl {
 public:
  static std::string GenerateDbSessionId(Env*);
};

std::atomic<std::uint64_t> simulated_sessions = 0;

std::string DBImpl::GenerateDbSessionId(Env*) {
  return fmt::format("SIM{:0>17}", ++simulated_sessions);
}

}  // namespace rocksdb

namespace liggare::simulation {
namespace {

constexpr std::int64_t second_of_begin = 1'767'225'600;  // 2026-01-01

// Stands still but for what the program itself lets pass: nothing depends on the machine's speed.
class StandingClock final : public rocksdb::SystemClockWrapper {
 public:
  StandingClock() : SystemClockWrapper(rocksdb::SystemClock::Default()) {}
  const char* Name() const override { return "StandingClock"; }
  std::uint64_t NowMicros() override {
    return static_cast<std::uint64_t>(second_of_begin) * 1'000'000 + micros_++;
  }
  std::uint64_t NowNanos() override { return NowMicros() * 1'000; }
  void SleepForMicroseconds(int micros) override { micros_ += static_cast<std::uint64_t>(micros); }
  rocksdb::Status GetCurrentTime(std::int64_t* seconds) override {
    *seconds = second_of_begin;
    return rocksdb::Status::OK();
  }

 private:
  std::atomic<std::uint64_t> micros_ = 0;
};

}  // namespace

SimulatedEnv::SimulatedEnv(Disk& disk, std::function<bool()> is_head_due)
    : EnvWrapper(rocksdb::NewCompositeEnv(file_system_over(disk))),
      is_head_due_(std::move(is_head_due)) {
  file_system_ = target()->GetFileSystem();
  system_clock_ = std::make_shared<StandingClock>();
  rocksdb::simulated_sessions = 0;
}

SimulatedEnv::~SimulatedEnv() = default;

void SimulatedEnv::work() {
  for (;;) {
    Job job;
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.empty()) return;
      job = jobs_.front();
      jobs_.pop_front();
    }
    job.function(job.argument);
  }
}

void SimulatedEnv::Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                            void (*on_removal)(void*)) {
  const std::lock_guard lock(mutex_);
  jobs_.push_back({function, argument, priority, tag, on_removal});
}

int SimulatedEnv::UnSchedule(void* tag, Priority priority) {
  std::list<Job> removed;
  {
    const std::lock_guard lock(mutex_);
    for (auto job = jobs_.begin(); job != jobs_.end();) {
      const auto next = std::next(job);
      if (job->tag == tag && job->priority == priority) {
        removed.splice(removed.end(), jobs_, job);
      }
      job = next;
    }
  }
  for (const Job& job : removed) {
    if (job.on_removal != nullptr) job.on_removal(job.argument);
  }
  return static_cast<int>(removed.size());
}

unsigned int SimulatedEnv::GetThreadPoolQueueLen(Priority) const {
  const std::lock_guard lock(mutex_);
  return static_cast<unsigned int>(jobs_.size());
}

rocksdb::Status SimulatedEnv::GetHostName(char* name, std::uint64_t size) {
  std::strncpy(name, "simulated", size);
  return rocksdb::Status::OK();
}

std::string SimulatedEnv::GenerateUniqueId() {
  const std::lock_guard lock(mutex_);
  return fmt::format("00000000-0000-4000-8000-{:012}", ++ids_);
}

}  // namespace liggare::simulation
