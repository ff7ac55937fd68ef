#include "sql/value.h"

namespace liggare::sql {

Value Value::of(const Json* json) {
  if (json == nullptr || json->is_null()) return {};
  if (const auto* number = json->as_integer()) return *number;
  if (const auto* flag = json->as_bool()) return *flag;
  if (const auto* text = json->as_text()) return *text;
  return json->text();
}

}  // namespace liggare::sql
