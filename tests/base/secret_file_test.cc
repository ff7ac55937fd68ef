#include "base/secret_file.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "tests/support/temporary_folder.h"

namespace liggare {
namespace {

class SecretFile : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(write_new_file(path_, "a key\n", Readers::owner)); }
  std::string code() const {
    const auto read = read_secret_file(path_);
    return read ? "read" : name_of(read.error().code);
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "key";
};

TEST_F(SecretFile, IsReadWithoutItsLineFeed) {
  const auto read = read_secret_file(path_);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->view(), "a key\n");
  EXPECT_EQ(read->line(), "a key");
}

TEST_F(SecretFile, IsTheOwnersAlone) {
  for (const unsigned mode : {0640U, 0604U, 0620U, 0602U}) {
    std::filesystem::permissions(path_, static_cast<std::filesystem::perms>(mode));
    EXPECT_EQ(code(), "io") << mode;
  }
  std::filesystem::permissions(path_, static_cast<std::filesystem::perms>(0400));
  EXPECT_EQ(code(), "read");
}

TEST_F(SecretFile, IsNoLinkAndNoFolder) {
  const auto apart = folder_.path() / "apart";
  std::filesystem::rename(path_, apart);
  EXPECT_EQ(code(), "not-found");
  std::filesystem::create_symlink(apart, path_);
  EXPECT_EQ(code(), "io");
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  EXPECT_EQ(code(), "io");
}

TEST(SecretText, LeavesNothingWhereItWasMovedFrom) {
  SecretText first("short");
  const SecretText second = std::move(first);
  EXPECT_EQ(second.view(), "short");
  EXPECT_EQ(first.view(), "");
}

}  // namespace
}  // namespace liggare
