// Eight clients with expected versions: one order explains what they all saw.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/faults/clients.h"
#include "tests/faults/fast_folder.h"
#include "tests/faults/sizes.h"

namespace liggare::faults {
namespace {

constexpr std::uint64_t histories_a_ledger = 200;

class History : public testing::Test {
 protected:
  std::unique_ptr<ledger::Ledger> new_ledger(std::uint64_t number) {
    const auto folders = ledger::Folders::of(folder_.path() / fmt::format("town{}", number));
    const auto created =
        ledger::Ledger::create({folders, "example.org/test", ledger::HeadPolicy::floor});
    EXPECT_TRUE(created) << created.error().message;
    auto opened = ledger::Ledger::open({folders, ledger::Mode::write});
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }

  FastFolder folder_;
};

TEST_F(History, IsOneOrderForAllClients) {
  const std::uint64_t histories = size_of_run("HISTORIES", 200, 20'000);
  std::size_t conflicts = 0;
  std::size_t appends = 0;
  std::unique_ptr<ledger::Ledger> ledger;
  for (std::uint64_t i = 0; i < histories; ++i) {
    if (i % histories_a_ledger == 0) {
      ledger.reset();
      ledger = new_ledger(i);
      ASSERT_NE(ledger, nullptr);
    }
    const auto history = work_together(*ledger, {.name = fmt::format("h{}", i), .seed = i});
    ASSERT_EQ(contradiction(history), "") << "history " << i;
    for (const Operation& operation : history) {
      conflicts += operation.kind == Kind::conflict ? 1 : 0;
      appends += operation.kind == Kind::append ? 1 : 0;
      ASSERT_NE(operation.kind, Kind::unknown);
    }
  }
  EXPECT_GT(appends, histories * 50);
  EXPECT_GT(conflicts, histories * 20) << "the clients were never in each other's way";
}

// What the checker must find, each a history of one stream.

Operation append(std::uint64_t version, std::int64_t began, std::int64_t ended) {
  return {.kind = Kind::append,
          .stream = "s",
          .value = version,
          .position = version,
          .began = began,
          .ended = ended};
}
Operation read(std::uint64_t version, std::int64_t began, std::int64_t ended) {
  return {.kind = Kind::read, .stream = "s", .value = version, .began = began, .ended = ended};
}
Operation conflict(std::uint64_t expected, std::int64_t began, std::int64_t ended) {
  return {.kind = Kind::conflict, .stream = "s", .value = expected, .began = began, .ended = ended};
}

TEST(Contradiction, IsNoneWhereAnOrderExists) {
  EXPECT_EQ(contradiction({append(1, 0, 9), append(2, 1, 9), read(1, 2, 9), read(2, 2, 3),
                           conflict(0, 4, 9), conflict(1, 4, 9)}),
            "");
}

TEST(Contradiction, IsAVersionMadeTwiceOrNever) {
  EXPECT_NE(contradiction({append(1, 0, 1), append(1, 2, 3)}), "");
  EXPECT_NE(contradiction({append(1, 0, 1), append(3, 2, 3)}), "");
}

TEST(Contradiction, IsAnAppendAtAnotherVersionThanExpected) {
  Operation second = append(2, 2, 3);
  second.has_expectation = true;
  second.expected = 1;
  EXPECT_EQ(contradiction({append(1, 0, 1), second}), "");
  second.expected = 0;
  EXPECT_NE(contradiction({append(1, 0, 1), second}), "");
}

TEST(Contradiction, IsAReadOfThePastOrTheFuture) {
  EXPECT_NE(contradiction({append(1, 0, 1), read(0, 2, 3)}), "");
  EXPECT_NE(contradiction({append(1, 4, 5), read(1, 2, 3)}), "");
  EXPECT_NE(contradiction({append(1, 0, 9), read(1, 1, 2), read(0, 3, 4)}), "");
  EXPECT_NE(contradiction({append(1, 0, 1), read(7, 2, 3)}), "");
}

TEST(Contradiction, IsAnAppendBeforeOneThatHadEnded) {
  EXPECT_NE(contradiction({append(2, 0, 1), append(1, 2, 3)}), "");
  Operation elsewhere = append(1, 4, 5);
  elsewhere.stream = "t";
  elsewhere.position = 0;
  EXPECT_NE(contradiction({append(1, 0, 1), elsewhere}), "") << "positions are one order";
}

TEST(Contradiction, IsARefusalAtTheExpectedVersion) {
  EXPECT_NE(contradiction({append(1, 0, 1), conflict(1, 2, 3)}), "");
  EXPECT_EQ(contradiction({append(1, 0, 9), conflict(1, 2, 3)}), "");
  EXPECT_NE(contradiction({append(1, 0, 1), conflict(1, 2, 3), append(2, 4, 5)}), "");
  // The first refusal shows that version 2 was there, so the second can't have stood at 1.
  EXPECT_NE(contradiction({append(1, 0, 1), append(2, 0, 20), conflict(1, 2, 3), read(1, 4, 5)}),
            "");
}

TEST(Contradiction, TakesAnUnknownAppendAsItTurnedOut) {
  Operation lost{.kind = Kind::unknown, .stream = "s", .began = 2};
  EXPECT_EQ(contradiction({append(1, 0, 1), lost, read(1, 4, 5)}), "");
  Operation kept = lost;
  kept.value = kept.position = 2;
  EXPECT_EQ(contradiction({append(1, 0, 1), kept, read(1, 4, 5), read(2, 6, 7)}), "");
  EXPECT_NE(contradiction({append(1, 0, 1), kept, read(2, 0, 1)}), "") << "before it was sent";
}

}  // namespace
}  // namespace liggare::faults
