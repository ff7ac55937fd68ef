// What is packed comes back whole: histories of every rule are also decided on it
// (tests/support/judged_twice.h).
#include "domain/packed_story.h"

#include <gtest/gtest.h>

#include <limits>

namespace liggare::test {
namespace {

using domain::JudgedTimeline;
using domain::pack;
using domain::unpack;

TEST(PackedStory, KeepsNumbersOfAnySize) {
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{127},
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    JudgedTimeline story;
    story.facts.plans["p"].revision = number;
    EXPECT_EQ(unpack(pack(story)).facts.plans.at("p").revision, number);
  }
}

TEST(PackedStory, KeepsDaysFromTheFirstToTheLast) {
  JudgedTimeline story;
  story.facts.registered = Day::first();
  story.facts.movements = {Day::first(), Day::last()};
  story.latest = Day::last();
  const JudgedTimeline back = unpack(pack(story));
  EXPECT_EQ(back.facts.registered, Day::first());
  EXPECT_EQ(back.facts.movements, story.facts.movements);
  EXPECT_EQ(back.latest, Day::last());
}

TEST(PackedStory, TellsNothingFromSomethingEmpty) {
  JudgedTimeline story;
  story.facts.path = "";
  story.facts.decided_erasures = {"", "health"};
  const JudgedTimeline back = unpack(pack(story));
  EXPECT_EQ(back.facts.path, "");
  EXPECT_EQ(back.facts.consultant, std::nullopt);
  EXPECT_EQ(back.facts.decided_erasures, story.facts.decided_erasures);
}

TEST(PackedStory, KeepsFactsWithinFactsByTheirIds) {
  JudgedTimeline story;
  domain::LadderFact& ladder = story.facts.ladders["l1"];
  ladder.standing.criteria["c1"] = domain::Colour::green;
  ladder.standing.completed_steps.emplace(2, Day::last());
  story.facts.ladders["l2"];
  const auto ladders = unpack(pack(story)).facts.ladders;
  ASSERT_EQ(ladders.size(), 2U);
  EXPECT_EQ(ladders.at("l1").standing.criteria, ladder.standing.criteria);
  EXPECT_EQ(ladders.at("l1").standing.completed_steps, ladder.standing.completed_steps);
  EXPECT_TRUE(ladders.at("l2").standing.criteria.empty());
}

TEST(PackedStory, TakesFewBytes) { EXPECT_LT(pack({}).size(), 40U); }

TEST(PackedStoryDeathTest, RefusesBytesThatAreCutShort) {
  JudgedTimeline story;
  story.facts.path = "path";
  std::string packed = pack(story);
  packed.pop_back();
  EXPECT_DEATH(static_cast<void>(unpack(packed)), "whole");
}

}  // namespace
}  // namespace liggare::test
