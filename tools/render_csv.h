// Rows as CSV (RFC 4180), safe to open in a spreadsheet (contract, section 4).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"

namespace liggare::tools {

// A header of the columns' keys, then the rows; lines end in CRLF. Numbers stay numbers, null is
// empty, lists and objects are their JSON text. A text that a spreadsheet might take for a
// formula (= + - @ or a control character first) gets a ' in front.
std::string render_csv(const Json& rows, std::span<const std::string_view> columns);

}  // namespace liggare::tools
