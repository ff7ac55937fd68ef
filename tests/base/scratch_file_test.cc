#include "base/scratch_file.h"

#include <gmock/gmock.h>

#include <fstream>
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
    return file_->read(file_->append(bytes).value()).value();
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

// A process that was killed before it could take the name away.
TEST_F(ScratchFileTest, TakesAwayWhatAnotherLeft) {
  std::ofstream(folder_.path() / ".scratch") << "left";
  ASSERT_TRUE(ScratchFile::open(folder_.path()));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(ScratchFileTest, BelievesNothingThatCameBackChanged) {
  const ScratchFile::Piece put = file_->append("some").value();
  EXPECT_EQ(file_->read(put).value(), "some");
  ScratchFile::Piece other = put;
  ++other.crc32c;
  ScratchFile::Piece longer = put;
  ++longer.size;
  ASSERT_TRUE(file_->append("more"));
  ScratchFile::Piece elsewhere = put;
  ++elsewhere.offset;
  for (const auto& piece : {other, longer, elsewhere}) {
    const auto read = file_->read(piece);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::io);
    EXPECT_THAT(read.error().message, HasSubstr("came back changed"));
  }
}

TEST_F(ScratchFileTest, SaysWhereThereIsNoFolder) {
  const auto nowhere = ScratchFile::open(folder_.path() / "nowhere");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::not_found);
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
