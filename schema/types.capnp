# What several events share: the enumerations and small values of contract.md section 3.
#
# Ordinal 0 of every enumeration is `unset`: an absent optional, never a value. The JSON word is the
# enumerant with each capital turned into a dash and a small letter; `day90` stands for "90".
@0xa6e785b157151057;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("liggare::schema");

enum UnitKind {
  # unit.registered: kind; basis.adopted: recipientKinds.
  unset @0;
  board @1;
  administration @2;
  businessArea @3;
  unit @4;
  team @5;
  company @6;
  external @7;
}

enum PlaceCategory {
  # unit.registered and place.offered: category; scope: category.
  unset @0;
  ordinary @1;
  ias @2;
  company @3;
  external @4;  # Outside the municipality's own count.
}

enum Measure {
  # target.set and figure.published: measure.
  unset @0;
  realisedPlaces @1;
  placementStarts @2;
  personsPlaced @3;
  activePlacements @4;
  referrals @5;
}

enum DataCategory {
  # What a consent, disclosure, notice, basis, shield, meeting or incident is about: categories.
  unset @0;
  identity @1;
  enrolment @2;
  progress @3;
  ordinary @4;
  social @5;
  health @6;
  offence @7;
}

enum PersonalClass {
  # The classes of data.personal, each under its own key (contract section 1).
  unset @0;
  identity @1;
  ordinary @2;
  social @3;
  health @4;   # GDPR art. 9.
  offence @5;  # GDPR art. 10.
}

enum StaffRole {
  # role.granted and role.revoked: role.
  unset @0;
  consultant @1;
  supervisor @2;
  lead @3;
  auditor @4;
  dpo @5;
  statistician @6;
  registrar @7;
  admin @8;
}

enum Outcome {
  # enrolment.ended and outcome.recorded: outcome.
  unset @0;
  employment @1;
  studies @2;
  ownBusiness @3;
  arbetsformedlingen @4;
  otherMeasure @5;
  moved @6;
  interrupted @7;
  unknown @8;
}

enum ChoosingParty {
  # Who spoke for the participant. path.chosen: chosenBy; consent.given: givenBy.
  unset @0;
  participant @1;
  guardian @2;
}

struct Scope {
  # What a target or a published figure counts; JSON has exactly one of the keys.
  union {
    all @0 :Void;  # {"all": true}
    category @1 :PlaceCategory;
    administration @2 :Text;  # Unit id.
  }
}

struct BasisReference {
  # disclosure.made: basis; JSON has exactly one of the keys.
  union {
    consent @0 :Text;    # Id of a consent in the stream; need not exist.
    provision @1 :Text;  # Id of a basis stream; need not exist.
  }
}

struct PolicyParameters {
  # policy.adopted: parameters. Zero is a value of each, so absence has its own member.
  months :union {
    absent @0 :Void;
    value @1 :UInt64;
  }
  extensionMonths :union {
    absent @2 :Void;
    value @3 :UInt64;
  }
  stallDays :union {
    absent @4 :Void;
    value @5 :UInt64;
  }
  lateDays :union {
    absent @6 :Void;
    value @7 :UInt64;
  }
  smallCell :union {
    absent @8 :Void;
    value @9 :UInt64;
  }
}
