#include "base/share_out.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

namespace liggare {
namespace {

class Shift {
 public:
  Shift(const WorkPlan& plan, const std::function<Result<void>(std::uint64_t)>& task)
      : plan_(plan), task_(task) {}

  void work() {
    for (auto next = next_++; next < plan_.tasks && !has_failed_; next = next_++) {
      const auto done = task_(next);
      if (done) continue;
      const std::lock_guard lock(mutex_);
      has_failed_ = true;
      if (!error_) error_ = done.error();
    }
  }

  Result<void> outcome() const {
    if (error_) return Unexpected{*error_};
    return {};
  }

 private:
  const WorkPlan plan_;
  const std::function<Result<void>(std::uint64_t)>& task_;
  std::atomic<std::uint64_t> next_{0};
  std::atomic<bool> has_failed_{false};
  std::mutex mutex_;
  std::optional<Error> error_;
};

}  // namespace

Result<void> share_out(const WorkPlan& plan,
                       const std::function<Result<void>(std::uint64_t)>& task) {
  const std::uint64_t wanted = plan.threads != 0 ? plan.threads : core_count();
  Shift shift(plan, task);
  {
    std::vector<std::jthread> others;
    for (std::uint64_t i = 1; i < std::min(wanted, plan.tasks); ++i) {
      others.emplace_back([&shift] { shift.work(); });
    }
    shift.work();
  }
  return shift.outcome();
}

}  // namespace liggare
