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
    Answer answer = story_.when(sent);
    answer.then_accepted();
    stream_.append(std::move(answer).accepted());
    story_.given(sent);
  }
  // Before an event of the day.
  const domain::ParticipantFacts* facts(std::string_view on) const {
    return stream_.facts_before(event(domain::ConsultantReleased{}, on));
  }
  static domain::Event event(domain::Payload data, std::string_view on) {
    domain::Event event;
    event.effective = day(on);
    event.data = std::move(data);
    return event;
  }
  void forget_events() { stream_ = JudgedStream(stream_.version(), *stream_.story()); }
  bool knows(std::string_view on) const { return facts(on) != nullptr; }

  Story story_ = given({});
  JudgedStream stream_;
};

TEST_F(JudgedStreamTest, KnowsTheFactsAtItsEndAlone) {
  EXPECT_TRUE(knows("2024-03-02"));
  EXPECT_TRUE(knows("2024-03-01"));
  EXPECT_FALSE(knows("2024-02-29"));
  EXPECT_EQ(facts("2024-03-01")->consultant, "S1");
}

TEST_F(JudgedStreamTest, TakesTheNextEventIntoTheFacts) {
  take(consultant_released("S1").on("2024-04-01"));
  EXPECT_FALSE(knows("2024-03-31"));
  EXPECT_EQ(facts("2024-04-01")->consultant, std::nullopt);
}

TEST_F(JudgedStreamTest, KeepsItsLastDayWhenAnEventComesInItsMidst) {
  take(consultant_assigned("S2").on("2024-02-15"));
  EXPECT_FALSE(knows("2024-02-29"));
  EXPECT_EQ(facts("2024-03-01")->consultant, "S1");
}

TEST_F(JudgedStreamTest, ForgetsTheFactsOfAnEventTakenBack) {
  stream_.drop_last();
  EXPECT_EQ(stream_.events().size(), 1u);
  EXPECT_FALSE(knows("2024-03-01"));
}

TEST_F(JudgedStreamTest, KnowsNothingOfEventsThatWereRead) {
  stream_ = JudgedStream(stream_.events());
  EXPECT_EQ(stream_.story(), nullptr);
  EXPECT_FALSE(knows("2024-03-01"));
}

TEST_F(JudgedStreamTest, NeedsItsEventsForWhatAmendsThem) {
  EXPECT_EQ(stream_.facts_before(event(domain::EventVoided{}, "2024-03-01")), nullptr);
  EXPECT_EQ(stream_.facts_before(event(domain::ParticipantRegistered{}, "2024-03-01")), nullptr);
}

TEST_F(JudgedStreamTest, KnowsTheFactsOfForgottenEvents) {
  const domain::Stream all = stream_.events();
  forget_events();
  EXPECT_EQ(stream_.forgotten(), 2U);
  EXPECT_EQ(stream_.version(), 2U);
  EXPECT_EQ(facts("2024-03-01")->consultant, "S1");
  take(consultant_released("S1").on("2024-04-01"));
  EXPECT_EQ(stream_.version(), 3U);
  EXPECT_EQ(facts("2024-04-01")->consultant, std::nullopt);

  stream_.remember_events(all);
  EXPECT_EQ(stream_.forgotten(), 0U);
  ASSERT_EQ(stream_.events().size(), 3U);
  EXPECT_EQ(stream_.events().front(), all.front());
}

TEST_F(JudgedStreamTest, TakesBackWhatCameAfterTheForgotten) {
  forget_events();
  take(consultant_released("S1").on("2024-04-01"));
  stream_.drop_last();
  EXPECT_EQ(stream_.version(), 2U);
  EXPECT_FALSE(knows("2024-04-01"));
}

}  // namespace
}  // namespace liggare::test
