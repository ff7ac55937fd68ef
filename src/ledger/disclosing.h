// A disclosure before the fact: whether it may be made, on which basis, and its recording.
//
// Judged by the same function as the report `disclosures` (domain/disclosure_verdict.h), on the
// same rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/disclosure_verdict.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

struct DisclosureInquiry {
  std::string participant;
  std::string recipient;  // A unit.
  std::vector<domain::DataCategory> categories;
  std::string purpose;
  std::optional<domain::BasisReference> basis;  // The only one that is looked at.
  std::optional<Day> day;                       // On which it is to be made; today where absent.
  std::string asker;                            // staff/ID; empty where nobody is named.
};

struct DisclosureAdvice {
  DisclosureInquiry inquiry;
  Day day = Day::first();
  std::uint64_t at = 0;              // The ledger's size when it was judged.
  std::uint64_t stream_version = 0;  // Of the participant.
  // What the report would say of it: on `basis`, which is that of the inquiry or the first that
  // would do. no-basis where there is none that would.
  domain::DisclosureVerdict verdict = domain::DisclosureVerdict::no_basis;
  std::optional<domain::BasisReference> basis;
  std::vector<domain::BasisVerdict> candidates;  // The most useful first.
  std::vector<std::string> shields;              // That forbid it.
  // Codes of what to think of although it may be allowed: consent-by-email, consent-not-written
  // (health or offences on spoken consent), protected-person.
  std::vector<std::string> cautions;

  bool is_allowed() const { return domain::is_allowed(verdict); }
};

// not_found for an unknown participant or recipient, and for a protected participant whom the asker
// may not know of (protection.h). Appends nothing.
Result<DisclosureAdvice> advise_on_disclosure(const Ledger& ledger,
                                              const DisclosureInquiry& inquiry);

struct DisclosureRecording {
  std::string actor;
  domain::DisclosureForm form = domain::DisclosureForm::oral;
  std::optional<std::string> disclosure;  // Its id; made up where absent.
  // Record as made what has no basis that holds: it happened, and the report will find it.
  enum class WithoutBasis { refuse, record_as_made } without_basis = WithoutBasis::refuse;
};

struct RecordedDisclosure {
  domain::EventType type = domain::EventType::disclosure_made;
  std::optional<std::string> disclosure;  // None where it was refused.
  Receipt receipt;
};

// Appends disclosure.made where the advice allows it, or it is to be recorded all the same; else
// disclosure.refused. The inner result is the ledger's refusal: version-conflict where the
// participant has a new event since the advice. Requires a ledger open for writing.
Result<Result<RecordedDisclosure, Refusal>> record_disclosure(Ledger& ledger,
                                                              const DisclosureAdvice& advice,
                                                              const DisclosureRecording& how);

}  // namespace liggare::ledger
