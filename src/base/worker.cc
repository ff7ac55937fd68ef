#include "base/worker.h"

namespace liggare {

Worker::~Worker() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  given_.notify_one();
  thread_.join();
}

void Worker::add(std::function<void()> task) {
  {
    const std::scoped_lock lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  given_.notify_one();
}

void Worker::work() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [&] { return closing_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task();
  }
}

}  // namespace liggare
