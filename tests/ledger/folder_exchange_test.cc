// Folders that change places, also where the file system can't do it in one step.
#include "ledger/folder_exchange.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "tests/support/temporary_folder.h"

namespace liggare::ledger {
namespace {

namespace fs = std::filesystem;

class FolderExchange : public testing::Test {
 protected:
  FolderExchange() {
    fs::create_directory(place_);
    fs::create_directory(other_);
    test::write_bytes(place_ / "old", "");
    test::write_bytes(other_ / "new", "");
  }
  static ExchangeCall answers(int number) {
    return [number](const fs::path&, const fs::path&) { return number; };
  }
  std::string exchange(const ExchangeCall& call) {
    const auto done = exchange_folders(place_, other_, call, [] {});
    return done ? "done" : std::string(name_of(done.error().code)) + ": " + done.error().message;
  }
  bool is_exchanged() const {
    return fs::exists(place_ / "new") && fs::exists(other_ / "old") && !is_exchange_open(place_);
  }
  bool is_as_it_was() const {
    return fs::exists(place_ / "old") && fs::exists(other_ / "new") && !is_exchange_open(place_);
  }

  test::TemporaryFolder folder_;
  const fs::path place_ = folder_.path() / "town";
  const fs::path other_ = folder_.path() / "town.restoring";
};

TEST_F(FolderExchange, IsDoneInOneStepOrInThree) {
  EXPECT_EQ(exchange({}), "done");
  EXPECT_TRUE(is_exchanged());
  fs::rename(place_ / "new", place_ / "old");
  fs::rename(other_ / "old", other_ / "new");
  for (const int missing : {EINVAL, ENOSYS, EOPNOTSUPP}) {
    EXPECT_EQ(exchange(answers(missing)), "done");
    EXPECT_TRUE(is_exchanged());
    EXPECT_EQ(exchange({}), "done");
    ASSERT_TRUE(is_as_it_was());
  }
}

TEST_F(FolderExchange, ChangesNothingWhereItFails) {
  const std::string refused = exchange(answers(EACCES));
  EXPECT_NE(refused.find("io: cannot put"), std::string::npos) << refused;
  EXPECT_NE(refused.find("Permission denied"), std::string::npos) << refused;
  EXPECT_TRUE(is_as_it_was());
  // The second of the three fails: the first is taken back.
  fs::remove_all(other_);
  EXPECT_NE(exchange(answers(ENOSYS)), "done");
  EXPECT_TRUE(fs::exists(place_ / "old"));
  EXPECT_FALSE(is_exchange_open(place_));
}

TEST_F(FolderExchange, IsEndedWhereItWasStopped) {
  for (int stop = 0; stop < 2; ++stop) {
    const pid_t child = ::fork();
    if (child == 0) {
      int left = stop;
      exchange_folders(place_, other_, answers(ENOSYS), [&left] {
        if (left-- == 0) ::_exit(9);
      }).has_value();
      ::_exit(0);
    }
    int ended = 0;
    ::waitpid(child, &ended, 0);
    ASSERT_EQ(WEXITSTATUS(ended), 9);
    EXPECT_TRUE(is_exchange_open(place_));
    const auto went_back = end_exchange(place_, other_);
    ASSERT_TRUE(went_back) << went_back.error().message;
    EXPECT_EQ(*went_back, stop == 0);
    EXPECT_TRUE(stop == 0 ? is_as_it_was() : is_exchanged());
  }
  EXPECT_FALSE(*end_exchange(place_, other_));
  EXPECT_TRUE(is_exchanged());
}

TEST_F(FolderExchange, IsNotGuessedAt) {
  fs::create_directory(folder_.path() / "town.replaced");
  const auto ended = end_exchange(place_, other_);
  EXPECT_EQ(ended.error().code, ErrorCode::io);
  EXPECT_NE(ended.error().message.find("look at them"), std::string::npos);
  EXPECT_TRUE(fs::exists(place_ / "old") && fs::exists(other_ / "new"));
}

}  // namespace
}  // namespace liggare::ledger
