#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

void expect_unknown(const Sent& sent, std::string_view detail) {
  given({registered()}).when(sent).then_rejected(unknown_reference, detail);
}

// Everything that contract P7 names as checked.
TEST(References, ToUnitsMustExist) {
  expect_unknown(unit_registered("U9", "X"), "$.data.parent: unit/X");
  expect_unknown(unit_moved("U1", "X"), "$.data.parent: unit/X");
  expect_unknown(unit_closed("U1", "X"), "$.data.successor: unit/X");
  expect_unknown(role_granted(Role::lead, "X"), "$.data.unit: unit/X");
  expect_unknown(role_revoked(Role::lead, "X"), "$.data.unit: unit/X");
  expect_unknown(Sent(StaffRegistered{"X"}).about("staff/S9"), "$.data.unit: unit/X");
  expect_unknown(Sent(PlaceOffered{"X", {}, {}, {}, {}}).about("place/PL9"),
                 "$.data.administration: unit/X");
  expect_unknown(target_set_for({std::nullopt, std::nullopt, "X"}),
                 "$.data.scope.administration: unit/X");
  expect_unknown(
      Sent(ReviewStarted{Day::first(), Day::last(), "X", "s", {}, {}}).about("review/R9"),
      "$.data.unit: unit/X");
}

TEST(References, OfAnAgreementMustExist) {
  AgreementSigned data{"Agreement", {"U1", "X"}, Day::first(), std::nullopt, {}};
  expect_unknown(Sent(data).about("agreement/A9"), "$.data.parties[1]: unit/X");
  data.parties = {};
  data.lines = {{"L1", "osa", "U1", 1}, {"L2", "osa", "X", 1}};
  expect_unknown(Sent(data).about("agreement/A9"), "$.data.lines[1].unit: unit/X");
}

TEST(References, OfAParticipantMustExist) {
  expect_unknown(Sent(ReferralReceived{"r1", ReferralSource::self, "osa", "X"}),
                 "$.data.unit: unit/X");
  expect_unknown(enrolment_started_on("n1", "X", std::nullopt), "$.data.agreement: agreement/X");
  expect_unknown(placement_started_on("p1", "X", "L1"), "$.data.agreement: agreement/X");
  expect_unknown(placement_started("p1", "X"), "$.data.place: place/X");
  expect_unknown(enrolment_transferred("n1", "X"), "$.data.unit: unit/X");
  expect_unknown(consultant_assigned("X"), "$.data.staff: staff/X");
  expect_unknown(consultant_released("X"), "$.data.staff: staff/X");
  expect_unknown(plan_created("k1", "X"), "$.data.owner: unit/X");
  expect_unknown(plan_revised("k1", 2, "X"), "$.data.by: unit/X");
  expect_unknown(plan_transferred("k1", "X"), "$.data.owner: unit/X");
  expect_unknown(meeting_held({}, "X"), "$.data.attendees[0].unit: unit/X");
}

TEST(References, OfConsentsAndDisclosuresMustExist) {
  ConsentGiven consent;
  consent.consent = "c1";
  consent.notice = "X";
  expect_unknown(Sent(consent), "$.data.notice: notice/X");
  consent.notice.reset();
  consent.recipients = {"U1", "X"};
  expect_unknown(Sent(consent), "$.data.recipients[1]: unit/X");
  expect_unknown(consent_refused("X"), "$.data.recipients[0]: unit/X");
  expect_unknown(information_given("X"), "$.data.notice: notice/X");
  expect_unknown(shield_set("s1", "X"), "$.data.against: unit/X");
  expect_unknown(Sent(DisclosureMade{"d1", "X", {}, "p", {}, {}}), "$.data.recipient: unit/X");
  expect_unknown(Sent(DisclosureRefused{"X", "p", {}}), "$.data.recipient: unit/X");
  expect_unknown(protection_set("X"), "$.data.staff[0]: staff/X");
}

TEST(References, ToALadderMustExist) {
  expect_unknown(Sent(CriterionAssessed{"X", "c1", Colour::red, {}}), "$.data.ladder: ladder/X");
  expect_unknown(Sent(StepCompleted{"X", 1}), "$.data.ladder: ladder/X");
  expect_unknown(Sent(StepReopened{"X", 1, "r"}), "$.data.ladder: ladder/X");
}

// And what it names as not checked.
TEST(References, AreNotLookedForElsewhere) {
  const Story story = given({registered()});
  story.when(mapping_recorded()).then_accepted();
  story.when(path_chosen("no-such-path")).then_accepted();
  story.when(disclosure_refused("no-such-basis")).then_accepted();
  story.when(Sent(PlaceOffered{"U1", "No such workplace", {}, {}, {}}).about("place/PL9"))
      .then_accepted();
  story.when(Sent(NoticePublished{"sv", {}, {}, {"No such unit"}, "Ever", "d"}).about("notice/N9"))
      .then_accepted();
}

TEST(References, ToAStreamOfAnotherKindDoNotCount) {
  expect_unknown(placement_started("p1", "U1"), "$.data.place: place/U1");
}

}  // namespace
}  // namespace liggare::domain
