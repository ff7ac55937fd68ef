// The cache forgets, and what the rules say stays the same: random histories, taken event by event
// beside a cache that is nearly always too large.
#include "ledger/stream_cache.h"

#include <set>

#include "codec/record.h"
#include "domain/decide.h"
#include "tests/store/sample_ledger.h"
#include "tests/support/chance.h"
#include "tests/support/random_history.h"

namespace liggare::ledger {
namespace {

using domain::EventType;
using domain::Payload;
using domain::RecordedEvent;
using domain::Rejection;

class StreamCacheTest : public store::SampleLedger {
 protected:
  StreamCacheTest() {
    create();
    log_ = open();
  }

  static Result<Payload, Rejection> correction_data(const RecordedEvent& event, EventType type) {
    const Payload& data = std::get<domain::EventCorrected>(event.event.data).data.payload->value;
    if (domain::type_of(data) == type) return data;
    return Unexpected{Rejection{domain::RejectionCode::invalid_field, "$.data.data"}};
  }

  // Personal data are no part of what is judged.
  static std::vector<domain::RecordedEventPtr> bare_history(std::uint64_t seed) {
    auto events = test::random_history(seed).ledger.events();
    for (auto& event : events) {
      auto bare = std::make_shared<RecordedEvent>(*event);
      bare->event.personal.reset();
      event = bare;
    }
    return {events.begin(), events.end()};
  }

  // As the cache's streams judge the event.
  Result<domain::Accepted, Rejection> judge(const RecordedEvent& event) {
    domain::World world;
    world.others = [&](const domain::Subject& subject, std::uint64_t size) {
      return cache_->timeline(subject, size).value();
    };
    world.exists = [&](const domain::Subject& subject) { return cache_->exists(subject).value(); };
    world.correction_data = [&](EventType type) { return correction_data(event, type); };
    const domain::JudgedStream& stream = *cache_->stream_before(event.event).value();
    EXPECT_EQ(stream.version() + 1, event.version);
    judged_by_facts_ += stream.forgotten() > 0 ? 1 : 0;
    return domain::decide(stream, event, world);
  }

  void take(const RecordedEvent& event) {
    auto accepted = judge(event);
    ASSERT_TRUE(accepted) << event.position << ": " << accepted.error().detail;
    ASSERT_EQ(*accepted->event, event);
    cache_->append(*std::move(accepted));
  }

  void store(std::span<const domain::RecordedEventPtr> events) {
    std::vector<std::string> texts;
    for (const domain::RecordedEventPtr& event : events) {
      texts.push_back(codec::encode_record(*event, std::string(16, 's'), {}));
      texts.push_back(event->event.subject.text());
    }
    std::vector<store::NewRecord> records;
    for (std::size_t i = 0; i < events.size(); ++i) {
      records.push_back({events[i]->event.id, texts[2 * i + 1], events[i]->version, texts[2 * i]});
    }
    ASSERT_TRUE(log_->append(records));
  }

  std::unique_ptr<store::EventLog> log_;
  std::unique_ptr<StreamCache> cache_;
  int judged_by_facts_ = 0;
};

TEST_F(StreamCacheTest, JudgesAsIfItForgotNothing) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    test::Chance chance(seed);
    log_.reset();
    std::filesystem::remove_all(folder());
    create();
    log_ = open();
    cache_ = std::make_unique<StreamCache>(
        *log_, StreamCache::Limits{.recent_events = 3, .older_bytes = chance.below(2'000)});
    const auto events = bare_history(seed);
    const std::span<const domain::RecordedEventPtr> all = events;
    std::size_t next = 0;
    while (next < all.size() && !HasFatalFailure()) {
      const auto batch = all.subspan(next, std::min(1 + chance.below(20), all.size() - next));
      for (const domain::RecordedEventPtr& event : batch) {
        take(*event);
        if (!chance.percent(10) || HasFatalFailure()) continue;
        cache_->drop_last(event->event.subject);
        take(*event);
      }
      store(batch);
      cache_->shrink();
      next += batch.size();
    }
  }
  EXPECT_GT(judged_by_facts_, 0);
}

// Nothing is stored here: a stream that is read again is empty.
TEST_F(StreamCacheTest, CountsNoStoryTwiceThatIsAskedForAgainAndAgain) {
  cache_ = std::make_unique<StreamCache>(
      *log_, StreamCache::Limits{.recent_events = 0, .older_bytes = 100'000});
  std::set<domain::Subject> participants;
  for (const domain::RecordedEventPtr& event : bare_history(1)) {
    ASSERT_NO_FATAL_FAILURE(take(*event));
    const domain::Subject& subject = event->event.subject;
    if (subject.kind == domain::StreamKind::participant) participants.insert(subject);
  }
  ASSERT_GT(participants.size(), 1U);
  cache_->shrink();
  for (int i = 0; i < 2'000; ++i) {
    ASSERT_TRUE(cache_->exists(*participants.begin()).value());
    cache_->shrink();
  }
  for (const domain::Subject& subject : participants) {
    EXPECT_TRUE(cache_->exists(subject).value()) << subject.text();
  }
}

TEST_F(StreamCacheTest, TellsThatEventsAreGoneWhereItReadsThemAgain) {
  cache_ = std::make_unique<StreamCache>(*log_, StreamCache::Limits{.recent_events = 0});
  std::optional<domain::Event> amending;
  for (const domain::RecordedEventPtr& event : bare_history(1)) {
    ASSERT_NO_FATAL_FAILURE(take(*event));
    if (event->event.type() == EventType::participant_registered) amending = event->event;
  }
  ASSERT_TRUE(amending);
  cache_->shrink();  // As if all were stored, and then lost.
  amending->data = domain::EventVoided{};
  const auto stream = cache_->stream_before(*amending);
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace liggare::ledger
