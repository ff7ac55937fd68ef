// The codes that findings have: docs/verification.md says what each means.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace liggare::inspect {

inline constexpr auto finding_codes = std::to_array<std::string_view>({
    "access-log-missing", "checkpoint-differs", "event-beyond-head",
    "event-key",          "event-missing",      "file-damaged",
    "file-missing",       "head-differs",       "head-key",
    "head-length",        "head-slot",          "id-index",
    "identity",           "leaf-differs",       "leaf-missing",
    "node-differs",       "node-extra",         "node-key",
    "node-missing",       "projection-drifted", "record-too-large",
    "record-unreadable",  "recorded-goes-back", "refused",
    "root-differs",       "rotation-differs",   "rule-broken",
    "seal-differs",       "signer-damaged",     "stream-gap",
    "stream-index",       "stream-key",         "stream-order",
    "tail-lost",
});

constexpr bool is_finding_code(std::string_view code) {
  return std::find(finding_codes.begin(), finding_codes.end(), code) != finding_codes.end();
}

}  // namespace liggare::inspect
