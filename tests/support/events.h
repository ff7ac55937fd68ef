// Events for stories, with what a test does not care about filled in.
//
// The town stands since 2020: units U1 and U2, staff S1 and S2, place PL1, agreement A1 with the
// lines L1 and L2, ladder L (step 1: c1 mandatory, c2 not; step 2: c3 mandatory), notice N1 and
// basis B1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/support/story.h"

namespace liggare::test {

using Text = std::string;
using OptionalText = std::optional<std::string>;

Story town();

// Units.
Sent unit_registered(const Text& id, OptionalText parent = {});
Sent unit_renamed(const Text& id);
Sent unit_moved(const Text& id, const Text& parent);
Sent unit_closed(const Text& id, OptionalText successor = {});

// Agreements, targets, definitions; ids A1, T1, F1, L, N1, B1 unless told otherwise.
Sent agreement_signed(const std::vector<Text>& lines = {"L1", "L2"});
Sent agreement_signed_for(const Text& from, const std::optional<Text>& to);
Sent agreement_amended(const Text& line);
Sent agreement_terminated(const Text& valid_to);
Sent target_set(const Text& from = "2024-01-01", const Text& to = "2024-12-31");
Sent target_set_for(const domain::Scope& scope);
Sent figure_published(const Text& from = "2024-01-01", const Text& to = "2024-12-31");
struct Rung {
  Text criterion;
  bool mandatory = true;
};
// The n-th list of rungs is step n.
Sent ladder_published(std::int64_t version, const std::vector<std::vector<Rung>>& steps);
Sent ladder_as_in_town();
Sent notice_published();
Sent basis_adopted(const Text& from = "2020-01-01", const std::optional<Text>& to = {});
Sent policy_adopted();

// Staff S1, incident I1, place PL1, review R1.
Sent staff_registered(const Text& id = "S1");
Sent role_granted(domain::Role role, OptionalText unit = {});
Sent role_revoked(domain::Role role, OptionalText unit = {});
Sent incident_reported(const Text& discovered = "2024-03-01");
Sent incident_notified();
Sent incident_closed();
Sent place_offered(const Text& id = "PL1");
Sent place_withdrawn(const Text& id = "PL1");
Sent review_started(const Text& from = "2024-01-01", const Text& to = "2024-01-31");
Sent review_marked();
Sent review_closed();

// Participant P1; registered since 2024-01-01 unless told otherwise.
Sent registered();
Sent referral_received(const Text& id);
Sent referral_accepted(const Text& id);
Sent referral_declined(const Text& id);
Sent referral_withdrawn(const Text& id);
Sent enrolment_started(const Text& id, OptionalText referral = {});
Sent enrolment_started_on(const Text& id, OptionalText agreement, OptionalText line);
Sent enrolment_paused(const Text& id);
Sent enrolment_resumed(const Text& id);
Sent enrolment_transferred(const Text& id, const Text& unit);
Sent enrolment_ended(const Text& id);
Sent outcome_recorded(const Text& enrolment);
Sent consultant_assigned(const Text& staff);
Sent consultant_released(const Text& staff);
Sent mapping_recorded(OptionalText consent = {});
Sent assessment_recorded(const std::vector<Text>& indicators);
Sent plan_created(const Text& id, const Text& owner = "U1");
Sent plan_revised(const Text& id, std::int64_t revision, const Text& by = "U1");
Sent plan_transferred(const Text& id, const Text& owner);
Sent plan_closed(const Text& id);
Sent path_chosen(const Text& path);
Sent criterion_assessed(const Text& criterion, domain::Colour state = domain::Colour::green);
Sent step_completed(std::int64_t step);
Sent step_reopened(std::int64_t step);
Sent meeting_held(const std::vector<Text>& consents = {}, const Text& attendee = "U1");
Sent information_given(const Text& notice = "N1");
Sent consent_given(const Text& id, const std::optional<Text>& valid_to = {});
Sent consent_refused(const Text& recipient = "U1");
Sent consent_withdrawn(const Text& id);
Sent request_received(const Text& id);
Sent request_answered(const Text& id);
Sent shield_set(const Text& id, const Text& against = "U1");
Sent shield_lifted(const Text& id);
Sent disclosure_made(const Text& id, const std::optional<domain::BasisReference>& basis = {});
Sent disclosure_refused(OptionalText provision = {});
Sent protection_set(const Text& staff = "S1");
Sent protection_lifted();
Sent placement_started(const Text& id, const Text& place = "PL1");
Sent placement_started_on(const Text& id, OptionalText agreement, OptionalText line);
Sent placement_extended(const Text& id, const Text& planned_end = "2025-01-01");
Sent placement_ended(const Text& id);
Sent note_recorded();
Sent hold_placed(const Text& id);
Sent hold_released(const Text& id);
Sent erasure_decided(const std::vector<PersonalClass>& classes);
Sent erasure_decided_of(const std::vector<Text>& events);
Sent erasure_executed(const std::vector<PersonalClass>& classes);
Sent erasure_executed_of(const std::vector<Text>& events);

}  // namespace liggare::test
