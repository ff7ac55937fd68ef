// References from an event's data to other streams (contract, section 2 and P7).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/event.h"
#include "domain/rejection.h"

namespace liggare::domain {

// Whether the stream's first event is in the ledger, whatever its day.
using StreamExists = std::function<bool(const Subject&)>;

// The first reference in `data` that leads nowhere, as unknown-reference with its JSON path under
// `path` ("$.data").
std::optional<Rejection> check_references(const Payload& data, std::string_view path,
                                          const StreamExists& exists);

}  // namespace liggare::domain
