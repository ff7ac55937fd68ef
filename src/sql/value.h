// A value of a row as SQLite keeps it: nothing, a whole number, or text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/day.h"
#include "projection/row_json.h"

namespace liggare::sql {

class Value {
 public:
  Value() = default;
  Value(std::int64_t value) : stored_(value) {}
  Value(bool value) : stored_(std::int64_t{value ? 1 : 0}) {}
  Value(std::string value) : stored_(std::move(value)) {}
  Value(std::string_view value) : stored_(std::string(value)) {}
  Value(const char* value) : stored_(std::string(value)) {}
  Value(Day value) : stored_(value.text()) {}
  template <domain::Enumeration Enum>
  Value(Enum value) : Value(domain::word_of(value)) {}
  template <class T>
  Value(const std::optional<T>& value) {
    if (value) *this = Value(*value);
  }
  // A list is its JSON text: json_each() takes it apart.
  template <class T>
  Value(const std::vector<T>& values) : Value(projection::to_json(values).text()) {}

  // A member of an answer's row, which may be absent.
  static Value of(const Json* json);

  using Stored = std::variant<std::monostate, std::int64_t, std::string>;
  const Stored& stored() const { return stored_; }

 private:
  Stored stored_;
};

}  // namespace liggare::sql
