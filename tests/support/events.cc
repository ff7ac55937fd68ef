#include "tests/support/events.h"

namespace liggare::test {
namespace {

using namespace domain;

constexpr std::string_view some_digest =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::optional<Day> optional_day(const std::optional<Text>& text) {
  if (!text) return std::nullopt;
  return day(*text);
}

}  // namespace

Story town() {
  Story story;
  const auto build = [&](const Sent& sent, std::string_view id) {
    story.given(sent.as(id).on("2020-01-01"));
  };
  build(unit_registered("U1"), "t-U1");
  build(unit_registered("U2"), "t-U2");
  build(staff_registered("S1"), "t-S1");
  build(staff_registered("S2"), "t-S2");
  build(place_offered("PL1"), "t-PL1");
  build(agreement_signed(), "t-A1");
  build(ladder_as_in_town(), "t-L");
  build(notice_published(), "t-N1");
  build(basis_adopted(), "t-B1");
  story.number_from_here();
  return story;
}

Sent unit_registered(const Text& id, OptionalText parent) {
  return Sent(UnitRegistered{"Unit " + id, UnitKind::unit, std::move(parent), std::nullopt})
      .about("unit/" + id);
}
Sent unit_renamed(const Text& id) { return Sent(UnitRenamed{"New name"}).about("unit/" + id); }
Sent unit_moved(const Text& id, const Text& parent) {
  return Sent(UnitMoved{parent}).about("unit/" + id);
}
Sent unit_closed(const Text& id, OptionalText successor) {
  return Sent(UnitClosed{std::move(successor)}).about("unit/" + id);
}

Sent agreement_signed(const std::vector<Text>& lines) {
  AgreementSigned data{"Agreement", {"U1"}, day("2020-01-01"), std::nullopt, {}};
  for (const Text& line : lines) data.lines.push_back({line, "osa", std::nullopt, 5});
  return Sent(data).about("agreement/A1");
}
Sent agreement_signed_for(const Text& from, const std::optional<Text>& to) {
  return Sent(AgreementSigned{"Agreement", {}, day(from), optional_day(to), {}})
      .about("agreement/A1");
}
Sent agreement_amended(const Text& line) {
  return Sent(AgreementAmended{line, 7}).about("agreement/A1");
}
Sent agreement_terminated(const Text& valid_to) {
  return Sent(AgreementTerminated{day(valid_to)}).about("agreement/A1");
}
Sent target_set(const Text& from, const Text& to) {
  return Sent(TargetSet{Measure::referrals,
                        {true, std::nullopt, std::nullopt},
                        day(from),
                        day(to),
                        10,
                        std::nullopt,
                        std::nullopt})
      .about("target/T1");
}
Sent target_set_for(const Scope& scope) {
  return Sent(TargetSet{Measure::realised_places, scope, day("2024-01-01"), day("2024-12-31"), 10,
                        std::nullopt, std::nullopt})
      .about("target/T1");
}
Sent figure_published(const Text& from, const Text& to) {
  return Sent(FigurePublished{"Report",
                              "1",
                              Measure::referrals,
                              {true, std::nullopt, std::nullopt},
                              day(from),
                              day(to),
                              10,
                              std::nullopt})
      .about("publication/F1");
}
Sent ladder_published(std::int64_t version, const std::vector<std::vector<Rung>>& steps) {
  LadderPublished data{version, {}, {}};
  for (const std::vector<Rung>& rungs : steps) {
    LadderStep& step = data.steps.emplace_back();
    step.step = static_cast<std::int64_t>(data.steps.size());
    for (const Rung& rung : rungs)
      step.criteria.push_back({rung.criterion, "Text", rung.mandatory});
  }
  return Sent(data).about("ladder/L");
}
Sent ladder_as_in_town() { return ladder_published(1, {{{"c1"}, {"c2", false}}, {{"c3"}}}); }
Sent notice_published() {
  return Sent(NoticePublished{"sv", {}, {}, {}, "Two years", Text(some_digest)}).about("notice/N1");
}
Sent basis_adopted(const Text& from, const std::optional<Text>& to) {
  return Sent(BasisAdopted{"OSL 26:9", {}, {}, {}, day(from), optional_day(to)}).about("basis/B1");
}
Sent policy_adopted() {
  PolicyAdopted data;
  data.parameters.months = 12;
  return Sent(data).about("policy/ledger");
}

Sent staff_registered(const Text& id) { return Sent(StaffRegistered{"U1"}).about("staff/" + id); }
Sent role_granted(Role role, OptionalText unit) {
  return Sent(RoleGranted{role, std::move(unit)}).about("staff/S1");
}
Sent role_revoked(Role role, OptionalText unit) {
  return Sent(RoleRevoked{role, std::move(unit)}).about("staff/S1");
}
Sent incident_reported(const Text& discovered) {
  return Sent(IncidentReported{day(discovered), {}, 0}).about("incident/I1");
}
Sent incident_notified() {
  return Sent(IncidentNotified{NotifiedParty::authority}).about("incident/I1");
}
Sent incident_closed() { return Sent(IncidentClosed{}).about("incident/I1"); }
Sent place_offered(const Text& id) {
  PlaceOffered data;
  data.administration = "U1";
  return Sent(data).about("place/" + id);
}
Sent place_withdrawn(const Text& id) { return Sent(PlaceWithdrawn{}).about("place/" + id); }
Sent review_started(const Text& from, const Text& to) {
  return Sent(ReviewStarted{day(from), day(to), std::nullopt, "seed", {}, {}}).about("review/R1");
}
Sent review_marked() { return Sent(ReviewMarked{0, Verdict::ok, std::nullopt}).about("review/R1"); }
Sent review_closed() { return Sent(ReviewClosed{}).about("review/R1"); }

Sent registered() { return Sent(ParticipantRegistered{}).on("2024-01-01"); }
Sent referral_received(const Text& id) {
  return Sent(ReferralReceived{id, ReferralSource::self, "osa", std::nullopt});
}
Sent referral_accepted(const Text& id) { return Sent(ReferralAccepted{id, std::nullopt}); }
Sent referral_declined(const Text& id) { return Sent(ReferralDeclined{id, std::nullopt}); }
Sent referral_withdrawn(const Text& id) { return Sent(ReferralWithdrawn{id, std::nullopt}); }
Sent enrolment_started(const Text& id, OptionalText referral) {
  return Sent(EnrolmentStarted{id, "osa", "U1", std::move(referral), std::nullopt, std::nullopt});
}
Sent enrolment_started_on(const Text& id, OptionalText agreement, OptionalText line) {
  return Sent(
      EnrolmentStarted{id, "osa", "U1", std::nullopt, std::move(agreement), std::move(line)});
}
Sent enrolment_paused(const Text& id) { return Sent(EnrolmentPaused{id, std::nullopt}); }
Sent enrolment_resumed(const Text& id) { return Sent(EnrolmentResumed{id, std::nullopt}); }
Sent enrolment_transferred(const Text& id, const Text& unit) {
  return Sent(EnrolmentTransferred{id, unit});
}
Sent enrolment_ended(const Text& id) { return Sent(EnrolmentEnded{id, Outcome::studies}); }
Sent outcome_recorded(const Text& enrolment) {
  return Sent(OutcomeRecorded{enrolment, FollowUp::day90, Outcome::studies});
}
Sent consultant_assigned(const Text& staff) { return Sent(ConsultantAssigned{staff}); }
Sent consultant_released(const Text& staff) { return Sent(ConsultantReleased{staff}); }
Sent mapping_recorded(OptionalText consent) {
  return Sent(MappingRecorded{"skola", std::move(consent)});
}
Sent assessment_recorded(const std::vector<Text>& indicators) {
  AssessmentRecorded data{"BIP", "2", Respondent::participant, {}};
  for (const Text& indicator : indicators) data.scores.push_back({indicator, 3});
  return Sent(data);
}
Sent plan_created(const Text& id, const Text& owner) {
  return Sent(PlanCreated{id, PlanKind::iup, owner});
}
Sent plan_revised(const Text& id, std::int64_t revision, const Text& by) {
  return Sent(PlanRevised{id, revision, by, true});
}
Sent plan_transferred(const Text& id, const Text& owner) {
  return Sent(PlanTransferred{id, owner});
}
Sent plan_closed(const Text& id) { return Sent(PlanClosed{id}); }
Sent path_chosen(const Text& path) { return Sent(PathChosen{path, Chooser::participant}); }
Sent criterion_assessed(const Text& criterion, Colour state) {
  return Sent(CriterionAssessed{"L", criterion, state, std::nullopt});
}
Sent step_completed(std::int64_t step) { return Sent(StepCompleted{"L", step}); }
Sent step_reopened(std::int64_t step) { return Sent(StepReopened{"L", step, "relapse"}); }
Sent meeting_held(const std::vector<Text>& consents, const Text& attendee) {
  return Sent(MeetingHeld{MeetingKind::mi, {{attendee, "leader"}}, {}, consents});
}
Sent information_given(const Text& notice) { return Sent(InformationGiven{notice, Channel::oral}); }
Sent consent_given(const Text& id, const std::optional<Text>& valid_to) {
  ConsentGiven data;
  data.consent = id;
  data.purpose = "coordination";
  data.recipients = {"U2"};
  data.valid_to = optional_day(valid_to);
  return Sent(data);
}
Sent consent_refused(const Text& recipient) {
  return Sent(ConsentRefused{"coordination", {recipient}});
}
Sent consent_withdrawn(const Text& id) { return Sent(ConsentWithdrawn{id}); }
Sent request_received(const Text& id) { return Sent(RequestReceived{id, RequestKind::access}); }
Sent request_answered(const Text& id) { return Sent(RequestAnswered{id, RequestOutcome::granted}); }
Sent shield_set(const Text& id, const Text& against) {
  return Sent(ShieldSet{id, against, {DataCategory::health}});
}
Sent shield_lifted(const Text& id) { return Sent(ShieldLifted{id}); }
Sent disclosure_made(const Text& id, const std::optional<BasisReference>& basis) {
  return Sent(DisclosureMade{id, "U2", {}, "coordination", DisclosureForm::oral, basis});
}
Sent disclosure_refused(OptionalText provision) {
  return Sent(DisclosureRefused{"U2", "coordination", std::move(provision)});
}
Sent protection_set(const Text& staff) {
  return Sent(ProtectionSet{ProtectionMark::confidentiality, {staff}});
}
Sent protection_lifted() { return Sent(ProtectionLifted{}); }
Sent placement_started(const Text& id, const Text& place) {
  PlacementStarted data;
  data.placement = id;
  data.place = place;
  return Sent(data);
}
Sent placement_started_on(const Text& id, OptionalText agreement, OptionalText line) {
  return Sent(PlacementStarted{id, "PL1", PlacementKind::osa, std::nullopt, std::move(agreement),
                               std::move(line)});
}
Sent placement_extended(const Text& id, const Text& planned_end) {
  return Sent(PlacementExtended{id, day(planned_end), ExtensionReason::other});
}
Sent placement_ended(const Text& id) { return Sent(PlacementEnded{id, EndCause::completed}); }
Sent note_recorded() { return Sent(NoteRecorded{}); }
Sent hold_placed(const Text& id) {
  return Sent(HoldPlaced{id, {PersonalClass::health}, "dispute"});
}
Sent hold_released(const Text& id) { return Sent(HoldReleased{id}); }
Sent erasure_decided(const std::vector<PersonalClass>& classes) {
  return Sent(ErasureDecided{classes, std::nullopt, ErasureReason::art17, "D1"});
}
Sent erasure_decided_of(const std::vector<Text>& events) {
  return Sent(ErasureDecided{std::nullopt, events, ErasureReason::art17, "D1"});
}
Sent erasure_executed(const std::vector<PersonalClass>& classes) {
  return Sent(ErasureExecuted{classes, std::nullopt, 1, Text(some_digest)});
}
Sent erasure_executed_of(const std::vector<Text>& events) {
  return Sent(ErasureExecuted{std::nullopt, events, 1, Text(some_digest)});
}

}  // namespace liggare::test
