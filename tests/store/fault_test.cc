// A disk that fails: nothing is acknowledged that is not there after opening again.
#include <gmock/gmock.h>

#include <chrono>

#include "store/head_file.h"
#include "tests/store/sample_ledger.h"
#include "tests/support/faulty_file_system.h"

namespace liggare::store {
namespace {

using ::testing::HasSubstr;

class Fault : public SampleLedger {
 protected:
  Fault() : disk_(std::make_shared<liggare::testing::FaultyFileSystem>()) {
    env_ = rocksdb::NewCompositeEnv(disk_);
  }

  std::unique_ptr<EventLog> open_faulty() { return open(Access::write, env_.get()); }

  // Appends batches until one fails, at most twenty; checks that the log takes nothing after that.
  // Gives the acknowledged size.
  static std::uint64_t append_until_failure(EventLog& log) {
    for (int batch = 0; batch < 20; ++batch) {
      const auto appended = append_samples(log, 3);
      if (appended) continue;
      EXPECT_EQ(appended.error().code, ErrorCode::unknown_outcome);
      EXPECT_EQ(append_samples(log, 3).error().code, ErrorCode::unknown_outcome);
      EXPECT_TRUE(holds_samples(log, log.head().tree_size));
      return log.head().tree_size;
    }
    return log.head().tree_size;
  }

  void expect_all_acknowledged(std::uint64_t acknowledged) {
    const auto log = open();
    EXPECT_GE(log->head().tree_size, acknowledged);
    EXPECT_TRUE(holds_samples(*log, log->head().tree_size));
    EXPECT_TRUE(append_samples(*log, 1));
  }

  std::shared_ptr<liggare::testing::FaultyFileSystem> disk_;
  std::unique_ptr<rocksdb::Env> env_;
};

class FaultAt : public Fault, public ::testing::WithParamInterface<int> {};

TEST_P(FaultAt, AFailedSyncIsNeverAcknowledged) {
  create_with(10);
  auto log = open_faulty();
  disk_->fail_sync(GetParam());
  const auto acknowledged = append_until_failure(*log);
  log.reset();
  EXPECT_LT(acknowledged, 70U) << "no sync failed";
  expect_all_acknowledged(acknowledged);
}

TEST_P(FaultAt, AFailedAppendIsNeverAcknowledged) {
  create_with(10);
  auto log = open_faulty();
  disk_->fail_append(GetParam());
  const auto acknowledged = append_until_failure(*log);
  log.reset();
  EXPECT_LT(acknowledged, 70U) << "no append failed";
  expect_all_acknowledged(acknowledged);
}

TEST_P(FaultAt, APowerLossKeepsWhatWasAcknowledged) {
  create_with(10);
  auto log = open_faulty();
  disk_->lose_power_at_append(GetParam());
  const auto acknowledged = append_until_failure(*log);
  log.reset();
  disk_->drop_unsynced(static_cast<std::uint64_t>(GetParam()) * 10);
  expect_all_acknowledged(acknowledged);
}

INSTANTIATE_TEST_SUITE_P(EachCall, FaultAt, ::testing::Range(1, 9));

TEST_F(Fault, AFailedFlushStopsTheLogAndLosesNothing) {
  constexpr std::size_t event_bytes = 60'000;
  create();
  auto log = open_faulty();
  disk_->fail_tables();
  while (append_samples(*log, 20, event_bytes) && log->head().tree_size < 4'000) {
  }
  EXPECT_EQ(append_samples(*log, 1).error().code, ErrorCode::unknown_outcome);
  const auto acknowledged = log->head();
  log.reset();
  const auto reopened = open();
  ASSERT_GE(reopened->head().tree_size, acknowledged.tree_size);
  EXPECT_EQ(reopened->head(), sample_head(reopened->head().tree_size, event_bytes));
}

TEST_F(Fault, ADiskThatLiesAboutSyncsIsFoundOutByHead) {
  create_with(10);
  auto log = open_faulty();
  disk_->lie_about_syncs();
  ASSERT_TRUE(append_samples(*log, 5));
  log.reset();
  disk_->drop_unsynced(0);
  EXPECT_EQ(refusal().code, ErrorCode::corrupt);
}

TEST_F(Fault, AStrictHeadThatFailsIsNotAcknowledged) {
  create(HeadMode::strict, env_.get());
  const auto log = open_faulty();
  ASSERT_TRUE(append_samples(*log, 5));
  disk_->fail_writes_in_place(1);
  EXPECT_EQ(append_samples(*log, 5).error().code, ErrorCode::unknown_outcome);
  const auto later = append_samples(*log, 5);
  EXPECT_EQ(later.error().code, ErrorCode::unknown_outcome);
  EXPECT_THAT(later.error().message, HasSubstr("HEAD"));
  EXPECT_EQ(log->head(), sample_head(5));
}

TEST_F(Fault, AStrictHeadThatIsNotSyncedIsNotAcknowledged) {
  create(HeadMode::strict, env_.get());
  const auto log = open_faulty();
  ASSERT_TRUE(append_samples(*log, 5));
  disk_->fail_sync(2);  // The first is that of the write-ahead log.
  const auto failed = append_samples(*log, 5);
  EXPECT_EQ(failed.error().code, ErrorCode::unknown_outcome);
  EXPECT_THAT(failed.error().message, HasSubstr("HEAD"));
}

TEST_F(Fault, AFloorHeadThatFailsStopsTheLog) {
  create(HeadMode::floor, env_.get());
  const auto log = open_faulty();
  disk_->fail_writes_in_place(1);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (append_samples(*log, 1) && std::chrono::steady_clock::now() < end) {
  }
  EXPECT_EQ(append_samples(*log, 1).error().code, ErrorCode::unknown_outcome);
}

}  // namespace
}  // namespace liggare::store
