// Shares of the log against its streams as the index has them.
#include "projection/stream_shares.h"

#include <gmock/gmock.h>

#include <map>
#include <thread>

#include "base/share_out.h"
#include "projections/all.h"
#include "tests/projection/written_history.h"

namespace liggare::projection {
namespace {

using ::testing::Contains;
using ::testing::Gt;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;

// By subject, each event's position and bytes.
using Streams = std::map<std::string, std::vector<std::pair<std::uint64_t, std::string>>>;

bool concerns_any(std::string_view subject) {
  const auto kind = domain::stream_kind_named(subject.substr(0, subject.find('/')));
  const auto& all = projections::all_projections();
  return std::any_of(all.begin(), all.end(),
                     [&](const Projection& projection) { return projection.concerns(*kind); });
}

class StreamSharesTest : public WrittenHistory {
 protected:
  // Many small histories, one after the other, some of them of the same streams.
  void SetUp() override {
    write(1);
    std::map<std::string, std::uint64_t> versions;
    for (std::uint64_t seed = 2; seed < 220; ++seed) {
      const test::RandomHistory history = test::random_history(seed);
      for (const auto& recorded : history.ledger.events()) {
        domain::Event event = recorded->event;
        event.id += "-" + std::to_string(seed);
        event.subject.id += "-" + std::to_string(seed % 150);
        collect(event, recorded->recorded, ++versions[event.subject.text()]);
      }
    }
    add_collected();
  }

  Streams indexed(std::uint64_t size, std::string_view after = {}) const {
    Streams streams;
    const auto read = [&](std::string_view subject, std::vector<std::uint64_t> positions) {
      if (subject <= after || !concerns_any(subject)) return Result<void>();
      for (const std::uint64_t position : positions) {
        streams[std::string(subject)].emplace_back(position, log().record(position).value());
      }
      return Result<void>();
    };
    EXPECT_TRUE(log().streams("", size, read));
    return streams;
  }

  StreamShares gather(std::uint64_t size, const ShareLimits& limits,
                      std::string_view after = {}) const {
    auto shares =
        StreamShares::gather(log(), {projections::all_projections(), size, after}, limits);
    EXPECT_TRUE(shares) << shares.error().message;
    return *std::move(shares);
  }

  // All of them, one after the other, which have to keep to the order of their subjects.
  static Streams taken(StreamShares shares) {
    Streams streams;
    std::string last;
    for (std::size_t i = 0; i < shares.count(); ++i) {
      const Share share = shares.take(i).value();
      std::uint64_t records = 0;
      for (const auto& stream : share.streams) {
        const std::string subject(
            codec::outline_record(stream.front().bytes, stream.front().position)->subject);
        EXPECT_LT(last, subject);
        last = subject;
        for (const StoredRecord& record : stream) {
          streams[subject].emplace_back(record.position, record.bytes);
          ++records;
        }
      }
      EXPECT_EQ(share.records, records);
      EXPECT_EQ(share.last_subject, share.streams.empty() ? "" : last);
    }
    return streams;
  }

