// Everything that reads runs beside the one that writes, and none waits for the other.
#include <atomic>
#include <thread>

#include "inspect/verify.h"
#include "tests/ledger/ledger_fixture.h"

namespace liggare::ledger {
namespace {

class Beside : public LedgerTest {
 protected:
  void SetUp() override {
    open();
    ASSERT_EQ(word(append(registered("P1"))), "accepted");
    writer_ = std::jthread([this](const std::stop_token& stop) {
      for (int i = 0; !stop.stop_requested(); ++i) {
        const auto verdicts =
            ledger_->append({{note(fmt::format("n{}", i), "P1", "x"), std::nullopt}});
        if (verdicts && verdicts->front()) ++written_;
      }
    });
  }
  void TearDown() override {
    writer_.request_stop();
    writer_.join();
    EXPECT_EQ(size(), 1U + written_);
  }
  // Runs `read` until the writer has gone on for a good while.
  template <class Read>
  void while_writing(const Read& read) {
    const std::uint64_t enough = written_ + 60;
    while (written_ < enough) read();
  }

  std::atomic<std::uint64_t> written_ = 0;
  std::jthread writer_;
};

TEST_F(Beside, ReportsAnswerAtADurableSizeThatOnlyGrows) {
  std::uint64_t last = 0;
  while_writing([&] {
    const auto answer = reader()->report({"history", {{"participant", "P1"}}, {}, {}});
    ASSERT_TRUE(answer) << answer.error().message;
    ASSERT_GE(answer->at, last);
    ASSERT_EQ(answer->rows.as_array()->size(), answer->at);
    last = answer->at;
  });
}

TEST_F(Beside, TheWritersOwnReportsAnswerToo) {
  while_writing([&] {
    const auto answer = ledger_->report({"history", {{"participant", "P1"}}, {}, {}});
    ASSERT_TRUE(answer) << answer.error().message;
    ASSERT_EQ(answer->rows.as_array()->size(), answer->at);
  });
}

TEST_F(Beside, ARebuildTakesInWhatIsAppendedMeanwhile) {
  while_writing([&] {
    const std::uint64_t before = written_;
    const auto rebuilt = reader()->rebuild_projections("", {});
    ASSERT_TRUE(rebuilt) << rebuilt.error().message;
    for (const auto& each : *rebuilt) {
      ASSERT_GE(each.position, before) << each.name;
      ASSERT_TRUE(!each.difference || *each.difference == projection::RowCounts()) << each.name;
    }
    const auto checks = reader()->verify_projections();
    ASSERT_TRUE(checks);
    for (const ProjectionCheck& check : *checks) ASSERT_TRUE(check.equal) << check.name;
  });
}

TEST_F(Beside, TheWriterRebuildsToo) {
  while_writing([&] {
    const auto rebuilt = ledger_->rebuild_projections("late", {});
    ASSERT_TRUE(rebuilt) << rebuilt.error().message;
    ASSERT_EQ(rebuilt->size(), 1U);
  });
}

TEST_F(Beside, VerifyFindsNothing) {
  while_writing([&] {
    inspect::VerifyOptions options;
    options.ledger = folders_.ledger;
    const auto report = inspect::verify(options);
    ASSERT_TRUE(report) << report.error().message;
    for (const auto& finding : report->findings) ADD_FAILURE() << finding.code << finding.place;
  });
}

TEST_F(Beside, TailSeesEachEventOnce) {
  const auto tail = reader();
  std::uint64_t next = 0;
  const auto read = [&] {
    ASSERT_TRUE(tail->refresh());
    ASSERT_TRUE(tail->scan(next, tail->head().tree_size,
                           [&](const domain::RecordedEvent& event, std::string_view) {
                             EXPECT_EQ(event.position, next++);
                             return true;
                           }));
  };
  while_writing(read);
  // A reader sees what HEAD has reached, and HEAD follows at its own pace.
  while (next < 60 && !HasFailure()) read();
}

}  // namespace
}  // namespace liggare::ledger
