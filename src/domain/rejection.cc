#include "domain/rejection.h"

#include <array>

namespace liggare::domain {
namespace {

constexpr auto names = std::to_array<std::string_view>(
    {"too-large",         "unknown-field",       "missing-field",       "invalid-field",
     "id-reused",         "version-conflict",    "effective-in-future", "fenced",
     "unknown-reference", "already-voided",      "cannot-void",         "cycle",
     "already-exists",    "before-registration", "duplicate-id",        "invalid-span",
     "already-decided",   "already-ended",       "wrong-state",         "not-plan-owner",
     "criteria-not-green"});
static_assert(names.size() == static_cast<std::size_t>(RejectionCode::criteria_not_green) + 1);

}  // namespace

std::string_view name_of(RejectionCode code) { return names[static_cast<std::size_t>(code)]; }

}  // namespace liggare::domain
