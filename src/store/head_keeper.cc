#include "store/head_keeper.h"

namespace liggare::store {
namespace {

// Half of what is promised, so that a write and its sync fit into the other half.
constexpr std::chrono::milliseconds pause{50};
constexpr std::chrono::milliseconds behind_max{100};

}  // namespace

HeadKeeper::HeadKeeper(HeadFile file, HeadMode mode, const merkle::TreeHead& written,
                       HeadPace* pace)
    : file_(std::move(file)),
      mode_(mode),
      pace_(pace),
      wanted_(written),
      written_size_(written.tree_size) {
  if (mode_ == HeadMode::floor && pace_ == nullptr) thread_ = std::thread([this] { run(); });
}

HeadKeeper::~HeadKeeper() {
  if (!thread_.joinable()) {
    std::unique_lock lock(mutex_);
    if (pace_ != nullptr && is_behind() && !failure_) write_newest(lock);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wanted_changed_.notify_one();
  thread_.join();
}

Result<void> HeadKeeper::follow(const merkle::TreeHead& head) {
  std::unique_lock lock(mutex_);
  if (failure_) return Unexpected{*failure_};
  const bool was_behind = is_behind();
  wanted_ = head;
  if (mode_ == HeadMode::strict || (pace_ != nullptr && pace_->is_due())) {
    write_newest(lock);
  } else if (pace_ == nullptr) {
    if (!was_behind) {
      behind_since_ = SteadyClock::now();
      wanted_changed_.notify_one();
    }
    written_changed_.wait(lock, [this] {
      return failure_ || !is_behind() || SteadyClock::now() - behind_since_ <= behind_max;
    });
  }
  if (failure_) return Unexpected{*failure_};
  return {};
}

Result<void> HeadKeeper::health() const {
  const std::lock_guard lock(mutex_);
  if (failure_) return Unexpected{*failure_};
  return {};
}

void HeadKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!failure_) {
    wanted_changed_.wait(lock, [this] { return closing_ || is_behind(); });
    if (!is_behind()) return;
    wanted_changed_.wait_for(lock, pause, [this] { return closing_; });
    write_newest(lock);
    written_changed_.notify_all();
  }
}

void HeadKeeper::write_newest(std::unique_lock<std::mutex>& lock) {
  const merkle::TreeHead head = wanted_;
  const auto taken_at = SteadyClock::now();
  lock.unlock();
  const auto written = file_.write(head);
  lock.lock();
  if (written) {
    written_size_ = head.tree_size;
    behind_since_ = taken_at;
  } else {
    failure_ = written.error();
  }
}

}  // namespace liggare::store
