// The streams of a prefix of the log, in memory, and its events by name.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "projection/explanation.h"
#include "store/event_log.h"

namespace liggare::ledger {

// The streams that `wanted` names, with their events at positions < size.
Result<projection::StreamsBySubject> known_streams(
    const store::EventLog& log, std::uint64_t size,
    const std::function<bool(const domain::Subject&)>& wanted);

// The bare ids of the streams of `kind` that have events at positions < size, in byte order.
Result<std::vector<std::string>> ids_of(const store::EventLog& log, domain::StreamKind kind,
                                        std::uint64_t size);

// {"position", "id", "type", "subject", "effective"} of each.
Result<Json> named_events(const store::EventLog& log, std::span<const std::uint64_t> positions);

}  // namespace liggare::ledger
