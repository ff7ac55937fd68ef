// The columns of rows of JSON objects.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace liggare::tools {

using Columns = std::vector<std::string_view>;

// Of `columns`, those that some row has: flow has a group, and an event a purpose, only when it
// was asked for or sent. All of them where there are no rows.
Columns columns_present(const Json& rows, std::span<const std::string_view> columns);
// The members of the rows, in the order in which they first appear. Views into `rows`.
Columns columns_of(const Json& rows);

// A count of persons that a public answer hides: {"suppressed": true}.
bool is_suppressed(const Json& value);

}  // namespace liggare::tools
