# Units, agreements, targets and definitions: the first table of contract.md section 3.
#
# "Optional" fields may be absent: null, `unset`, 0 or the member `absent`; schema/README.md says
# which. Days are YYYYMMDD.
@0xc1a50d412f7bac8d;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("liggare::schema");

using Types = import "types.capnp";

struct UnitRegistered {
  # unit.registered: first in its stream, and only once.
  name @0 :Text;
  kind @1 :Types.UnitKind;
  parent @2 :Text;  # Unit id, optional.
  category @3 :Types.PlaceCategory;  # Optional.
}

struct UnitRenamed {
  # unit.renamed
  name @0 :Text;
}

struct UnitMoved {
  # unit.moved: never below itself.
  parent @0 :Text;  # Unit id.
}

struct UnitClosed {
  # unit.closed
  successor @0 :Text;  # Unit id, optional.
}

struct AgreementSigned {
  # agreement.signed: once; line ids are unique.
  title @0 :Text;
  parties @1 :List(Text);  # Unit ids.
  validFrom @2 :UInt32;
  validTo @3 :UInt32;  # Optional.
  lines @4 :List(AgreementLine);
}

struct AgreementLine {
  line @0 :Text;
  programme @1 :Text;  # Code.
  unit @2 :Text;       # Unit id, optional.
  places @3 :UInt64;
}

struct AgreementAmended {
  # agreement.amended: the line's places from the effective day.
  line @0 :Text;
  places @1 :UInt64;
}

struct AgreementTerminated {
  # agreement.terminated: a new last day, which may also lie later.
  validTo @0 :UInt32;
}

struct TargetSet {
  # target.set: replaces the stream's earlier one from its effective day.
  measure @0 :Types.Measure;
  scope @1 :Types.Scope;
  from @2 :UInt32;
  to @3 :UInt32;
  value @4 :UInt64;
  baseline :union {  # Optional; 0 is a value.
    absent @5 :Void;
    value @6 :UInt64;
  }
  decision @7 :Text;  # Optional.
}

struct FigurePublished {
  # figure.published: what somebody claimed, to be reconciled.
  document @0 :Text;
  section @1 :Text;
  measure @2 :Types.Measure;
  scope @3 :Types.Scope;
  from @4 :UInt32;
  to @5 :UInt32;
  value @6 :UInt64;
  baseline :union {  # Optional; 0 is a value.
    absent @7 :Void;
    value @8 :UInt64;
  }
}

struct LadderPublished {
  # ladder.published: ladderVersion is the previous one + 1; a criterion id keeps its step.
  ladderVersion @0 :UInt64;
  steps @1 :List(LadderStep);
  paths @2 :List(Text);  # Codes.
}

struct LadderStep {
  step @0 :UInt64;  # 1, 2, … in order.
  criteria @1 :List(LadderCriterion);
}

struct LadderCriterion {
  criterion @0 :Text;
  text @1 :Text;
  mandatory @2 :Bool;
}

struct NoticePublished {
  # notice.published: the information that participants are given; once.
  language @0 :Text;
  purposes @1 :List(Text);  # Codes.
  categories @2 :List(Types.DataCategory);
  recipients @3 :List(Text);  # Free text, not references.
  retention @4 :Text;
  textDigest @5 :Text;  # SHA-256, lower-case hex.
}

struct BasisAdopted {
  # basis.adopted: a provision that lets data be disclosed without consent; once.
  provision @0 :Text;
  recipientKinds @1 :List(Types.UnitKind);
  categories @2 :List(Types.DataCategory);
  purposes @3 :List(Text);  # Codes.
  validFrom @4 :UInt32;
  validTo @5 :UInt32;  # Optional.
}

struct PolicyAdopted {
  # policy.adopted: changes only what it names, from its effective day.
  parameters @0 :Types.PolicyParameters;
}

struct StaffRegistered {
  # staff.registered
  unit @0 :Text;  # Unit id.
}

struct RoleGranted {
  # role.granted
  role @0 :Types.StaffRole;
  unit @1 :Text;  # Unit id, optional.
}

struct RoleRevoked {
  # role.revoked: only what is held.
  role @0 :Types.StaffRole;
  unit @1 :Text;  # Unit id, optional.
}

struct IncidentReported {
  # incident.reported: first in its stream, and only once.
  discovered @0 :UInt32;
  categories @1 :List(Types.DataCategory);
  persons @2 :UInt64;
}

enum NotifiedParty {
  unset @0;
  authority @1;
  subjects @2;
}

struct IncidentNotified {
  # incident.notified: any number of times before closing.
  to @0 :NotifiedParty;
}

struct IncidentClosed {
  # incident.closed: once; no fields.
}

struct PlaceOffered {
  # place.offered: once.
  administration @0 :Text;  # Unit id.
  workplace @1 :Text;       # Optional, not a reference.
  category @2 :Types.PlaceCategory;
  seats @3 :UInt64;  # Optional, at least 1; absent means 1.
  profile @4 :Text;  # Optional.
}

struct PlaceWithdrawn {
  # place.withdrawn
  reason @0 :Text;  # Text, not a code; optional.
}
