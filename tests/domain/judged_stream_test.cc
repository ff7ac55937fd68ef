#include "domain/judged_stream.h"

#include <gtest/gtest.h>

#include "tests/support/events.h"
#include "tests/support/story.h"

namespace liggare::test {
namespace {

using domain::JudgedStream;

// P1, registered on a day and assigned on a later one; taken one by one.
class JudgedStreamTest : public ::testing::Test {
 protected:
  JudgedStreamTest() {
    take(registered().on("2024-02-01"));
    take(consultant_assigned("S1").on("2024-03-01"));
  }
  void take(const Sent& sent) {
    const Answer answer = story_.when(sent);
    answer.then_accepted();
    stream_.append(*answer.result());
    story_.given(sent);
  }
  bool knows(std::string_view on) const { return stream_.facts_until(day(on)) != nullptr; }

  Story story_ = given({});
  JudgedStream stream_;
};

TEST_F(JudgedStreamTest, KnowsTheFactsAtItsEndAlone) {
  EXPECT_TRUE(knows("2024-03-02"));
  EXPECT_TRUE(knows("2024-03-01"));
  EXPECT_FALSE(knows("2024-02-29"));
  EXPECT_EQ(stream_.facts_until(day("2024-03-01"))->consultant, "S1");
}

TEST_F(JudgedStreamTest, TakesTheNextEventIntoTheFacts) {
  take(consultant_released("S1").on("2024-04-01"));
  EXPECT_FALSE(knows("2024-03-31"));
  EXPECT_EQ(stream_.facts_until(day("2024-04-01"))->consultant, std::nullopt);
}

TEST_F(JudgedStreamTest, KeepsItsLastDayWhenAnEventComesInItsMidst) {
  take(consultant_assigned("S2").on("2024-02-15"));
  EXPECT_FALSE(knows("2024-02-29"));
  EXPECT_EQ(stream_.facts_until(day("2024-03-01"))->consultant, "S1");
}

TEST_F(JudgedStreamTest, ForgetsTheFactsOfAnEventTakenBack) {
  stream_.drop_last();
  EXPECT_EQ(stream_.events().size(), 1u);
  EXPECT_FALSE(knows("2024-03-01"));
}

TEST_F(JudgedStreamTest, KnowsNothingOfEventsThatWereRead) {
  EXPECT_EQ(JudgedStream(stream_.events()).facts_until(day("2024-03-01")), nullptr);
}

}  // namespace
}  // namespace liggare::test
