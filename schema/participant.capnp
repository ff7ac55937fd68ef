# What happens to a participant: the second table of contract.md section 3, but for event.corrected
# and event.voided, which concern every stream and stand in event.capnp.
#
# Everything here is structural: ids, codes, days and enumerations, no free text. What is personal
# travels sealed in EventRecord.personal. "Optional" fields may be absent: null, `unset` or 0;
# schema/README.md says which. Days are YYYYMMDD.
@0xba3ee6a32ae981fe;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("liggare::schema");

using Types = import "types.capnp";

enum Sex {
  unset @0;
  female @1;
  male @2;
}

struct ParticipantRegistered {
  # participant.registered: first by position, and only once.
  birthYear @0 :UInt16;  # 1900–2100, optional.
  sex @1 :Sex;           # Optional.
  language @2 :Text;     # Code, optional.
}

enum ReferralSource {
  unset @0;
  arbetsformedlingen @1;
  socialServices @2;
  kaa @3;
  jobAndKnowledgeSquare @4;
  self @5;
  other @6;
}

struct ReferralReceived {
  # referral.received: introduces a referral.
  referral @0 :Text;
  source @1 :ReferralSource;
  programme @2 :Text;  # Code.
  unit @3 :Text;       # Unit id, optional.
}

struct ReferralAccepted {
  # referral.accepted: one decision for each referral.
  referral @0 :Text;
  reason @1 :Text;  # Code, optional.
}

struct ReferralDeclined {
  # referral.declined: one decision for each referral.
  referral @0 :Text;
  reason @1 :Text;  # Code, optional.
}

struct ReferralWithdrawn {
  # referral.withdrawn: one decision for each referral.
  referral @0 :Text;
  reason @1 :Text;  # Code, optional.
}

struct EnrolmentStarted {
  # enrolment.started: introduces an enrolment; a line requires its agreement.
  enrolment @0 :Text;
  programme @1 :Text;  # Code.
  unit @2 :Text;       # Unit id.
  referral @3 :Text;   # Optional.
  agreement @4 :Text;  # Optional.
  line @5 :Text;       # Optional.
}

struct EnrolmentPaused {
  # enrolment.paused: only an active one.
  enrolment @0 :Text;
  reason @1 :Text;  # Code, optional.
}

struct EnrolmentResumed {
  # enrolment.resumed: only a paused one.
  enrolment @0 :Text;
  reason @1 :Text;  # Code, optional.
}

struct EnrolmentTransferred {
  # enrolment.transferred: not after the end.
  enrolment @0 :Text;
  unit @1 :Text;  # Unit id.
}

struct EnrolmentEnded {
  # enrolment.ended: once.
  enrolment @0 :Text;
  outcome @1 :Types.Outcome;
}

struct ConsultantAssigned {
  # consultant.assigned: one at a time; assigning replaces.
  staff @0 :Text;  # Staff id.
}

struct ConsultantReleased {
  # consultant.released: only who is assigned.
  staff @0 :Text;  # Staff id.
}

struct MappingRecorded {
  # mapping.recorded
  source @0 :Text;   # Code.
  consent @1 :Text;  # Optional.
}

enum Respondent {
  unset @0;
  participant @1;
  handler @2;
}

struct AssessmentRecorded {
  # assessment.recorded: an indicator once; scores 1–5 for instrument BIP.
  instrument @0 :Text;         # Code.
  instrumentVersion @1 :Text;  # Code.
  respondent @2 :Respondent;
  scores @3 :List(IndicatorScore);
}

struct IndicatorScore {
  indicator @0 :Text;
  score @1 :Int64;
}

enum PlanKind {
  unset @0;
  iup @1;
  handlingsplan @2;
  aktivitetsplan @3;
}

struct PlanCreated {
  # plan.created: introduces a plan, at revision 1.
  plan @0 :Text;
  planKind @1 :PlanKind;
  owner @2 :Text;  # Unit id.
}

struct PlanRevised {
  # plan.revised: revision is the current one + 1; by the owner.
  plan @0 :Text;
  revision @1 :UInt64;
  by @2 :Text;  # Unit id.
  agreed @3 :Bool;
}

struct PlanTransferred {
  # plan.transferred: not after closing.
  plan @0 :Text;
  owner @1 :Text;  # Unit id.
}

struct PlanClosed {
  # plan.closed: once.
  plan @0 :Text;
}

struct PathChosen {
  # path.chosen
  path @0 :Text;  # Code, not a reference.
  chosenBy @1 :Types.ChoosingParty;
}

enum CriterionState {
  unset @0;
  red @1;
  yellow @2;
  green @3;
}

struct CriterionAssessed {
  # criterion.assessed: the criterion is known in some version of the ladder.
  ladder @0 :Text;
  criterion @1 :Text;
  state @2 :CriterionState;
  reason @3 :Text;  # Code, optional.
}

struct StepCompleted {
  # step.completed: every mandatory criterion of the step is green.
  ladder @0 :Text;
  step @1 :UInt64;
}

struct StepReopened {
  # step.reopened: only a completed step.
  ladder @0 :Text;
  step @1 :UInt64;
  reason @2 :Text;  # Code.
}

