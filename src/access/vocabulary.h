// The words of reading and writing: relations, purposes, actions and outcomes.
#pragma once

#include "domain/vocabulary.h"

namespace liggare::access {

using domain::Role;

// What a member of staff is to a participant, by what the ledger knows now.
enum class Relation {
  none,
  task,     // The role itself has to do with everyone: dpo, auditor, registrar.
  unit,     // Holds a role at a unit where the person has an enrolment that has not ended.
  assigned  // Is the person's consultant.
};

enum class Purpose {
  case_work,
  follow_up,
  supervision,
  registration,
  audit,
  data_protection,
  access_request,
  incident,
  emergency
};

// What was done, or tried.
enum class Action {
  read,
  print,
  export_copy,
  search,
  disclose,
  approve,
  break_glass,
  refused_write,
  carry_on,  // The first record of a later year's tree, which holds the last root before it.
  disclose_keys,  // Section keys, in a bundle.
  drop_year       // A year of this log, whose last root the record holds.
};

enum class Outcome { allowed, denied, failed };

}  // namespace liggare::access

namespace liggare::domain {

LIGGARE_WORDS(access::Relation, "none", "task", "unit", "assigned");
LIGGARE_WORDS(access::Purpose, "case-work", "follow-up", "supervision", "registration", "audit",
              "data-protection", "access-request", "incident", "emergency");
LIGGARE_WORDS(access::Action, "read", "print", "export", "search", "disclose", "approve",
              "break-glass", "refused-write", "carry-on", "disclose-keys", "drop-year");
LIGGARE_WORDS(access::Outcome, "allowed", "denied", "failed");

}  // namespace liggare::domain
