# What only liggare's own commands write: the third table of contract.md section 3. In the schema
# from the first release, so that bytes never have to change.
#
# "Optional" fields may be absent: null; schema/README.md says how. Days are YYYYMMDD; roots,
# digests and certificates are hex.
@0x9c28f0a1650a912b;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("liggare::schema");

using Types = import "types.capnp";

struct LedgerSealed {
  # ledger.sealed: closes the books over the first `size` events (evidence.md section 5).
  size @0 :UInt64;
  directoryRoot @1 :Text;
  projections @2 :List(ProjectionDigest);
  accessSize @3 :UInt64;
  accessRoot @4 :Text;
}

struct ProjectionDigest {
  name @0 :Text;
  version @1 :UInt64;
  digest @2 :Text;
}

struct LedgerKeyRotated {
  # ledger.key-rotated: both keys sign the same statement (evidence.md section 4).
  oldVkey @0 :Text;
  newVkey @1 :Text;
  size @2 :UInt64;
  root @3 :Text;
  oldSignature @4 :Text;  # Optional: left out when the old key is lost.
  newSignature @5 :Text;
  reason @6 :Text;  # Optional.
}

struct LedgerRolledBack {
  # ledger.rolled-back
  fromSize @0 :UInt64;
  fromRoot @1 :Text;
  reason @2 :Text;
}

struct LedgerRestored {
  # ledger.restored
  size @0 :UInt64;
  root @1 :Text;
  anchored @2 :Bool;  # An outside checkpoint was given.
}

struct ReportPublished {
  # report.published: an edition, pinned to a day and a size.
  report @0 :Text;
  definitionVersion @1 :UInt64;
  parameters @2 :Text;  # JSON.
  asOf @3 :UInt32;
  at @4 :UInt64;  # Size.
  digest @5 :Text;
  document @6 :Text;  # Optional.
}

enum RetentionTrigger {
  unset @0;
  enrolmentEnded @1;
  lastEvent @2;
}

enum RetentionAction {
  unset @0;
  erase @1;
  archive @2;
  keep @3;
}

struct RetentionAdopted {
  # retention.adopted
  class @0 :Types.PersonalClass;
  trigger @1 :RetentionTrigger;
  months @2 :UInt64;
  action @3 :RetentionAction;
  decision @4 :Text;
}

struct ReviewStarted {
  # review.started: a sample of the access log, for someone to look through.
  from @0 :UInt32;
  to @1 :UInt32;
  unit @2 :Text;  # Unit id, optional.
  seed @3 :Text;
  rules @4 :List(Text);    # Codes.
  items @5 :List(UInt64);  # Positions in the access log.
}

enum ReviewVerdict {
  unset @0;
  ok @1;
  ask @2;
  incident @3;
}

struct ReviewMarked {
  # review.marked
  item @0 :UInt64;  # Position in the access log.
  verdict @1 :ReviewVerdict;
  reason @2 :Text;  # Optional.
}

struct ReviewClosed {
  # review.closed: no fields.
}

struct HoldPlaced {
  # hold.placed: erasure of these classes is refused with the reason.
  hold @0 :Text;
  classes @1 :List(Types.PersonalClass);
  reason @2 :Text;  # Code.
}

struct HoldReleased {
  # hold.released
  hold @0 :Text;
}

enum ErasureReason {
  unset @0;
  retention @1;
  art17 @2;
  unlawful @3;
  wrongPerson @4;
}

struct ErasureDecided {
  # erasure.decided: exactly one of classes and targets.
  classes @0 :List(Types.PersonalClass);  # Optional.
  targets @1 :List(Text);                 # Event ids, optional.
  reason @2 :ErasureReason;
  decision @3 :Text;
}

struct ErasureExecuted {
  # erasure.executed: only what was decided; exactly one of classes and targets.
  classes @0 :List(Types.PersonalClass);  # Optional.
  targets @1 :List(Text);                 # Event ids, optional.
  vaultEpoch @2 :UInt64;
  certificate @3 :Text;  # Digest of the certificate.
}
