#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

class Append : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    ASSERT_EQ(word(append(unit("A"))), "accepted");
    ASSERT_EQ(word(append(registered("P1"))), "accepted");
  }
};

TEST_F(Append, GivesPositionVersionAndLeafHash) {
  const Verdict verdict = append(note("n1", "P1", "x"));
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->position, 2U);
  EXPECT_EQ(verdict->stream_version, 2U);
  EXPECT_EQ(verdict->leaf_hash, merkle::leaf_hash(*ledger_->leaf(2)));
}

TEST_F(Append, WritesAllOrNothing) {
  const auto verdicts = append({{note("n1", "P1", "x"), {}}, {note("n2", "nobody", "x"), {}}});
  EXPECT_EQ(word(verdicts[1]), "unknown-reference");
  EXPECT_EQ(size(), 2U);
  EXPECT_EQ(word(append(note("n1", "P1", "another text"))), "accepted");  // The id stayed free.
}

TEST_F(Append, SeesTheEventsBeforeItInTheSameRequest) {
  const auto verdicts = append({{registered("P2"), {}}, {note("n1", "P2", "x"), {}}});
  EXPECT_EQ(word(verdicts[0]), "accepted");
  EXPECT_EQ(word(verdicts[1]), "accepted");
}

TEST_F(Append, AnswersKnownIdsAtTheirPositionsAndWritesTheRest) {
  const auto verdicts = append({{registered("P1"), {}}, {registered("P2"), {}}});
  EXPECT_EQ(word(verdicts[0]), "duplicate");
  EXPECT_EQ(verdicts[0]->position, 1U);
  EXPECT_EQ(word(verdicts[1]), "accepted");
}

TEST_F(Append, JudgesTheExpectedVersionOfTheStreamBeforeTheRequest) {
  EXPECT_EQ(word(append({{note("n1", "P1", "x"), 0}})[0]), "version-conflict");
  const auto both = append({{note("n1", "P1", "x"), 1}, {note("n2", "P1", "y"), 1}});
  EXPECT_EQ(word(both[0]), "accepted");
  EXPECT_EQ(word(both[1]), "accepted");
  EXPECT_EQ(word(append({{note("n1", "P1", "x"), 1}})[0]), "duplicate");  // Not judged.
}

TEST_F(Append, ComparesPersonalDataOfAKnownId) {
  ASSERT_EQ(word(append(note("n1", "P1", "one"))), "accepted");
  const std::string leaf = *ledger_->leaf(2);
  EXPECT_EQ(word(append(note("n1", "P1", "one"))), "duplicate");
  EXPECT_EQ(word(append(note("n1", "P1", "two"))), "id-reused");
  EXPECT_EQ(*ledger_->leaf(2), leaf);
  EXPECT_EQ(size(), 3U);
}

TEST_F(Append, ComparesACorrectionsData) {
  const auto correction = [](const std::string& year) {
    return event("c1", "event.corrected", "participant/P1",
                 R"("target":"reg-P1","data":{"birthYear":)" + year + R"(},"reason":"typo")");
  };
  ASSERT_EQ(word(append(correction("1980"))), "accepted");
  EXPECT_EQ(word(append(correction("1980"))), "duplicate");
  EXPECT_EQ(word(append(correction("1981"))), "id-reused");
}

TEST_F(Append, KeepsRecordedTimesInOrderWhenTheClockGoesBack) {
  const Verdict first = append(note("n1", "P1", "x"));
  clock_.set(Instant{clock_.now().microseconds - 1'000'000});
  const Verdict second = append(note("n2", "P1", "x"));
  EXPECT_EQ(second->recorded, first->recorded);
}

// A line of 20 KB is short enough, but each of its purposes takes 16 bytes of the record.
TEST_F(Append, RefusesARecordThatIsTooLong) {
  std::string purposes = "\"p\"";
  for (int i = 1; i < 5'000; ++i) purposes += ",\"p\"";
  const std::string data = R"("language":"sv","categories":[],"recipients":[],"retention":"x",)"
                           R"("textDigest":")" +
                           std::string(64, 'a') + R"(","purposes":[)" + purposes + "]";
  EXPECT_EQ(word(append(event("big", "notice.published", "notice/n", data))), "too-large");
  EXPECT_EQ(size(), 2U);
  EXPECT_EQ(word(append(note("n1", "P1", "x"))), "accepted");  // It left nothing behind.
}

// Which threads ask for the time: whoever judges does.
class WatchedClock final : public Clock {
 public:
  explicit WatchedClock(const Clock& clock) : clock_(clock) {}
  Instant now() const override {
    const std::scoped_lock lock(mutex_);
    askers_.insert(std::this_thread::get_id());
    return clock_.now();
  }
  std::set<std::thread::id> askers_since() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(askers_, {});
  }

 private:
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable std::set<std::thread::id> askers_;
};

TEST_F(Append, ServesALoneCallerOnItsOwnThread) {
  close();
  WatchedClock clock(clock_);
  auto opened = Ledger::open({folders_, Mode::write, &clock});
  ASSERT_TRUE(opened) << opened.error().message;
  ledger_ = *std::move(opened);
  accept(note("n1", "P1", "x"));
  clock.askers_since();
  accept(note("n2", "P1", "x"));
  EXPECT_THAT(clock.askers_since(), testing::ElementsAre(std::this_thread::get_id()));
  close();
}

// So many at once, each with its number; returns when all are done.
void by_clients(int clients, const std::function<void(int client)>& work) {
  std::vector<std::jthread> threads;
  for (int client = 0; client < clients; ++client) threads.emplace_back(work, client);
}

TEST_F(Append, TakesEachIdOnceFromManyClients) {
  constexpr int clients = 16;
  constexpr int events = 40;
  std::atomic<int> accepted = 0;
  by_clients(clients, [&](int) {
    for (int i = 0; i < events; ++i) {
      const auto verdicts =
          ledger_->append({{note(fmt::format("n{}", i), "P1", "x"), std::nullopt}});
      if (verdicts && verdicts->front() && !verdicts->front()->duplicate) ++accepted;
    }
  });
  EXPECT_EQ(accepted, events);
  EXPECT_EQ(size(), 2U + events);
}

// More at once than a batch takes: those who came too late for it are answered with the next.
TEST_F(Append, AnswersEveryoneWhereABatchIsFull) {
  constexpr int clients = 6;
  constexpr int events = 700;
  std::atomic<int> accepted = 0;
  by_clients(clients, [&](int client) {
    std::vector<Proposal> proposals;
    for (int i = 0; i < events; ++i) {
      proposals.push_back({note(fmt::format("f{}-{}", client, i), "P1", "x"), std::nullopt});
    }
    const auto verdicts = ledger_->append(proposals);
    if (!verdicts) return;
    for (const Verdict& verdict : *verdicts) accepted += verdict ? 1 : 0;
  });
  EXPECT_EQ(accepted, clients * events);
  EXPECT_EQ(size(), 2U + clients * events);
}

TEST_F(Append, LetsOneOfManyWritersWinAVersion) {
  std::atomic<int> accepted = 0;
  std::atomic<int> conflicts = 0;
  by_clients(8, [&](int client) {
    const auto verdicts = ledger_->append({{note(fmt::format("w{}", client), "P1", "x"), 1}});
    ++(verdicts->front() ? accepted : conflicts);
  });
  EXPECT_EQ(accepted, 1);
  EXPECT_EQ(conflicts, 7);
}

}  // namespace
}  // namespace liggare::ledger
