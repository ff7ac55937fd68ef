#include "domain/disclosure_verdict.h"

#include <algorithm>

#include "base/assertion.h"

namespace liggare::domain {
namespace {

using enum DisclosureVerdict;

template <class T>
bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool covers(const std::vector<DataCategory>& covered, const std::vector<DataCategory>& told) {
  return std::all_of(told.begin(), told.end(),
                     [&](DataCategory category) { return contains(covered, category); });
}

bool forbids(const ShieldFact& shield, const DisclosureFact& disclosure) {
  if (shield.against != disclosure.made.recipient || shield.set > disclosure.day) return false;
  if (shield.lifted && *shield.lifted <= disclosure.day) return false;
  const auto& told = disclosure.made.categories;
  return std::any_of(told.begin(), told.end(),
                     [&](DataCategory category) { return contains(shield.categories, category); });
}

// A basis counts on the days of its validity alone (contract P20).
bool applies(const std::string& provision, const DisclosureFact& disclosure,
             const CommonGrounds& common) {
  const auto found = common.bases.find(provision);
  if (found == common.bases.end()) return false;
  const BasisAdopted& basis = found->second;
  if (disclosure.day < basis.valid_from) return false;
  if (basis.valid_to && *basis.valid_to < disclosure.day) return false;
  const auto kind = common.unit_kinds.find(disclosure.made.recipient);
  return kind != common.unit_kinds.end() && contains(basis.recipient_kinds, kind->second) &&
         covers(basis.categories, disclosure.made.categories) &&
         contains(basis.purposes, disclosure.made.purpose);
}

DisclosureVerdict verdict_by(const ConsentFact& consent, const DisclosureFact& disclosure) {
  const DisclosureMade& made = disclosure.made;
  if (consent.given_on > disclosure.day) return no_basis;
  if (consent.withdrawn_on && *consent.withdrawn_on <= disclosure.day) return withdrawn_before;
  if (consent.valid_to && *consent.valid_to < disclosure.day) return expired;
  if (!contains(consent.recipients, made.recipient)) return wrong_recipient;
  if (!covers(consent.categories, made.categories)) return category_not_covered;
  if (consent.purpose != made.purpose) return purpose_not_covered;
  return consent.position > disclosure.position ? ok_documented_late : ok;
}

DisclosureFact resting_on(const DisclosureFact& disclosure, const BasisReference& basis) {
  DisclosureFact fact = disclosure;
  fact.made.basis = basis;
  return fact;
}

bool would_do_had_it_not_ended(ConsentFact consent, const DisclosureFact& disclosure) {
  consent.withdrawn_on.reset();
  consent.valid_to.reset();
  return is_allowed(verdict_by(consent, disclosure));
}

// The lower, the more useful to whoever asks what is missing.
int rank_of(const BasisVerdict& candidate, const DisclosureFact& disclosure,
            const PersonGrounds& person) {
  switch (candidate.verdict) {
    case ok:
    case ok_documented_late:
      return candidate.basis.consent ? 0 : 1;
    case withdrawn_before:
    case expired:
      return would_do_had_it_not_ended(person.consents.at(*candidate.basis.consent), disclosure)
                 ? 2
                 : 6;
    case purpose_not_covered:
      return 3;
    case category_not_covered:
      return 4;
    case wrong_recipient:
      return 5;
    case provision_not_applicable:
      return 7;
    case no_basis:
    case shielded:
      return 8;
  }
  LIGGARE_ASSERT(false, "a DisclosureVerdict without a rank");
  return 0;
}

}  // namespace

DisclosureVerdict verdict_on(const DisclosureFact& disclosure, const PersonGrounds& person,
                             const CommonGrounds& common) {
  for (const auto& [id, shield] : person.shields) {
    if (forbids(shield, disclosure)) return shielded;
  }
  const auto& basis = disclosure.made.basis;
  if (!basis) return no_basis;
  if (basis->provision) {
    return applies(*basis->provision, disclosure, common) ? ok : provision_not_applicable;
  }
  const auto consent = person.consents.find(*basis->consent);
  return consent == person.consents.end() ? no_basis : verdict_by(consent->second, disclosure);
}

std::vector<std::string> shields_against(const DisclosureFact& disclosure,
                                         const PersonGrounds& person) {
  std::vector<std::string> ids;
  for (const auto& [id, shield] : person.shields) {
    if (forbids(shield, disclosure)) ids.push_back(id);
  }
  return ids;
}

std::vector<BasisVerdict> verdicts_by_basis(const DisclosureFact& disclosure,
                                            const PersonGrounds& person,
                                            const CommonGrounds& common) {
  std::vector<BasisVerdict> verdicts;
  const auto judge = [&](BasisReference basis) {
    const DisclosureVerdict verdict = verdict_on(resting_on(disclosure, basis), person, common);
    verdicts.push_back({std::move(basis), verdict});
  };
  for (const auto& [id, consent] : person.consents) judge({id, std::nullopt});
  for (const auto& [id, basis] : common.bases) judge({std::nullopt, id});
  std::stable_sort(verdicts.begin(), verdicts.end(),
                   [&](const BasisVerdict& left, const BasisVerdict& right) {
                     return rank_of(left, disclosure, person) < rank_of(right, disclosure, person);
                   });
  return verdicts;
}

}  // namespace liggare::domain
