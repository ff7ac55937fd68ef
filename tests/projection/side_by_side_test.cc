#include "projection/side_by_side.h"

#include <gtest/gtest.h>

#include <latch>
#include <string>

namespace liggare::projection {
namespace {

class Source final : public RowSource {
 public:
  explicit Source(unsigned threads) : threads_(threads) {}
  unsigned threads() const override { return threads_; }
  Result<void> scan(std::string_view, const Visit&) const override { return {}; }

 private:
  unsigned threads_;
};

Result<void> failing(const std::string& message) { return fail(ErrorCode::corrupt, message); }
Result<void> passing() { return {}; }

// Each waits for the other: one after the other they would wait for ever.
TEST(SideBySide, DoesBothAtOnce) {
  std::latch both(2);
  const auto meet = [&]() -> Result<void> {
    both.arrive_and_wait();
    return {};
  };
  EXPECT_TRUE(side_by_side(Source(2), meet, meet));
}

TEST(SideBySide, DoesOneAfterTheOtherWhereOneMayRead) {
  std::string done;
  const auto first = [&]() -> Result<void> {
    done += "first ";
    return {};
  };
  const auto second = [&]() -> Result<void> {
    done += "second";
    return {};
  };
  EXPECT_TRUE(side_by_side(Source(1), first, second));
  EXPECT_EQ(done, "first second");
}

TEST(SideBySide, FailsWhereOneFails) {
  for (const unsigned threads : {1U, 2U}) {
    const Source rows(threads);
    EXPECT_EQ(side_by_side(
                  rows, [] { return failing("a"); }, passing)
                  .error()
                  .message,
              "a");
    EXPECT_EQ(side_by_side(rows, passing, [] { return failing("b"); }).error().message, "b");
    const auto both = side_by_side(
        rows, [] { return failing("a"); }, [] { return failing("b"); });
    EXPECT_EQ(both.error().message, "a");
  }
}

}  // namespace
}  // namespace liggare::projection
