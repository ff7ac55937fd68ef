#include "base/share_out.h"

#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <set>
#include <vector>

namespace liggare {
namespace {

using ::testing::SizeIs;

TEST(ShareOut, DoesEachTaskOnce) {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    std::vector<std::atomic<int>> done(100);
    ASSERT_TRUE(share_out({done.size(), threads}, [&](std::uint64_t task) {
      ++done[task];
      return Result<void>();
    }));
    for (const auto& times : done) EXPECT_EQ(times, 1) << threads;
  }
}

TEST(ShareOut, TakesNoMoreThreadsThanThereAreTasks) {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  const auto task = [&](std::uint64_t) {
    const std::lock_guard lock(mutex);
    threads.insert(std::this_thread::get_id());
    return Result<void>();
  };
  ASSERT_TRUE(share_out({0, 4}, task));
  EXPECT_THAT(threads, SizeIs(0));
  ASSERT_TRUE(share_out({1, 4}, task));
  EXPECT_TRUE(threads.contains(std::this_thread::get_id()));
  EXPECT_THAT(threads, SizeIs(1));
}

TEST(ShareOut, StopsAtTheFirstError) {
  for (const unsigned threads : {1U, 2U}) {
    std::atomic<int> done = 0;
    const auto outcome = share_out({1'000'000, threads}, [&](std::uint64_t task) -> Result<void> {
      ++done;
      if (task >= 10) return fail(ErrorCode::io, "the tenth");
      return {};
    });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().message, "the tenth");
    EXPECT_LE(done, 12) << threads;
  }
}

}  // namespace
}  // namespace liggare
