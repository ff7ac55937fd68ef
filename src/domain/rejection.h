// Why an event was refused (contract, sections 1–3). A rejection is an answer, not an error.
#pragma once

#include <string>
#include <string_view>

namespace liggare::domain {

enum class RejectionCode {
  too_large,
  unknown_field,
  missing_field,
  invalid_field,
  id_reused,
  version_conflict,
  effective_in_future,
  fenced,
  unknown_reference,
  already_voided,
  cannot_void,
  cycle,
  already_exists,
  before_registration,
  duplicate_id,
  invalid_span,
  already_decided,
  already_ended,
  wrong_state,
  not_plan_owner,
  criteria_not_green
};

// The contract's word, "unknown-reference".
std::string_view name_of(RejectionCode code);

// `detail` names the JSON path or the fact that clashed. It never holds personal data.
struct Rejection {
  RejectionCode code;
  std::string detail;
  bool operator==(const Rejection&) const = default;
};

}  // namespace liggare::domain
