#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace liggare::domain {
namespace {

using namespace liggare::test;
using enum RejectionCode;

TEST(Notice, IsPublishedOnce) {
  given({}).when(notice_published()).then_rejected(already_exists, "t-N1");
  given_only({}).when(notice_published()).then_accepted();
}

TEST(Basis, IsAdoptedOnce) {
  given({}).when(basis_adopted()).then_rejected(already_exists, "t-B1");
}

TEST(Basis, EndsNoEarlierThanItBegins) {
  const Story story = given_only({});
  story.when(basis_adopted("2024-01-02", "2024-01-01")).then_rejected(invalid_span);
  story.when(basis_adopted("2024-01-02", "2024-01-02")).then_accepted();
}

TEST(Policy, IsAdoptedAnyNumberOfTimes) {
  given_only({policy_adopted()}).when(policy_adopted()).then_accepted();
}

TEST(Staff, IsRegisteredFirstAndOnce) {
  given({}).when(staff_registered()).then_rejected(already_exists, "t-S1");
  given_only({}).when(role_granted(Role::lead)).then_rejected(unknown_reference, "staff/S1");
}

TEST(StaffRole, IsRevokedOnlyWhenHeld) {
  Story story = given({role_granted(Role::lead)});
  story.when(role_revoked(Role::auditor)).then_rejected(unknown_reference);
  story.when(role_revoked(Role::lead)).then_accepted();
  story.given(role_revoked(Role::lead));
  story.when(role_revoked(Role::lead)).then_rejected(unknown_reference);
}

TEST(StaffRole, IsHeldForAUnit) {
  const Story story = given({role_granted(Role::lead, "U1")});
  story.when(role_revoked(Role::lead, "U2")).then_rejected(unknown_reference);
  story.when(role_revoked(Role::lead)).then_rejected(unknown_reference);
  story.when(role_revoked(Role::lead, "U1")).then_accepted();
}

TEST(StaffRole, IsNotHeldBeforeItWasGranted) {
  given({role_granted(Role::lead)})
      .when(role_revoked(Role::lead).on("2024-02-29"))
      .then_rejected(unknown_reference);
}

TEST(Incident, IsReportedFirstAndOnce) {
  given({incident_reported()}).when(incident_reported()).then_rejected(already_exists, "e0");
  given({}).when(incident_notified()).then_rejected(unknown_reference, "incident/I1");
  given({}).when(incident_closed()).then_rejected(unknown_reference, "incident/I1");
}

TEST(Incident, IsNotifiedAnyNumberOfTimesUntilItIsClosed) {
  Story story = given({incident_reported(), incident_notified()});
  story.when(incident_notified()).then_accepted();
  story.given(incident_closed());
  story.when(incident_notified()).then_rejected(already_ended);
  story.when(incident_closed()).then_rejected(already_ended);
  story.when(incident_notified().on("2024-02-29")).then_rejected(unknown_reference);
}

TEST(Incident, MayBeDiscoveredOnAnyDay) {
  given({}).when(incident_reported("2040-01-01")).then_accepted();
  given({}).when(incident_reported("1999-01-01")).then_accepted();
}

TEST(Place, IsOfferedFirstAndOnce) {
  given({}).when(place_offered()).then_rejected(already_exists, "t-PL1");
  given({}).when(place_withdrawn("PL9")).then_rejected(unknown_reference, "place/PL9");
}

TEST(Place, IsWithdrawnOnce) {
  Story story = given({});
  story.when(place_withdrawn().on("2019-12-31")).then_rejected(unknown_reference);
  story.given(place_withdrawn()).when(place_withdrawn()).then_rejected(already_ended, "e0");
}

}  // namespace
}  // namespace liggare::domain
