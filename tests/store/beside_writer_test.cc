// Readers, and second writers, beside a writer in another process.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "store/head_file.h"
#include "store/writer_lock.h"
#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// The program store_writer, running.
class WriterProcess {
 public:
  WriterProcess(const fs::path& folder, int batches, int events, int bytes) {
    int in[2];
    int out[2];
    LIGGARE_ASSERT(::pipe2(in, O_CLOEXEC) == 0 && ::pipe2(out, O_CLOEXEC) == 0, "no pipe");
    const std::string numbers[] = {std::to_string(batches), std::to_string(events),
                                   std::to_string(bytes)};
    id_ = ::fork();
    if (id_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::execl(LIGGARE_STORE_WRITER, "store_writer", folder.c_str(), numbers[0].c_str(),
              numbers[1].c_str(), numbers[2].c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = ::fdopen(out[0], "r");
    std::setvbuf(output_, nullptr, _IONBF, 0);  // is_done() reads past it.
    LIGGARE_ASSERT(line() == "open\n", "the writer did not open its ledger");
  }
  ~WriterProcess() {
    if (id_ > 0) finish();
    std::fclose(output_);
  }

  pid_t id() const { return id_; }
  bool is_done() {
    if (!done_) {
      const int flags = ::fcntl(::fileno(output_), F_GETFL);
      ::fcntl(::fileno(output_), F_SETFL, flags | O_NONBLOCK);
      char byte = 0;
      done_ = ::read(::fileno(output_), &byte, 1) == 1;
    }
    return done_;
  }
  void wait_until_done() { LIGGARE_ASSERT(line() == "done\n", "the writer failed"); }
  int finish() {
    ::close(input_);
    return wait();
  }
  void kill() {
    ::kill(id_, SIGKILL);
    ::close(input_);
    wait();
  }

 private:
  std::string line() {
    char buffer[16];
    return std::fgets(buffer, sizeof buffer, output_) != nullptr ? buffer : "";
  }
  int wait() {
    int status = -1;
    ::waitpid(id_, &status, 0);
    id_ = 0;
    return status;
  }

  pid_t id_ = 0;
  int input_ = -1;
  std::FILE* output_ = nullptr;
  bool done_ = false;
};

class BesideWriter : public SampleLedger {
 protected:
  // Every file under the folder with its size and the time of its last change.
  std::map<std::string, std::pair<std::uint64_t, fs::file_time_type>> files() const {
    std::map<std::string, std::pair<std::uint64_t, fs::file_time_type>> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder())) {
      if (!entry.is_regular_file()) continue;
      found[entry.path()] = {entry.file_size(), entry.last_write_time()};
    }
    return found;
  }
};

TEST_F(BesideWriter, ASecondWriterIsRefusedWithTheHoldersProcessId) {
  create();
  WriterProcess writer(folder(), 1, 5, 0);
  const auto error = refusal(Access::write);
  EXPECT_EQ(error.code, ErrorCode::busy);
  EXPECT_THAT(error.message, HasSubstr(std::to_string(writer.id())));
  EXPECT_EQ(writer.finish(), 0);
  EXPECT_TRUE(holds_samples(*open(), 5));
}

TEST_F(BesideWriter, ASecondWriterInTheSameProcessIsRefusedToo) {
  create();
  const auto log = open();
  EXPECT_EQ(refusal(Access::write).code, ErrorCode::busy);
}

TEST_F(BesideWriter, ACrashedHolderDoesNotBlock) {
  create();
  WriterProcess writer(folder(), 3, 5, 0);
  writer.wait_until_done();
  EXPECT_TRUE(WriterLock::is_held(folder() / "lock"));
  writer.kill();
  EXPECT_FALSE(WriterLock::is_held(folder() / "lock"));
  EXPECT_TRUE(holds_samples(*open(), 15));
}

TEST_F(BesideWriter, AReaderChangesNothingInTheFolder) {
  create();
  WriterProcess writer(folder(), 3, 5, 0);
  writer.wait_until_done();
  writer.kill();
  const auto before = files();
  EXPECT_TRUE(holds_samples(*open(Access::read_only), 15));
  EXPECT_EQ(files(), before);
}

TEST_F(BesideWriter, AReaderSeesWhatTheWriterAcknowledgedBeforeItOpened) {
  create();
  WriterProcess writer(folder(), 3, 5, 0);
  writer.wait_until_done();
  EXPECT_TRUE(holds_samples(*open(Access::read_only), 15));
}

TEST_F(BesideWriter, ARefreshedReaderSeesWhatHasComeSince) {
  create();
  const auto writer = open();
  ASSERT_TRUE(append_samples(*writer, 5));
  const auto reader = open(Access::read_only);
  ASSERT_TRUE(append_samples(*writer, 7));
  EXPECT_EQ(reader->head(), sample_head(5));
  while (reader->refresh()->tree_size < 12) {
  }
  EXPECT_TRUE(holds_samples(*reader, 12));
}

TEST_F(BesideWriter, AReaderSeesOnlyWholePrefixesWhileTablesComeAndGo) {
  constexpr int event_bytes = 40'000;
  constexpr int batches = 700;
  constexpr int events = 6;
  create();
  WriterProcess writer(folder(), batches, events, event_bytes);
  merkle::Frontier expected;
  std::vector<merkle::Node> ignored;
  int readings = 0;
  for (bool last = false; !last; ++readings) {
    last = writer.is_done();
    const auto floor = HeadFile::read(head_file())->newest->head.tree_size;
    const auto reader = open(Access::read_only);
    const auto head = reader->head();
    EXPECT_GE(head.tree_size, floor);
    EXPECT_EQ(head.tree_size % events, 0U);
    const auto take = [&](std::uint64_t, std::string_view bytes) -> Result<void> {
      expected.append(merkle::leaf_hash(bytes), ignored);
      return {};
    };
    ASSERT_TRUE(reader->scan({expected.tree_size(), head.tree_size}, take));
    EXPECT_EQ(expected.head(), head);
  }
  EXPECT_EQ(expected.tree_size(), std::uint64_t{batches * events});
  EXPECT_EQ(expected.head(), sample_head(expected.tree_size(), event_bytes));
  EXPECT_GT(readings, 3);
  EXPECT_EQ(writer.finish(), 0);
}

}  // namespace
}  // namespace liggare::store
