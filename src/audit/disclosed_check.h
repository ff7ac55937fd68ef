// Opens the sections that a bundle discloses, each with its own key.
#pragma once

#include <cstdint>
#include <string_view>

#include "audit/bundle_events.h"
#include "audit/outcome.h"

namespace liggare::audit {

// That `text` is disclosed.ndjson of these proven leaves: every line's key opens the section of
// that class in the leaf at that position, to what the line says. The number of sections opened.
// Refusal: disclosed_differs, with the line.
Checked<std::uint64_t> check_disclosed(std::string_view text, const ProvenLeaves& leaves);

// How many sections the leaves hold.
std::uint64_t sections_in(const ProvenLeaves& leaves);

}  // namespace liggare::audit