  // So that the records wait in a file.
  ShareLimits in_rounds(unsigned threads) const { return {threads, 256 << 10U, folder()}; }
};

TEST_F(StreamSharesTest, HoldEveryStreamOnce) {
  ASSERT_THAT(size(), Gt(8'192U));
  const Streams all = indexed(size());
  for (const unsigned threads : {1U, 2U, 3U}) {
    EXPECT_EQ(taken(gather(size(), {threads})), all) << threads;
    EXPECT_EQ(taken(gather(size(), in_rounds(threads))), all) << threads;
  }
}

TEST_F(StreamSharesTest, HoldTheStreamsOfAPrefix) {
  for (const std::uint64_t prefix : {std::uint64_t{0}, std::uint64_t{1}, size() / 3}) {
    EXPECT_EQ(taken(gather(prefix, {2})), indexed(prefix)) << prefix;
    EXPECT_EQ(taken(gather(prefix, in_rounds(2))), indexed(prefix)) << prefix;
  }
}

TEST_F(StreamSharesTest, GoOnAfterASubject) {
  const Streams all = indexed(size());
  const std::string middle = std::next(all.begin(), static_cast<long>(all.size() / 2))->first;
  const Streams rest = indexed(size(), middle);
  ASSERT_THAT(rest, Not(Contains(Key(middle))));
  EXPECT_EQ(taken(gather(size(), {2}, middle)), rest);
  EXPECT_EQ(taken(gather(size(), in_rounds(2), middle)), rest);
  EXPECT_EQ(taken(gather(size(), {2}, all.rbegin()->first)), Streams());
}

TEST_F(StreamSharesTest, LeaveOutStreamsThatNoProjectionConcerns) {
  const Projection none{"none", 1, {domain::StreamKind::ladder}, {}, nullptr};
  auto shares = StreamShares::gather(log(), {{&none, 1}, size()}, {2});
  ASSERT_TRUE(shares);
  const Streams streams = taken(*std::move(shares));
  EXPECT_THAT(streams, SizeIs(Gt(1U)));
  for (const auto& [subject, stream] : streams) {
    EXPECT_TRUE(subject.starts_with("ladder/")) << subject;
  }
}

TEST_F(StreamSharesTest, AreAsLargeAsTheLimitAllows) {
  const StreamShares shares = gather(size(), in_rounds(2));
  EXPECT_GT(shares.count(), 2 * shares.together());
  std::size_t bytes = 0;
  for (const auto& [subject, stream] : indexed(size())) {
    for (const auto& [position, record] : stream) bytes += record.size();
  }
  const std::size_t rounds = (shares.count() + shares.together() - 1) / shares.together();
  EXPECT_GE(rounds, bytes / (256 << 10U));
  EXPECT_LE(rounds, 4 * bytes / (256 << 10U) + 2);
}

TEST_F(StreamSharesTest, AreTakenSideBySide) {
  StreamShares shares = gather(size(), in_rounds(2));
  std::atomic<std::uint64_t> records = 0;
  const auto take = [&](std::uint64_t i) -> Result<void> {
    LIGGARE_TRY(const Share share, shares.take(i));
    records += share.records;
    return {};
  };
  ASSERT_TRUE(share_out({shares.count(), 8}, take));
  std::uint64_t all = 0;
  for (const auto& [subject, stream] : indexed(size())) all += stream.size();
  EXPECT_EQ(records, all);
}

TEST_F(StreamSharesTest, TellsHowFarReadingHasCome) {
  std::vector<std::uint64_t> told;
  const auto progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, size());
    told.push_back(done);
  };
  const StreamShares::Wanted wanted{projections::all_projections(), size()};
  ASSERT_TRUE(StreamShares::gather(log(), wanted, {1}, progress));
  EXPECT_THAT(told, SizeIs(size() / 4'096));
  EXPECT_THAT(told, SizeIs(Gt(1U)));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  // With several, what others have read counts as well, and is told here.
  told.clear();
  const auto this_thread = std::this_thread::get_id();
  const auto progress_here = [&](std::uint64_t done, std::uint64_t) {
    EXPECT_EQ(std::this_thread::get_id(), this_thread);
    told.push_back(done);
  };
  ASSERT_TRUE(StreamShares::gather(log(), wanted, {2}, progress_here));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_TRUE(told.empty() || told.back() <= size());
}

TEST_F(StreamSharesTest, SaysWhereRecordsCannotBePutAside) {
  const ShareLimits limits{2, 256 << 10U, folder() / "nowhere"};
  const StreamShares::Wanted wanted{projections::all_projections(), size()};
  const auto shares = StreamShares::gather(log(), wanted, limits);
  ASSERT_FALSE(shares);
  EXPECT_THAT(shares.error().message, ::testing::HasSubstr("nowhere"));
}

}  // namespace
}  // namespace liggare::projection
