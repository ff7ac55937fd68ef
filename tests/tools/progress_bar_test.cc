#include "tools/progress_bar.h"

#include <gtest/gtest.h>

namespace liggare::tools {
namespace {

using std::chrono::seconds;

TEST(ProgressBar, ShowsTheShareAndTheTimeThatIsLeft) {
  EXPECT_EQ(progress_text(50, 100, seconds(75), "12 events"),
            "[###############---------------]  50 %, 1:15 left, 12 events");
}

TEST(ProgressBar, PromisesNoTimeBeforeItKnowsAny) {
  EXPECT_EQ(progress_text(0, 100, seconds(75), "0 events"),
            "[------------------------------]   0 %, 0 events");
}

TEST(ProgressBar, NeverExceedsTheWhole) {
  EXPECT_EQ(progress_text(300, 100, seconds(1), "all"),
            "[##############################] 100 %, 0:00 left, all");
}

TEST(ProgressBar, ShowsOnlyTheCountWhereTheTotalIsUnknown) {
  EXPECT_EQ(progress_text(300, std::nullopt, seconds(1), "7 events"), "7 events");
  EXPECT_EQ(progress_text(0, 0, seconds(1), "7 events"), "7 events");
}

}  // namespace
}  // namespace liggare::tools
