#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

std::vector<std::string> ids(std::span<const AmendedEvent> timeline) {
  std::vector<std::string> found;
  for (const AmendedEvent& event : timeline) found.push_back(event.event->event.id);
  return found;
}
using Ids = std::vector<std::string>;

Timeline participant_timeline(const Story& story, std::uint64_t size) {
  return story.timeline("participant/P1", size);
}
Timeline whole(const Story& story) { return participant_timeline(story, story.size()); }

const std::string& placement_in(const AmendedEvent& event) {
  return std::get<PlacementStarted>(*event.data).placement;
}

TEST(Timeline, IsOrderedByDayAndThenByPosition) {
  const Story story =
      given({registered(), note_recorded().on("2024-05-01"), note_recorded().on("2024-04-01"),
             note_recorded().on("2024-05-01"), note_recorded().on("2024-04-01")});
  EXPECT_EQ(ids(whole(story)), (Ids{"e0", "e2", "e4", "e1", "e3"}));
}

TEST(Timeline, LeavesOutAmendmentsAndWhatIsVoided) {
  const Story story = given({registered(), note_recorded(), note_recorded(), voided("e1"),
                             corrected("e2", note_recorded())});
  EXPECT_EQ(ids(whole(story)), (Ids{"e0", "e2"}));
}

TEST(Timeline, HasTheLatestCorrection) {
  const Story story =
      given({registered(), placement_started("p1"), corrected("e1", placement_started("p2")),
             corrected("e1", placement_started("p3"))});
  EXPECT_EQ(placement_in(whole(story)[1]), "p3");
}

TEST(Timeline, MovesACorrectedEventToItsNewDay) {
  const Story story = given({registered(), note_recorded().on("2024-04-01"), note_recorded(),
                             corrected_to("e1", note_recorded(), "2024-02-01")});
  EXPECT_EQ(ids(whole(story)), (Ids{"e0", "e1", "e2"}));
  EXPECT_EQ(whole(story)[1].effective, day("2024-02-01"));
}

TEST(Timeline, KeepsAMovedDayThroughACorrectionWithoutOne) {
  const Story story =
      given({registered(), note_recorded(), corrected_to("e1", note_recorded(), "2024-02-01"),
             corrected("e1", note_recorded())});
  EXPECT_EQ(whole(story)[1].effective, day("2024-02-01"));
}

TEST(Timeline, TakesTheLastOfSeveralMoves) {
  const Story story =
      given({registered(), note_recorded(), corrected_to("e1", note_recorded(), "2024-02-01"),
             corrected_to("e1", note_recorded(), "2024-03-03")});
  EXPECT_EQ(whole(story)[1].effective, day("2024-03-03"));
}

TEST(Timeline, KnowsWhenAnEventWasDecided) {
  const Story story = given({registered(), note_recorded(), corrected("e1", note_recorded())});
  const Timeline timeline = whole(story);
  EXPECT_EQ(timeline[0].decided_at, timeline[0].event->position);
  EXPECT_EQ(timeline[1].decided_at, timeline[1].event->position + 1);
}

TEST(Timeline, KeepsTheAmendmentsOfAnEvent) {
  const Story story = given({registered(), note_recorded(), corrected("e1", note_recorded()),
                             corrected("e1", note_recorded()), voided("e1")});
  const auto amended = amend(story.stream("participant/P1"));
  ASSERT_EQ(amended.size(), 2u);
  EXPECT_TRUE(amended[1].voided);
  Ids amendments;
  for (const auto& amendment : amended[1].amendments) amendments.push_back(amendment->event.id);
  EXPECT_EQ(amendments, (Ids{"e2", "e3", "e4"}));
}

TEST(Timeline, ForgetsWhatWasNotKnownYet) {
  const Story story =
      given({registered(), placement_started("p1"),
             corrected_to("e1", placement_started("p2"), "2024-02-01"), voided("e1")});
  const auto at = [&](std::uint64_t events) {
    return participant_timeline(story, story.size() - 4 + events);
  };
  EXPECT_EQ(ids(at(0)), Ids{});
  EXPECT_EQ(ids(at(1)), Ids{"e0"});
  EXPECT_EQ(placement_in(at(2)[1]), "p1");
  EXPECT_EQ(at(2)[1].effective, day("2024-03-01"));
  EXPECT_EQ(placement_in(at(3)[1]), "p2");
  EXPECT_EQ(ids(at(4)), Ids{"e0"});
}

TEST(Timeline, KnownAtASizeHasThePositionsBeforeIt) {
  const Story story = given({registered(), unit_renamed("U1"), note_recorded()});
  const Stream& stream = story.stream("participant/P1");
  const std::uint64_t first = stream[0]->position;
  EXPECT_EQ(known_at(stream, first).size(), 0u);
  EXPECT_EQ(known_at(stream, first + 1).size(), 1u);
  EXPECT_EQ(known_at(stream, first + 2).size(), 1u);  // The unit's event lies between.
  EXPECT_EQ(known_at(stream, first + 3).size(), 2u);
}

TEST(Timeline, UntilADayHasThatDay) {
  const Story story = given({registered().on("2024-01-01"), note_recorded().on("2024-03-01"),
                             note_recorded().on("2024-03-02")});
  const Timeline timeline = whole(story);
  EXPECT_EQ(until(timeline, day("2023-12-31")).size(), 0u);
  EXPECT_EQ(until(timeline, day("2024-03-01")).size(), 2u);
  EXPECT_EQ(until(timeline, day("2024-03-02")).size(), 3u);
}

}  // namespace
}  // namespace liggare::domain
