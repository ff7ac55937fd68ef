#include "tools/columns.h"

#include <algorithm>

namespace liggare::tools {

Columns columns_present(const Json& rows, std::span<const std::string_view> columns) {
  const Json::Array& all = *rows.as_array();
  Columns present;
  for (const std::string_view column : columns) {
    const bool found = std::any_of(all.begin(), all.end(),
                                   [&](const Json& row) { return row.find(column) != nullptr; });
    if (found || all.empty()) present.push_back(column);
  }
  return present;
}

Columns columns_of(const Json& rows) {
  Columns columns;
  for (const Json& row : *rows.as_array()) {
    if (row.as_object() == nullptr) continue;
    for (const JsonMember& member : *row.as_object()) {
      const bool known = std::find(columns.begin(), columns.end(), member.first) != columns.end();
      if (!known) columns.push_back(member.first);
    }
  }
  return columns;
}

bool is_suppressed(const Json& value) {
  const Json* suppressed = value.find("suppressed");
  return suppressed != nullptr && *suppressed == Json(true);
}

}  // namespace liggare::tools
