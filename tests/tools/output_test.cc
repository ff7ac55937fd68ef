#include "tools/output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace liggare::tools {
namespace {

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_.data()), 0); }
  ~Pipe() {
    ::close(ends_[1]);
    stop_reading();
  }
  int to_write() const { return ends_[1]; }
  std::string read() const {
    std::array<char, 64> text;
    const ssize_t size = ::read(ends_[0], text.data(), text.size());
    return {text.data(), static_cast<std::size_t>(size)};
  }
  void stop_reading() {
    if (ends_[0] >= 0) ::close(ends_[0]);
    ends_[0] = -1;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST(Output, ArrivesWhenItIsFlushed) {
  Pipe pipe;
  Output out(pipe.to_write());
  ASSERT_TRUE(out.write("one "));
  ASSERT_TRUE(out.write("two"));
  ASSERT_TRUE(out.flush());
  EXPECT_EQ(pipe.read(), "one two");
  EXPECT_TRUE(out.reader_stays(0));
}

TEST(Output, TellsAFullDiskFromAReaderWhoLeft) {
  const int full = ::open("/dev/full", O_WRONLY);
  Output out(full);
  ASSERT_TRUE(out.write("text"));
  const Result<void> flushed = out.flush();
  ASSERT_FALSE(flushed);
  EXPECT_EQ(flushed.error().code, ErrorCode::io);
  EXPECT_FALSE(out.reader_left());
  ::close(full);
}

TEST(Output, KnowsWhenItsReaderHasLeft) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  Output out(pipe.to_write());
  pipe.stop_reading();
  EXPECT_FALSE(out.reader_stays(0));
  ASSERT_TRUE(out.write("text"));
  EXPECT_FALSE(out.flush());
  EXPECT_TRUE(out.reader_left());
}

}  // namespace
}  // namespace liggare::tools
