# The stored record of one event: its envelope, its typed data and its sealed personal sections.
#
# The bytes of an EventRecord are a leaf of the ledger's Merkle tree, hashed exactly as stored
# (evidence.md section 1). To read one: capnp decode schema/event.capnp EventRecord < leaf.
# schema/README.md says how leaves are framed and how this schema may change.
@0x923d2c502026ef09;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("liggare::schema");

using Types = import "types.capnp";
using Organisation = import "organisation.capnp";
using Participant = import "participant.capnp";
using Ledger = import "ledger.capnp";

struct EventRecord {
  # One event, as the ledger took it. Its position is not in it: that is where the leaf stands.
  id @0 :Text;
  subject @1 :Text;          # The stream, "participant/P1042".
  streamVersion @2 :UInt64;  # 1-based index in the stream.
  schemaVersion @3 :UInt16;  # 1: the release of this schema that wrote the record.
  effective @4 :UInt32;      # YYYYMMDD.
  recorded @5 :Int64;        # Microseconds since 1970-01-01T00:00:00Z.
  actor @6 :Text;
  submittedby @7 :Text;
  source @8 :Text;
  time @9 :Text;            # Verbatim, optional.
  purpose @10 :Text;        # Optional.
  correlationid @11 :Text;  # Optional.
  causationid @12 :Text;    # Optional.
  salt @13 :Data;  # 16 random bytes: a leaf hash tells nothing about a leaf unseen.
  data @14 :Payload;  # The event's type and its structural data.
  personal @15 :List(Section);  # data.personal: null when absent, empty for {}.
}

struct Section {
  # One class of personal data, sealed (evidence.md section 2).
  personalClass @0 :Types.PersonalClass;
  keyId @1 :Data;       # 16 bytes: the generation of the class key.
  index @2 :Data;       # 4 bytes: the base key's place in the puncture tree.
  salt @3 :Data;        # 32 bytes.
  commitment @4 :Data;  # 32 bytes.
  ciphertext @5 :Data;  # XChaCha20-Poly1305 over the padded JSON object.
}

struct EventCorrected {
  # event.corrected: replaces the target's structural data whole; personal classes that are replaced
  # stand in the correction's own record.
  target @0 :Text;       # Event id.
  data @1 :Payload;      # Of the target's type.
  effective @2 :UInt32;  # Optional: the target keeps its day.
  reason @3 :Text;       # Code.
}

struct EventVoided {
  # event.voided: takes the target off the timeline.
  target @0 :Text;  # Event id.
  reason @1 :Text;  # Code.
}

struct Payload {
  # The data of one event, by type: "ledger.key-rotated" is ledgerKeyRotated. The member's first
  # capital stands for the dot, each later one for a dash. The struct is never null, not even one
  # without fields: a null pointer here is a damaged record.
  union {
    # Organisation, agreements, definitions.
    unitRegistered @0 :Organisation.UnitRegistered;
    unitRenamed @1 :Organisation.UnitRenamed;
    unitMoved @2 :Organisation.UnitMoved;
    unitClosed @3 :Organisation.UnitClosed;
    agreementSigned @4 :Organisation.AgreementSigned;
    agreementAmended @5 :Organisation.AgreementAmended;
    agreementTerminated @6 :Organisation.AgreementTerminated;
    targetSet @7 :Organisation.TargetSet;
    figurePublished @8 :Organisation.FigurePublished;
    ladderPublished @9 :Organisation.LadderPublished;
    noticePublished @10 :Organisation.NoticePublished;
    basisAdopted @11 :Organisation.BasisAdopted;
    policyAdopted @12 :Organisation.PolicyAdopted;
    staffRegistered @13 :Organisation.StaffRegistered;
    roleGranted @14 :Organisation.RoleGranted;
    roleRevoked @15 :Organisation.RoleRevoked;
    incidentReported @16 :Organisation.IncidentReported;
    incidentNotified @17 :Organisation.IncidentNotified;
    incidentClosed @18 :Organisation.IncidentClosed;
    placeOffered @19 :Organisation.PlaceOffered;
    placeWithdrawn @20 :Organisation.PlaceWithdrawn;

    # Participant.
    participantRegistered @21 :Participant.ParticipantRegistered;
    referralReceived @22 :Participant.ReferralReceived;
    referralAccepted @23 :Participant.ReferralAccepted;
    referralDeclined @24 :Participant.ReferralDeclined;
    referralWithdrawn @25 :Participant.ReferralWithdrawn;
    enrolmentStarted @26 :Participant.EnrolmentStarted;
    enrolmentPaused @27 :Participant.EnrolmentPaused;
    enrolmentResumed @28 :Participant.EnrolmentResumed;
    enrolmentTransferred @29 :Participant.EnrolmentTransferred;
    enrolmentEnded @30 :Participant.EnrolmentEnded;
    consultantAssigned @31 :Participant.ConsultantAssigned;
    consultantReleased @32 :Participant.ConsultantReleased;
    mappingRecorded @33 :Participant.MappingRecorded;
    assessmentRecorded @34 :Participant.AssessmentRecorded;
    planCreated @35 :Participant.PlanCreated;
    planRevised @36 :Participant.PlanRevised;
    planTransferred @37 :Participant.PlanTransferred;
    planClosed @38 :Participant.PlanClosed;
    pathChosen @39 :Participant.PathChosen;
    criterionAssessed @40 :Participant.CriterionAssessed;
    stepCompleted @41 :Participant.StepCompleted;
    stepReopened @42 :Participant.StepReopened;
    meetingHeld @43 :Participant.MeetingHeld;
    informationGiven @44 :Participant.InformationGiven;
    consentGiven @45 :Participant.ConsentGiven;
    consentRefused @46 :Participant.ConsentRefused;
    consentWithdrawn @47 :Participant.ConsentWithdrawn;
    requestReceived @48 :Participant.RequestReceived;
    requestAnswered @49 :Participant.RequestAnswered;
    shieldSet @50 :Participant.ShieldSet;
    shieldLifted @51 :Participant.ShieldLifted;
    disclosureMade @52 :Participant.DisclosureMade;
    disclosureRefused @53 :Participant.DisclosureRefused;
    placementStarted @54 :Participant.PlacementStarted;
    placementExtended @55 :Participant.PlacementExtended;
    placementEnded @56 :Participant.PlacementEnded;
    outcomeRecorded @57 :Participant.OutcomeRecorded;
    noteRecorded @58 :Participant.NoteRecorded;
    protectionSet @59 :Participant.ProtectionSet;
    protectionLifted @60 :Participant.ProtectionLifted;

    # Any stream.
    eventCorrected @61 :EventCorrected;
    eventVoided @62 :EventVoided;

    # Written by liggare's own commands only.
    ledgerSealed @63 :Ledger.LedgerSealed;
    ledgerKeyRotated @64 :Ledger.LedgerKeyRotated;
    ledgerRolledBack @65 :Ledger.LedgerRolledBack;
    ledgerRestored @66 :Ledger.LedgerRestored;
    reportPublished @67 :Ledger.ReportPublished;
    retentionAdopted @68 :Ledger.RetentionAdopted;
    reviewStarted @69 :Ledger.ReviewStarted;
    reviewMarked @70 :Ledger.ReviewMarked;
    reviewClosed @71 :Ledger.ReviewClosed;
    holdPlaced @72 :Ledger.HoldPlaced;
    holdReleased @73 :Ledger.HoldReleased;
    erasureDecided @74 :Ledger.ErasureDecided;
    erasureExecuted @75 :Ledger.ErasureExecuted;
  }
}
