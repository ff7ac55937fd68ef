// Keeps HEAD behind the log: at most 100 ms in floor mode, not at all in strict mode.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "store/head_file.h"
#include "store/ledger_identity.h"

namespace liggare::store {

// What an Env of tests may be too: it says when a floor HEAD is written, in place of a thread whose
// moments nothing can repeat.
class HeadPace {
 public:
  virtual ~HeadPace() = default;
  // Asked at each append, before it is acknowledged.
  virtual bool is_due() = 0;
};

class HeadKeeper {
 public:
  // `written` is the head that `file` holds. `pace` may be null.
  HeadKeeper(HeadFile file, HeadMode mode, const merkle::TreeHead& written,
             HeadPace* pace = nullptr);
  HeadKeeper(const HeadKeeper&) = delete;
  HeadKeeper& operator=(const HeadKeeper&) = delete;
  // Writes what is still to be written, unless an earlier writing failed.
  ~HeadKeeper();

  // To be called with each new head once its batch is durable, and before the append is
  // acknowledged. Strict: returns when HEAD is durable. Floor: returns at once, except where HEAD
  // would fall more than 100 ms behind. Fails for good after any failed writing.
  Result<void> follow(const merkle::TreeHead& head);

  // The failure that follow() would report, before anything more is written to the log.
  Result<void> health() const;

 private:
  using SteadyClock = std::chrono::steady_clock;

  void run();
  void write_newest(std::unique_lock<std::mutex>& lock);
  bool is_behind() const { return wanted_.tree_size != written_size_; }

  HeadFile file_;
  const HeadMode mode_;
  HeadPace* const pace_;
  mutable std::mutex mutex_;
  std::condition_variable wanted_changed_;
  std::condition_variable written_changed_;
  merkle::TreeHead wanted_;
  std::uint64_t written_size_;
  SteadyClock::time_point behind_since_;
  std::optional<Error> failure_;
  bool closing_ = false;
  std::thread thread_;  // Last: it uses all the others.
};

}  // namespace liggare::store
