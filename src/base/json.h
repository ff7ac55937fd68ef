// A JSON value for answers, and its writers.
//
// What comes in is read by simdjson in codec; this is for what goes out. Members keep the order
// in which they were added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/day.h"

namespace liggare {

class Json;
using JsonMember = std::pair<std::string, Json>;

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::int64_t value) : value_(value) {}
  // Requires value < 2^63.
  Json(std::uint64_t value);
  Json(double value) : value_(value) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(Day value) : value_(value.text()) {}
  template <class T>
  Json(const std::optional<T>& value) {
    if (value) *this = Json(*value);
  }

  static Json array() { return Json(Array{}); }
  static Json object() { return Json(Object{}); }
  static Json list(std::vector<std::string> texts);

  // Appends a member; returns *this, so that rows read as one expression. Requires an object.
  Json& add(std::string_view key, Json value) &;
  Json&& add(std::string_view key, Json value) && { return std::move(add(key, std::move(value))); }
  // Appends an element. Requires an array.
  Json& push(Json element) &;
  Json&& push(Json element) && { return std::move(push(std::move(element))); }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* as_bool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&value_); }
  const double* as_double() const { return std::get_if<double>(&value_); }
  const std::string* as_text() const { return std::get_if<std::string>(&value_); }
  const Array* as_array() const { return std::get_if<Array>(&value_); }
  const Object* as_object() const { return std::get_if<Object>(&value_); }
  // The member named `key` of an object, or null where there is none.
  const Json* find(std::string_view key) const;

  // One line, no blanks, members in order; UTF-8 as it is, control characters escaped, numbers as
  // ECMAScript writes them (1.0 is "1"). Requires that no number is NaN or infinite.
  std::string text() const;
  // RFC 8785 (JCS): like text(), with members sorted by the UTF-16 code units of their names.
  std::string canonical_text() const;

  bool operator==(const Json&) const = default;

 private:
  explicit Json(Array value) : value_(std::move(value)) {}
  explicit Json(Object value) : value_(std::move(value)) {}
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// `text` in quotation marks, escaped as RFC 8785 says.
void append_json_string(std::string& out, std::string_view text);
// Whether `left` stands before `right` in UTF-16 code units. Requires valid UTF-8.
bool utf16_less(std::string_view left, std::string_view right);

}  // namespace liggare
