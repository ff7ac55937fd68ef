#include "base/diagnostics.h"

#include <gtest/gtest.h>

namespace liggare::diagnostics {
namespace {

// The level is read once, when the first line is written; unset, warnings and errors are shown.
TEST(Diagnostics, GoToStandardErrorFromWarningsOn) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  debug("not shown");
  info("not shown either");
  warn("HEAD was torn {}");  // Braces are text, not a format.
  error("the disk is full");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "liggare: warning: HEAD was torn {}\nliggare: error: the disk is full\n");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace liggare::diagnostics
