#include "base/scratch_file.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

namespace liggare {
namespace {

using ::testing::HasSubstr;

class ScratchFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = ScratchFile::open(folder_.path());
    ASSERT_TRUE(opened);
    file_ = *std::move(opened);
  }
  std::string put_and_read(std::string_view bytes) {
    const std::uint64_t offset = file_->append(bytes).value();
    return file_->read(offset, bytes.size()).value();
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<ScratchFile> file_;
};

TEST_F(ScratchFileTest, GivesBackWhatWasPutAside) {
  EXPECT_EQ(put_and_read("some"), "some");
  EXPECT_EQ(put_and_read(""), "");
  const std::string large(3 << 20U, 'x');
  EXPECT_EQ(put_and_read(large), large);
}

TEST_F(ScratchFileTest, HasNoName) {
  ASSERT_TRUE(file_->append("some"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(ScratchFileTest, TakesFromSeveralAtOnce) {
  constexpr int writers = 4;
  constexpr int pieces = 200;
  std::vector<std::jthread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([this, writer] {
      for (int i = 0; i < pieces; ++i) {
        const std::string piece = std::to_string(writer) + "/" + std::to_string(i);
        EXPECT_EQ(put_and_read(piece), piece);
      }
    });
  }
}

TEST_F(ScratchFileTest, SaysWhatIsMissing) {
  const std::uint64_t offset = file_->append("some").value();
  const auto beyond = file_->read(offset, 5);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().code, ErrorCode::io);
  EXPECT_THAT(beyond.error().message, HasSubstr("cut off"));
  EXPECT_FALSE(ScratchFile::open(folder_.path() / "nowhere"));
}

TEST_F(ScratchFileTest, SaysThatTheDiskIsFull) {
  const test::FullDisk full(1'000);
  const auto put = file_->append(std::string(2'000, 'x'));
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ErrorCode::io);
  EXPECT_THAT(put.error().message, HasSubstr(folder_.path().string()));
}

}  // namespace
}  // namespace liggare
