// Reads JSON text that liggare wrote itself, such as an edition's parameters.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace liggare::codec {

// corrupt where `text` is no JSON, or has an integer beyond 64 bits or a name twice in an object.
Result<Json> parse_json(std::string_view text);

}  // namespace liggare::codec
