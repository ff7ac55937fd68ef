# One entry of the access log: who read, searched, disclosed or was refused what, and why.
#
# The bytes of an AccessRecord are a leaf of the tree of its year, in the same form as an
# EventRecord (schema/README.md): one segment, canonical, hashed exactly as stored. No personal data
# but the sealed reason.
@0xab1ab767ee719e78;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("liggare::schema");

using Types = import "types.capnp";
using Event = import "event.capnp";

struct AccessRecord {
  id @0 :Text;               # 32 hex digits of a random number.
  schemaVersion @1 :UInt16;  # 1: the release of this schema that wrote the record.
  recorded @2 :Int64;        # Microseconds since 1970-01-01T00:00:00Z.
  action @3 :AccessAction;
  outcome @4 :AccessOutcome;
  who @5 :Text;             # staff/ID or system/ID.
  submittedby @6 :Text;     # The authenticated principal, local/UID on the command line.
  role @7 :Types.StaffRole;  # In which capacity; optional.
  relation @8 :Relation;     # To the subject; optional.
  subject @9 :Text;  # Whose data, "participant/P1042"; optional.
  classes @10 :List(Types.PersonalClass);         # Shown.
  refusedClasses @11 :List(Types.PersonalClass);  # Asked for and not shown.
  events @12 :List(UInt64);  # Positions in the ledger of the events whose classes are meant.
  ledgerSize @13 :UInt64;    # As it was then.
  purpose @14 :AccessPurpose;  # Optional.
  code @15 :Text;       # Why it was refused; optional.
  eventType @16 :Text;  # Of a write that was refused or approved; optional.
  eventId @17 :Text;    # Of that write; optional.
  reason @18 :Event.Section;  # {"reason": TEXT}, under the subject's ordinary class; optional.
  breakGlass @19 :Text;       # The id of the record that opened it; optional.
  before @20 :YearBefore;     # Of a year's first record, where there was a year before; and of a
                              # dropped year.
  salt @21 :Data;  # 16 random bytes: a leaf hash tells nothing about a leaf unseen.
  contentDigest @22 :Data;  # 32 bytes: what was approved; optional.
}

struct YearBefore {
  # The last root of the year before, to be found in the tree that follows.
  year @0 :UInt16;
  size @1 :UInt64;
  root @2 :Data;  # 32 bytes.
}

enum AccessAction {
  unset @0;
  read @1;
  print @2;
  export @3;
  search @4;
  disclose @5;
  approve @6;
  breakGlass @7;
  refusedWrite @8;
  carryOn @9;
  discloseKeys @10;
  dropYear @11;
}

enum AccessOutcome {
  unset @0;
  allowed @1;
  denied @2;
  failed @3;
}

enum Relation {
  unset @0;
  none @1;
  task @2;
  unit @3;
  assigned @4;
}

enum AccessPurpose {
  unset @0;
  caseWork @1;
  followUp @2;
  supervision @3;
  registration @4;
  audit @5;
  dataProtection @6;
  accessRequest @7;
  incident @8;
  emergency @9;
}
