// A receipt for a consent, in the shape of ISO/IEC TS 27560 with what the GDPR asks for beside it.
// docs/consent-receipts.md names each field's source.
//
// It has no personal data but the pseudonym: sensitive values stay out of it.
#pragma once

#include <optional>
#include <string>

#include "ledger/ledger.h"

namespace liggare::ledger {

struct ConsentReceiptRequest {
  std::string participant;
  std::string consent;
  std::optional<Day> as_of;  // Today when absent.
  At at;
  // What the ledger does not know of the controller, to stand in the receipt as written.
  std::optional<std::string> controller;  // A unit; else the board above the person's unit.
  std::optional<std::string> address;
  std::optional<std::string> contact;
  std::string asker = {};  // staff/ID; empty where nobody is named.
};

// Its last member, "hash", is the SHA-256 of the RFC 8785 text of all before it. "missing" names
// the mandatory fields that nothing tells. not_found for a participant, a consent or a controller
// that is unknown at `at`, or a consent given after as-of, and for a protected participant whom the
// asker may not know of (protection.h).
Result<Json> consent_receipt(const Ledger& ledger, const ConsentReceiptRequest& request);

// Codes of what to think of: consent-by-email; consent-not-written where it was spoken and covers
// health or offences.
std::vector<std::string> cautions_about(domain::ConsentForm form,
                                        const std::vector<domain::DataCategory>& categories);

}  // namespace liggare::ledger
