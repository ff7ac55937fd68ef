// Whether a disclosure has a basis that holds on its day (contract, section 4, report 10, P13,
// P20).
//
// Pure, and the only place that judges: what is asked before a disclosure and what the report says
// of it afterwards can't differ.
#pragma once

#include <string>
#include <vector>

#include "domain/by_id.h"
#include "domain/definition_events.h"
#include "domain/disclosure_facts.h"

namespace liggare::domain {

enum class DisclosureVerdict {
  ok,
  ok_documented_late,
  shielded,
  no_basis,
  provision_not_applicable,
  withdrawn_before,
  expired,
  wrong_recipient,
  category_not_covered,
  purpose_not_covered
};
LIGGARE_WORDS(DisclosureVerdict, "ok", "ok-documented-late", "shielded", "no-basis",
              "provision-not-applicable", "withdrawn-before", "expired", "wrong-recipient",
              "category-not-covered", "purpose-not-covered");

constexpr bool is_allowed(DisclosureVerdict verdict) {
  return verdict == DisclosureVerdict::ok || verdict == DisclosureVerdict::ok_documented_late;
}

// One person's consents and shields, of all days.
struct PersonGrounds {
  ById<ConsentFact> consents;
  ById<ShieldFact> shields;
};
// What holds for everyone: adopted bases, and the kinds of units.
struct CommonGrounds {
  ById<BasisAdopted> bases;
  ById<UnitKind> unit_kinds;
};

// The first verdict of the contract that applies.
DisclosureVerdict verdict_on(const DisclosureFact& disclosure, const PersonGrounds& person,
                             const CommonGrounds& common);

// The shields that forbid it, whatever its basis.
std::vector<std::string> shields_against(const DisclosureFact& disclosure,
                                         const PersonGrounds& person);

struct BasisVerdict {
  BasisReference basis;
  DisclosureVerdict verdict = DisclosureVerdict::ok;
  bool operator==(const BasisVerdict&) const = default;
};

// What the verdict would be on each consent of the person and each adopted basis, the most useful
// first: those that would do (consents before provisions), then consents that would do had they
// not ended, then those that lack a purpose, a category, a recipient; last what is far off.
std::vector<BasisVerdict> verdicts_by_basis(const DisclosureFact& disclosure,
                                            const PersonGrounds& person,
                                            const CommonGrounds& common);

}  // namespace liggare::domain
