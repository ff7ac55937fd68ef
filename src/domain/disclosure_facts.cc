#include "domain/disclosure_facts.h"

namespace liggare::domain {

ConsentState state_on(const ConsentFact& consent, Day day) {
  if (consent.withdrawn_on && *consent.withdrawn_on <= day) return ConsentState::withdrawn;
  if (consent.valid_to && *consent.valid_to < day) return ConsentState::expired;
  return ConsentState::active;
}

}  // namespace liggare::domain
