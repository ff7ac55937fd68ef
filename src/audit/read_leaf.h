// What a leaf says, once it is proven to be one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "audit/outcome.h"
#include "codec/record.h"

namespace liggare::audit {

// Refusals: unsupported where a newer release wrote it, malformed where it is no record, or has
// numbers that no ledger gets to.
Checked<codec::Record> read_leaf(std::string_view bytes, std::uint64_t position,
                                 const std::string& place);

// {"id", "type", "subject", "streamversion", "effective", "recorded"}: nothing personal.
Json event_facts(const codec::Record& record);

// When it was recorded, "2026-11-24 12:53 UTC". Requires a record that read_leaf() gave.
std::string recorded_minute(const codec::Record& record);

}  // namespace liggare::audit
