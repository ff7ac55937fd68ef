#include "audit/whole_file.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace liggare::audit {
namespace {

TEST(WholeFile, IsReadUpToItsLimit) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "file";
  test::write_bytes(file, std::string(100'000, 'x'));
  EXPECT_EQ(read_whole(file, 100'000, Links::refused, "file").value().size(), 100'000U);
  const auto longer = read_whole(file, 99'999, Links::refused, "file");
  EXPECT_EQ(longer.error().reason, Reason::malformed);
  EXPECT_EQ(longer.error().place, "file");
  EXPECT_EQ(read_named(file, 99'999).error().reason, Reason::malformed);
}

TEST(WholeFile, IsAPlainFile) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(read_whole("/dev/null", 1, Links::followed, "null").error().reason, Reason::unreadable);
  EXPECT_EQ(read_named("/dev/null", 1).value(), "");
  EXPECT_EQ(read_named(folder.path(), 1).error().reason, Reason::unreadable);
}

}  // namespace
}  // namespace liggare::audit
