#include "base/worker.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace liggare {
namespace {

TEST(Worker, DoesOneAfterTheOtherInOrder) {
  std::vector<int> done;
  {
    Worker worker;
    for (int i = 0; i < 100; ++i) static_cast<void>(worker.give([&done, i] { done.push_back(i); }));
  }
  ASSERT_EQ(done.size(), 100);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
}

TEST(Worker, AnswersWithWhatTheTaskGave) {
  Worker worker;
  auto number = worker.give([] { return 7; });
  auto moved = worker.give([text = std::make_unique<int>(8)]() mutable { return std::move(text); });
  EXPECT_EQ(number.get(), 7);
  EXPECT_EQ(*moved.get(), 8);
}

TEST(Worker, WorksBesideWhoeverGaveIt) {
  Worker worker;
  std::promise<void> asked;
  auto done = worker.give([&] { asked.get_future().wait(); });
  asked.set_value();
  done.get();
}

TEST(Worker, GoesOnAfterATaskThatThrew) {
  Worker worker;
  auto thrown = worker.give([]() -> int { throw std::runtime_error("no"); });
  EXPECT_THROW(thrown.get(), std::runtime_error);
  EXPECT_EQ(worker.give([] { return 1; }).get(), 1);
}

}  // namespace
}  // namespace liggare
