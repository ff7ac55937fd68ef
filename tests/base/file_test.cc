#include "base/file.h"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/support/temporary_folder.h"

namespace liggare {
namespace {

class File : public testing::Test {
 protected:
  unsigned mode() const {
    return static_cast<unsigned>(std::filesystem::status(path_).permissions());
  }
  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "file";
};

TEST_F(File, IsReadAsItWasWritten) {
  const std::string bytes = std::string(200'000, 'x') + '\0' + "end";
  ASSERT_TRUE(write_new_file(path_, bytes, Readers::everyone));
  EXPECT_EQ(*read_file(path_), bytes);
  EXPECT_EQ(mode(), 0644U);
  EXPECT_EQ(read_file(folder_.path() / "other").error().code, ErrorCode::not_found);
}

TEST_F(File, AndNoPipeInItsPlaceIsWaitedFor) {
  const std::filesystem::path pipe = folder_.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(read_file(pipe).error().code, ErrorCode::io);
  EXPECT_EQ(read_file("/dev/null").error().code, ErrorCode::io);
  EXPECT_EQ(read_file(folder_.path()).error().code, ErrorCode::io);
}

TEST_F(File, MayBeAPipeWhereOneIsAskedFor) {
  ASSERT_TRUE(write_new_file(path_, "bytes", Readers::owner));
  EXPECT_EQ(*read_file_or_pipe(path_), "bytes");
  EXPECT_EQ(*read_file_or_pipe("/dev/null"), "");
}

TEST_F(File, IsNotWrittenOverAsNew) {
  ASSERT_TRUE(write_new_file(path_, "first", Readers::owner));
  EXPECT_EQ(write_new_file(path_, "second", Readers::owner).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(*read_file(path_), "first");
}

TEST_F(File, IsReplacedWithItsReaders) {
  ASSERT_TRUE(replace_file(path_, "first", Readers::everyone));
  ASSERT_TRUE(replace_file(path_, "second", Readers::owner));
  EXPECT_EQ(*read_file(path_), "second");
  EXPECT_EQ(mode(), 0600U);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "file.new"));
}

TEST_F(File, StaysAsItWasWhereItCanNotBeReplaced) {
  ASSERT_TRUE(replace_file(path_, "first", Readers::everyone));
  std::filesystem::create_directory(folder_.path() / "file.new");
  EXPECT_EQ(replace_file(path_, "second", Readers::everyone).error().code, ErrorCode::io);
  EXPECT_EQ(*read_file(path_), "first");
}

TEST_F(File, FolderIsHeldByOneAtATime) {
  std::atomic<int> holders = 0;
  std::atomic<int> holders_max = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const auto lock = lock_folder(folder_.path());
        ASSERT_TRUE(lock);
        holders_max = std::max(holders_max.load(), ++holders);
        std::this_thread::yield();
        --holders;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(holders_max, 1);
}

}  // namespace
}  // namespace liggare