enum MeetingKind {
  unset @0;
  threeParty @1;
  mi @2;
  followUp @3;
}

struct MeetingHeld {
  # meeting.held
  kind @0 :MeetingKind;
  attendees @1 :List(Attendee);
  categories @2 :List(Types.DataCategory);
  consents @3 :List(Text);  # Ids of consents in the stream.
}

struct Attendee {
  unit @0 :Text;  # Unit id.
  role @1 :Text;  # Code.
}

enum InformationChannel {
  unset @0;
  written @1;
  oral @2;
  digital @3;
}

struct InformationGiven {
  # information.given
  notice @0 :Text;
  channel @1 :InformationChannel;
}

enum ConsentNature {
  unset @0;
  secrecy @1;
  gdpr @2;
}

enum ConsentForm {
  unset @0;
  written @1;
  oral @2;
  email @3;
}

struct ConsentGiven {
  # consent.given: introduces a consent.
  consent @0 :Text;
  notice @1 :Text;  # Optional.
  nature @2 :ConsentNature;
  purpose @3 :Text;  # Code.
  categories @4 :List(Types.DataCategory);
  recipients @5 :List(Text);  # Unit ids.
  form @6 :ConsentForm;
  givenBy @7 :Types.ChoosingParty;  # Optional.
  evidenceDigest @8 :Text;          # SHA-256 in hex, optional.
  validTo @9 :UInt32;               # Optional.
}

struct ConsentRefused {
  # consent.refused
  purpose @0 :Text;           # Code.
  recipients @1 :List(Text);  # Unit ids.
}

struct ConsentWithdrawn {
  # consent.withdrawn: may be repeated; the earliest day counts.
  consent @0 :Text;
}

enum RequestKind {
  unset @0;
  access @1;
  rectification @2;
  erasure @3;
  restriction @4;
  objection @5;
  portability @6;
}

struct RequestReceived {
  # request.received: introduces a request of the data subject.
  request @0 :Text;
  kind @1 :RequestKind;
}

enum RequestOutcome {
  unset @0;
  granted @1;
  partly @2;
  refused @3;
}

struct RequestAnswered {
  # request.answered: once.
  request @0 :Text;
  outcome @1 :RequestOutcome;
}

struct ShieldSet {
  # shield.set: introduces a shield.
  shield @0 :Text;
  against @1 :Text;  # Unit id.
  categories @2 :List(Types.DataCategory);
}

struct ShieldLifted {
  # shield.lifted: once.
  shield @0 :Text;
}

enum DisclosureForm {
  unset @0;
  oral @1;
  letter @2;
  copy @3;
  meeting @4;
  electronic @5;
}

struct DisclosureMade {
  # disclosure.made: introduces a disclosure; one without a basis is a finding, not refused.
  disclosure @0 :Text;
  recipient @1 :Text;  # Unit id.
  categories @2 :List(Types.DataCategory);
  purpose @3 :Text;  # Code.
  form @4 :DisclosureForm;
  basis @5 :Types.BasisReference;  # Optional.
}

struct DisclosureRefused {
  # disclosure.refused
  recipient @0 :Text;  # Unit id.
  purpose @1 :Text;    # Code.
  provision @2 :Text;  # Code, not a reference; optional.
}

enum PlacementKind {
  unset @0;
  osa @1;
  arbetstraning @2;
  arbetsmarknadsanstallning @3;
  utvecklingsplats @4;
  praktik @5;
}

struct PlacementStarted {
  # placement.started: introduces a placement; a line requires its agreement.
  placement @0 :Text;
  place @1 :Text;
  kind @2 :PlacementKind;
  plannedEnd @3 :UInt32;  # Optional, not checked against the start.
  agreement @4 :Text;     # Optional.
  line @5 :Text;          # Optional.
}

enum ExtensionReason {
  unset @0;
  studiesStarted @1;
  studiesPlanned @2;
  other @3;
}

struct PlacementExtended {
  # placement.extended: only a running one.
  placement @0 :Text;
  plannedEnd @1 :UInt32;
  reason @2 :ExtensionReason;
}

enum PlacementEndCause {
  unset @0;
  completed @1;
  employment @2;
  studies @3;
  irregularity @4;
  illness @5;
  employer @6;
  participant @7;
  other @8;
}

struct PlacementEnded {
  # placement.ended: once; effective is the last day.
  placement @0 :Text;
  cause @1 :PlacementEndCause;
}

enum FollowUp {
  # "exit", "90" and "180": an enumerant may not start with a digit.
  unset @0;
  exit @1;
  day90 @2;
  day180 @3;
}

struct OutcomeRecorded {
  # outcome.recorded
  enrolment @0 :Text;
  followUp @1 :FollowUp;
  outcome @2 :Types.Outcome;
}

struct NoteRecorded {
  # note.recorded: the personal sections are the note; no fields.
}

enum ProtectionMark {
  unset @0;
  confidentiality @1;
  protectedRegistration @2;
  assumedIdentity @3;
}

struct ProtectionSet {
  # protection.set: setting again replaces.
  mark @0 :ProtectionMark;
  staff @1 :List(Text);  # Ids of the staff who may see.
}

struct ProtectionLifted {
  # protection.lifted: only when set; no fields.
}
