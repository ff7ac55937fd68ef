// One thread that does what it is given, in order, beside whoever gives it.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace liggare {

// Cheaper than a thread for each task: memory that one task has freed serves the next.
class Worker {
 public:
  Worker() : thread_([this] { work(); }) {}
  // Does all that it was given first.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Thread-safe. An exception of the task comes out of the future.
  template <class Task>
  auto give(Task task) -> std::future<decltype(task())> {
    // std::function wants what can be copied.
    const auto packaged = std::make_shared<std::packaged_task<decltype(task())()>>(std::move(task));
    add([packaged] { (*packaged)(); });
    return packaged->get_future();
  }

 private:
  void add(std::function<void()> task);
  void work();

  std::mutex mutex_;
  std::condition_variable given_;
  std::deque<std::function<void()>> tasks_;
  bool closing_ = false;
  std::thread thread_;  // After all that it uses.
};

}  // namespace liggare
