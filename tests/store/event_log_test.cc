#include "store/event_log.h"

#include <gmock/gmock.h>
#include <rocksdb/env.h>

#include <fstream>
#include <map>

#include "tests/store/sample_ledger.h"

namespace liggare::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using EventLogTest = SampleLedger;

TEST_F(EventLogTest, IsEmptyWhenItIsMade) {
  create();
  const auto log = open();
  EXPECT_EQ(log->head(), merkle::TreeHead{});
  EXPECT_TRUE(holds_samples(*log, 0));
}

TEST_F(EventLogTest, KeepsTheIdentityThatItWasMadeWith) {
  create(HeadMode::strict);
  const LedgerIdentity identity{"ledger.example.org/town", HeadMode::strict};
  EXPECT_EQ(open(Access::write)->identity(), identity);
  EXPECT_EQ(open(Access::read_only)->identity(), identity);
}

TEST_F(EventLogTest, IsNotMadeInAFolderThatHoldsSomething) {
  std::filesystem::create_directory(folder());
  std::ofstream(folder() / "letter.txt") << "keep me";
  const auto created = EventLog::create({folder(), {"origin", HeadMode::floor}});
  EXPECT_EQ(created.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(created.error().message, HasSubstr("is not empty"));
}

TEST_F(EventLogTest, IsMadeInAnEmptyFolder) {
  std::filesystem::create_directory(folder());
  create();
  EXPECT_TRUE(holds_samples(*open(), 0));
}

TEST_F(EventLogTest, IsNotFoundWhereThereIsNoLedger) {
  EXPECT_EQ(refusal(Access::write).code, ErrorCode::not_found);
  std::filesystem::create_directory(folder());
  EXPECT_EQ(refusal(Access::read_only).code, ErrorCode::not_found);
}

TEST_F(EventLogTest, GivesBackWhatWasAppended) {
  create();
  const auto log = open();
  for (const std::uint64_t count : {1U, 2U, 30U, 1U, 100U})
    ASSERT_TRUE(append_samples(*log, count));
  EXPECT_TRUE(holds_samples(*log, 134));
}

TEST_F(EventLogTest, HoldsTheSameAfterItIsOpenedAgain) {
  create();
  for (const std::uint64_t size : {40U, 80U, 120U, 160U, 200U, 240U}) {
    ASSERT_TRUE(append_samples(*open(), 40));
    EXPECT_TRUE(holds_samples(*open(), size));
    EXPECT_TRUE(holds_samples(*open(Access::read_only), size));
  }
}

TEST_F(EventLogTest, GivesTheHeadOfAnIndependentTree) {
  create();
  const auto log = open();
  for (std::uint64_t size = 1; size <= 70; ++size) {
    EXPECT_EQ(*append_samples(*log, 1), sample_head(size));
  }
}

TEST_F(EventLogTest, WorksOnADiskInMemory) {
  const std::unique_ptr<rocksdb::Env> memory(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  create(HeadMode::floor, memory.get());
  ASSERT_TRUE(append_samples(*open(Access::write, memory.get()), 50));
  EXPECT_TRUE(holds_samples(*open(Access::write, memory.get()), 50));
  EXPECT_FALSE(std::filesystem::exists(folder() / "log"));
}

TEST_F(EventLogTest, KeepsRecordsOfAnyBytesAndOfTheLargestSize) {
  create();
  const auto log = open();
  const std::string zeros(65'535, '\0');
  const std::string nothing;
  const std::vector<NewRecord> records{{"a", "s", 1, zeros}, {"b", "s", 2, nothing}};
  ASSERT_TRUE(log->append(records));
  EXPECT_EQ(*log->record(0), zeros);
  EXPECT_EQ(*log->record(1), nothing);
}

TEST_F(EventLogTest, RefusesARecordWithoutIdSubjectOrVersionAndGoesOn) {
  create();
  const auto log = open();
  const std::string zero("a\0b", 3);
  for (const auto& record : {NewRecord{"", "s", 1, "x"}, NewRecord{"a", "", 1, "x"},
                             NewRecord{"a", zero, 1, "x"}, NewRecord{"a", "s", 0, "x"}}) {
    EXPECT_EQ(log->append({&record, 1}).error().code, ErrorCode::invalid_argument);
  }
  ASSERT_TRUE(append_samples(*log, 3));
  EXPECT_TRUE(holds_samples(*log, 3));
}

TEST_F(EventLogTest, TakesAnEmptyBatchForNothing) {
  create_with(3);
  EXPECT_EQ(*open()->append({}), sample_head(3));
}

TEST_F(EventLogTest, HasNoRecordAtOrAfterItsHead) {
  create_with(3);
  EXPECT_EQ(open()->record(3).error().code, ErrorCode::not_found);
}

TEST_F(EventLogTest, GivesManyRecordsInTheOrderAsked) {
  create_with(30);
  const std::vector<std::uint64_t> positions{17, 3, 29};
  EXPECT_THAT(*open()->records(positions),
              ElementsAre(SampleEvent(17).bytes, SampleEvent(3).bytes, SampleEvent(29).bytes));
}

TEST_F(EventLogTest, KnowsNoPositionOfAnUnknownId) {
  create_with(3);
  EXPECT_EQ(*open()->position_of("event-3"), std::nullopt);
  EXPECT_EQ(*open()->position_of(""), std::nullopt);
}

TEST_F(EventLogTest, GivesAStreamAsItWasAtASize) {
  create_with(30);
  const auto log = open();
  EXPECT_THAT(*log->stream("participant/P2", 30), ElementsAre(2, 9, 16, 23));
  EXPECT_THAT(*log->stream("participant/P2", 23), ElementsAre(2, 9, 16));
  EXPECT_THAT(*log->stream("participant/P", 30), ElementsAre());
  EXPECT_EQ(log->stream("participant/P2", 31).error().code, ErrorCode::invalid_argument);
}

TEST_F(EventLogTest, RefusesAStreamWhoseVersionsHaveAGap) {
  create();
  const auto log = open();
  const std::vector<NewRecord> records{{"a", "s", 1, "x"}, {"b", "s", 3, "x"}};
  ASSERT_TRUE(log->append(records));
  EXPECT_EQ(log->stream("s", 2).error().code, ErrorCode::corrupt);
}

TEST_F(EventLogTest, GivesEachSubjectOnceInByteOrderWithItsCount) {
  create();
  const auto log = open();
  std::vector<NewRecord> records{{"x", "b", 1, "x"}, {"y", "a", 1, "y"}, {"z", "a/1", 1, "z"}};
  std::vector<std::string> ids;
  for (int i = 0; i < 300; ++i) ids.push_back("long-" + std::to_string(i));
  for (std::uint64_t i = 0; i < ids.size(); ++i) records.push_back({ids[i], "a", i + 2, "y"});
  ASSERT_TRUE(log->append(records));
  std::vector<std::pair<std::string, std::uint64_t>> seen;
  ASSERT_TRUE(log->subjects([&](std::string_view subject, std::uint64_t count) {
    seen.emplace_back(subject, count);
    return Result<void>();
  }));
  EXPECT_THAT(seen, ElementsAre(Pair("a", 301), Pair("a/1", 1), Pair("b", 1)));
}

TEST_F(EventLogTest, ScansARangeAndStopsAtTheReadersError) {
  create_with(30);
  const auto log = open();
  std::vector<std::uint64_t> seen;
  const auto stop_at = [&seen](std::uint64_t last) {
    return [&seen, last](std::uint64_t position, std::string_view) -> Result<void> {
      seen.push_back(position);
      if (position == last) return fail(ErrorCode::busy, "enough");
      return {};
    };
  };
  EXPECT_TRUE(log->scan({5, 8}, stop_at(100)));
  EXPECT_EQ(log->scan({20, 30}, stop_at(21)).error().message, "enough");
  EXPECT_THAT(seen, ElementsAre(5, 6, 7, 20, 21));
  EXPECT_EQ(log->scan({0, 31}, stop_at(0)).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(log->scan({8, 5}, stop_at(0)).error().code, ErrorCode::invalid_argument);
}

TEST_F(EventLogTest, GivesCompleteSubtreesAlone) {
  create_with(13);
  const auto log = open();
  EXPECT_TRUE(log->node({2, 2}));
  EXPECT_EQ(log->node({2, 3}).error().code, ErrorCode::not_found);
  EXPECT_EQ(log->node({0, 13}).error().code, ErrorCode::not_found);
}

TEST_F(EventLogTest, ShowsEveryEntryOfAFamily) {
  create_with(40);
  const auto log = open();
  std::map<Family, std::uint64_t> counts;
  for (const auto family :
       {Family::events, Family::streams, Family::ids, Family::tree, Family::heads}) {
    ASSERT_TRUE(log->entries(family, [&](std::string_view, std::string_view) {
      ++counts[family];
      return Result<void>();
    }));
  }
  EXPECT_THAT(counts,
              ElementsAre(Pair(Family::events, 40), Pair(Family::streams, 40),
                          Pair(Family::ids, 40), Pair(Family::tree, 5), Pair(Family::heads, 3)));
}

TEST_F(EventLogTest, LeavesNoDiagnosticsInTheFolder) {
  create_with(3);
  for (const auto& entry : std::filesystem::directory_iterator(folder() / "log")) {
    EXPECT_FALSE(entry.path().filename().string().starts_with("LOG")) << entry.path();
  }
}

}  // namespace
}  // namespace liggare::store
