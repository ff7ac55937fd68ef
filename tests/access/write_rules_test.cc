// The whole table of who may write what, written down a second time and in another shape.
#include "access/write_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace liggare::access {
namespace {

using domain::EventType;

// Consultant, supervisor, lead, auditor, dpo, statistician, registrar, admin; y for a system that
// writes in its own name.
constexpr std::string_view table = R"(
unit.registered        ......ra .
unit.renamed           ......ra .
unit.moved             ......ra .
unit.closed            ......ra .
agreement.signed       ..l...r. .
agreement.amended      ..l...r. .
agreement.terminated   ..l...r. .
target.set             ..l...r. .
figure.published       ..l...r. .
ladder.published       ..l...r. .
notice.published       ....d.r. .
basis.adopted          ....d.r. .
policy.adopted         ..l...r. .
staff.registered       ......ra .
role.granted           .......a .
role.revoked           .......a .
incident.reported      csl.d.ra y
incident.notified      ....d... .
incident.closed        ....d... .
place.offered          ..l...r. .
place.withdrawn        ..l...r. .
participant.registered c.l...r. y
referral.received      c.l...r. y
referral.accepted      c.l...r. y
referral.declined      c.l...r. y
referral.withdrawn     c.l...r. y
enrolment.started      c.l..... y
enrolment.paused       c.l..... y
enrolment.resumed      c.l..... y
enrolment.transferred  c.l..... y
enrolment.ended        c.l..... y
consultant.assigned    ..l...r. y
consultant.released    c.l...r. y
mapping.recorded       c.l..... y
assessment.recorded    csl..... y
plan.created           c.l..... y
plan.revised           c.l..... y
plan.transferred       c.l..... y
plan.closed            c.l..... y
path.chosen            c.l..... y
criterion.assessed     csl..... y
step.completed         csl..... y
step.reopened          csl..... y
meeting.held           csl..... y
information.given      c.l..... y
consent.given          c.l..... y
consent.refused        c.l..... y
consent.withdrawn      c.l..... y
request.received       csl.d.ra y
request.answered       ....d.r. .
shield.set             c.l..... y
shield.lifted          c.l..... y
disclosure.made        c.l..... y
disclosure.refused     c.l..... y
placement.started      c.l..... y
placement.extended     c.l..... y
placement.ended        c.l..... y
outcome.recorded       c.l..... y
note.recorded          csl..... y
protection.set         ..l...r. .
protection.lifted      ..l...r. .
event.corrected        ........ .
event.voided           ........ .
ledger.sealed          ..la.sra .
ledger.key-rotated     .......a .
ledger.rolled-back     .......a .
ledger.restored        .......a .
report.published       ..la.sra .
retention.adopted      ....d.r. .
review.started         ..lad... .
review.marked          ..lad... .
review.closed          ..lad... .
hold.placed            ....d.r. .
hold.released          ....d.r. .
erasure.decided        ....d.r. .
erasure.executed       ....d.r. .
)";

constexpr auto roles = std::to_array({Role::consultant, Role::supervisor, Role::lead, Role::auditor,
                                      Role::dpo, Role::statistician, Role::registrar, Role::admin});

struct Line {
  std::string type;
  std::string writers;
  std::string system;
};

std::map<std::string, Line> lines() {
  std::map<std::string, Line> lines;
  std::istringstream text{std::string(table)};
  for (Line line; text >> line.type >> line.writers >> line.system;) lines[line.type] = line;
  return lines;
}

WriteRequest by(Role role, EventType type) {
  WriteRequest request;
  request.type = type;
  request.principal = request.actor = "staff/S1";
  request.roles = {role};
  request.second = {"staff/S2", {role}};
  return request;
}

WriteRequest void_by(Role role, EventType target) {
  WriteRequest request = by(role, EventType::event_voided);
  request.target_type = target;
  request.second.reset();
  return request;
}

TEST(WriteRules, HoldTheWholeTable) {
  const auto expected = lines();
  ASSERT_EQ(expected.size(), domain::event_type_count);
  for (std::size_t i = 0; i < domain::event_type_count; ++i) {
    const auto type = static_cast<EventType>(i);
    const Line& line = expected.at(std::string(name_of(type)));
    for (std::size_t place = 0; place < roles.size(); ++place) {
      const bool is_allowed = !judge(by(roles[place], type));
      EXPECT_EQ(is_allowed, line.writers[place] != '.') << line.type << " at " << place;
    }
    EXPECT_EQ(systems_write(type), line.system == "y") << line.type;
  }
}

