// Log review: sampling and rules (access/review.h).
#include "access/review.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "tests/support/events.h"

namespace liggare::access {
namespace {

using namespace liggare::test;
using enum ReviewGround;
using Grounds = std::vector<ReviewGround>;

Instant instant(std::string_view text) { return parse_rfc3339(text)->instant; }

// A Tuesday, at ten by the ledger's clock.
constexpr std::string_view office_hours = "2026-11-24T08:00:00Z";

ReviewEntry look(std::int64_t number, std::string_view when = office_hours) {
  ReviewEntry entry;
  entry.number = number;
  entry.record.recorded = instant(when);
  entry.record.who = "staff/S1";
  entry.record.role = Role::consultant;
  entry.record.subject = "participant/P1";
  return entry;
}
std::vector<ReviewEntry> looks(std::int64_t count) {
  std::vector<ReviewEntry> entries;
  for (std::int64_t i = 0; i < count; ++i) entries.push_back(look(i));
  return entries;
}
const Draw by_rule_alone{"s", 0};

Grounds grounds_of(const ReviewEntry& entry) {
  const auto drawn = draw(std::vector{entry}, by_rule_alone);
  return drawn.empty() ? Grounds() : drawn.front().grounds;
}
std::vector<std::int64_t> numbers(const std::vector<Drawn>& drawn) {
  std::vector<std::int64_t> list;
  for (const Drawn& each : drawn) list.push_back(each.number);
  return list;
}

TEST(Draw, TakesTheShareRoundedUp) {
  EXPECT_EQ(draw(looks(100), {"s", 500}).size(), 5U);
  EXPECT_EQ(draw(looks(101), {"s", 500}).size(), 6U);
  EXPECT_EQ(draw(looks(3), {"s", 10'000}).size(), 3U);
  EXPECT_EQ(draw(looks(3), by_rule_alone).size(), 0U);
  EXPECT_EQ(draw({}, {"s", 500}).size(), 0U);
}

TEST(Draw, TakesTheLowestHashesOfSeedAndNumber) {
  std::vector<std::pair<std::string, std::int64_t>> order;
  for (std::int64_t i = 0; i < 40; ++i) {
    const auto hash = sha256({"seed:" + std::to_string(i)});
    order.emplace_back(hash.view(), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::int64_t> expected = {order[0].second, order[1].second};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(numbers(draw(looks(40), {"seed", 500})), expected);
}

TEST(Draw, IsTheSameForTheSameSeedAndAnotherForAnother) {
  auto entries = looks(200);
  const auto first = draw(entries, {"seed", 500});
  std::reverse(entries.begin(), entries.end());
  EXPECT_EQ(draw(entries, {"seed", 500}), first);
  EXPECT_NE(draw(entries, {"other", 500}), first);
}

TEST(Draw, TakesWhatHasNoRelationIsProtectedOrBrokeTheGlass) {
  ReviewEntry entry = look(1);
  EXPECT_EQ(grounds_of(entry), Grounds());
  entry.has_relation = false;
  entry.is_protected = true;
  entry.record.break_glass = "opening";
  EXPECT_EQ(grounds_of(entry), (Grounds{no_relation, protected_person, break_glass}));
  ReviewEntry opening = look(2);
  opening.record.action = Action::break_glass;
  EXPECT_EQ(grounds_of(opening), Grounds{break_glass});
}

// 06–20 by the ledger's day, which is two hours ahead of UTC.
TEST(Draw, TakesOffHoursByTheLedgersDay) {
  const auto at = [](std::string_view when) { return grounds_of(look(1, when)); };
  EXPECT_EQ(at("2026-11-24T03:59:59Z"), Grounds{off_hours});
  EXPECT_EQ(at("2026-11-24T04:00:00Z"), Grounds());
  EXPECT_EQ(at("2026-11-24T17:59:59Z"), Grounds());
  EXPECT_EQ(at("2026-11-24T18:00:00Z"), Grounds{off_hours});
  EXPECT_EQ(at("2026-11-27T08:00:00Z"), Grounds());           // Friday.
  EXPECT_EQ(at("2026-11-28T08:00:00Z"), Grounds{off_hours});  // Saturday.
  EXPECT_EQ(at("2026-11-29T08:00:00Z"), Grounds{off_hours});
  EXPECT_EQ(at("2026-11-29T21:59:59Z"), Grounds{off_hours});
  EXPECT_EQ(at("2026-11-30T04:00:00Z"), Grounds());  // Monday.
}

// 100 days of readers: 99 with one entry and one with many. The p99 by nearest rank is 1.
TEST(Draw, TakesDaysOverTheNinetyNinthPercentileOfTheRole) {
  std::vector<ReviewEntry> entries;
  for (std::int64_t i = 0; i < 99; ++i) {
    entries.push_back(look(i));
    entries.back().record.who = "staff/S" + std::to_string(i);
  }
  for (std::int64_t i = 99; i < 102; ++i) {
    entries.push_back(look(i));
    entries.back().record.who = "staff/busy";
  }
  EXPECT_EQ(numbers(draw(entries, by_rule_alone)), (std::vector<std::int64_t>{99, 100, 101}));
  EXPECT_EQ(draw(entries, by_rule_alone).front().grounds, Grounds{volume});
  // Another role's busy day says nothing of this one.
  for (std::size_t i = 99; i < 102; ++i) entries[i].record.role = Role::dpo;
  EXPECT_EQ(draw(entries, by_rule_alone), std::vector<Drawn>());
  // With fewer than a hundred days the p99 is the busiest.
  entries.erase(entries.begin());
  for (std::size_t i = 98; i < 101; ++i) entries[i].record.role = Role::consultant;
  EXPECT_EQ(draw(entries, by_rule_alone), std::vector<Drawn>());
}

TEST(Look, IsEverythingButWritesAndWhatCarriesYearsOn) {
  const auto is_one = [](Action action) {
    Record record;
    record.action = action;
    return is_look(record);
  };
  for (const Action action : {Action::read, Action::print, Action::export_copy, Action::search,
                              Action::disclose, Action::break_glass, Action::disclose_keys}) {
    EXPECT_TRUE(is_one(action));
  }
  for (const Action action :
       {Action::refused_write, Action::approve, Action::carry_on, Action::drop_year}) {
    EXPECT_FALSE(is_one(action));
  }
}

// Whether S1 has to do with P1 on a day.
bool related(const Story& story, std::string_view on) {
  return had_relation("S1", domain::timeline_of(story.stream("staff/S1")),
                      domain::timeline_of(story.stream("participant/P1")), day(on));
}

TEST(Relation, OfAConsultantLastsThirtyDaysAroundTheAssignment) {
  const Story story =
      given({registered().on("2024-01-01"), consultant_assigned("S1").on("2024-03-01"),
             consultant_assigned("S2").on("2024-04-01")});
  EXPECT_FALSE(related(story, "2024-01-30"));
  EXPECT_TRUE(related(story, "2024-01-31"));
  EXPECT_TRUE(related(story, "2024-03-15"));
  EXPECT_TRUE(related(story, "2024-05-01"));
  EXPECT_FALSE(related(story, "2024-05-02"));
}

TEST(Relation, OfAConsultantEndsWithTheRelease) {
  const Story story =
      given({registered().on("2024-01-01"), consultant_assigned("S1").on("2024-03-01"),
             consultant_released("S1").on("2024-04-01")});
  EXPECT_TRUE(related(story, "2024-05-01"));
  EXPECT_FALSE(related(story, "2024-05-02"));
}

TEST(Relation, OfARoleEndsWhereItIsRevoked) {
  const Story story =
      given({registered().on("2024-01-01"), role_granted(Role::supervisor, "U1").on("2024-01-01"),
             role_granted(Role::lead, "U2").on("2024-01-01"),
             role_revoked(Role::supervisor, "U1").on("2024-04-01"),
             enrolment_started("e1").on("2024-03-01")});
  EXPECT_TRUE(related(story, "2024-05-01"));
  EXPECT_FALSE(related(story, "2024-05-02"));
}

TEST(Relation, IsAlsoThatOfARoleAtAUnitOfAnEnrolment) {
  const auto story_with = [](const Sent& role) {
    return given({registered().on("2024-01-01"), role, enrolment_started("e1").on("2024-03-01"),
                  enrolment_transferred("e1", "U2").on("2024-04-01"),
                  enrolment_ended("e1").on("2024-06-01")});
  };
  const Story at_first = story_with(role_granted(Role::supervisor, "U1").on("2024-01-01"));
  EXPECT_FALSE(related(at_first, "2024-01-30"));
  EXPECT_TRUE(related(at_first, "2024-05-01"));
  EXPECT_FALSE(related(at_first, "2024-05-02"));
  const Story at_second = story_with(role_granted(Role::supervisor, "U2").on("2024-01-01"));
  EXPECT_FALSE(related(at_second, "2024-03-01"));
  EXPECT_TRUE(related(at_second, "2024-07-01"));
  EXPECT_FALSE(related(at_second, "2024-07-02"));
  const Story nowhere = story_with(role_granted(Role::supervisor).on("2024-01-01"));
  EXPECT_FALSE(related(nowhere, "2024-03-15"));
}

TEST(Protection, IsThatOfTheDay) {
  const Story story = given({registered().on("2024-01-01"), protection_set().on("2024-03-01"),
                             protection_lifted().on("2024-05-01")});
  const auto timeline = domain::timeline_of(story.stream("participant/P1"));
  EXPECT_FALSE(was_protected(timeline, day("2024-02-29")));
  EXPECT_TRUE(was_protected(timeline, day("2024-03-01")));
  EXPECT_FALSE(was_protected(timeline, day("2024-05-01")));
}

}  // namespace
}  // namespace liggare::access