TEST(WriteRules, DenyWhoHoldsNoRole) {
  WriteRequest request = by(Role::consultant, EventType::note_recorded);
  request.roles.clear();
  EXPECT_EQ(judge(request), WriteDenial::role_not_allowed);
}

TEST(WriteRules, JudgeAmendmentsByWhatTheyAmend) {
  EXPECT_EQ(judge(void_by(Role::consultant, EventType::plan_revised)), std::nullopt);
  EXPECT_EQ(judge(void_by(Role::supervisor, EventType::plan_revised)),
            WriteDenial::role_not_allowed);
}

TEST(WriteRules, LetStaffActAsThemselvesAlone) {
  WriteRequest request = by(Role::lead, EventType::note_recorded);
  request.actor = "staff/S9";
  EXPECT_EQ(judge(request), WriteDenial::in_another_name);
}

TEST(WriteRules, LetListedSystemsAloneNameStaff) {
  WriteRequest request = by(Role::lead, EventType::note_recorded);
  request.principal = "system/journal";
  EXPECT_EQ(judge(request), WriteDenial::unknown_principal);
  request.principal_is_relay = true;
  EXPECT_EQ(judge(request), std::nullopt);
  request.actor = "system/other";
  EXPECT_EQ(judge(request), WriteDenial::in_another_name);
}

TEST(WriteRules, LetListedSystemsWriteDailyWorkInTheirOwnName) {
  WriteRequest request;
  request.type = EventType::referral_received;
  request.principal = request.actor = "system/journal";
  request.principal_is_relay = true;
  EXPECT_EQ(judge(request), std::nullopt);
  request.type = EventType::request_answered;
  EXPECT_EQ(judge(request), WriteDenial::role_not_allowed);
}

TEST(WriteRules, TakeTwoForWhatGivesPowerAndWhatIsSaidOfHealthOrOffences) {
  for (const auto type :
       {EventType::role_granted, EventType::role_revoked, EventType::ledger_key_rotated,
        EventType::erasure_executed, EventType::protection_lifted}) {
    EXPECT_TRUE(takes_two(by(Role::admin, type))) << name_of(type);
    EXPECT_TRUE(takes_two(void_by(Role::admin, type))) << "void of " << name_of(type);
  }
  WriteRequest request = void_by(Role::consultant, EventType::note_recorded);
  EXPECT_FALSE(takes_two(request));
  request.touches_health_or_offence = true;
  EXPECT_TRUE(takes_two(request));
  request.type = EventType::note_recorded;
  request.target_type.reset();
  EXPECT_FALSE(takes_two(request));
}

TEST(WriteRules, LetOnePersonProtectAndTakeTwoToChangeAProtection) {
  WriteRequest request = by(Role::lead, EventType::protection_set);
  EXPECT_FALSE(takes_two(request));
  request.is_protected = true;
  EXPECT_TRUE(takes_two(request));
  EXPECT_TRUE(takes_two(void_by(Role::lead, EventType::protection_set)));
}

TEST(WriteRules, LetOnlyThoseNamedWriteOnAProtectedPerson) {
  WriteRequest request = by(Role::lead, EventType::note_recorded);
  request.is_protected = true;
  EXPECT_EQ(judge(request), WriteDenial::protected_person);
  request.is_listed = true;
  EXPECT_EQ(judge(request), std::nullopt);
}

TEST(WriteRules, WantASecondPersonWhoIsAnotherAndMayWriteItToo) {
  WriteRequest request = void_by(Role::consultant, EventType::note_recorded);
  request.touches_health_or_offence = true;
  EXPECT_EQ(judge(request), WriteDenial::second_person_missing);
  request.second = {"staff/S1", {Role::lead}};
  EXPECT_EQ(judge(request), WriteDenial::second_person_missing);
  request.second = {"staff/S2", {Role::statistician}};
  EXPECT_EQ(judge(request), WriteDenial::second_person_missing);
  request.second = {"staff/S2", {Role::lead}};
  EXPECT_EQ(judge(request), std::nullopt);
  request.principal = "system/journal";
  request.principal_is_relay = true;
  EXPECT_EQ(judge(request), std::nullopt);
  request.second = {"system/journal", {Role::lead}};
  EXPECT_EQ(judge(request), WriteDenial::second_person_missing);
}

}  // namespace
}  // namespace liggare::access
