#include <cmath>

#include "codec/parsed_json.h"
#include "tests/fuzz/targets.h"

namespace liggare::fuzz {
namespace {

// ECMAScript writes them like integers, and such are refused beyond 64 bits.
bool holds_large_number(const Json& json) {
  constexpr double large = 9e18;
  if (const double* number = json.as_double()) return std::abs(*number) > large;
  if (const Json::Array* elements = json.as_array()) {
    for (const Json& element : *elements) {
      if (holds_large_number(element)) return true;
    }
  }
  if (const Json::Object* members = json.as_object()) {
    for (const JsonMember& member : *members) {
      if (holds_large_number(member.second)) return true;
    }
  }
  return false;
}

}  // namespace

void parsed_json(std::string_view input) {
  const auto read = codec::parse_json(input);
  if (!read) return;
  for (const std::string& text : {read->text(), read->canonical_text()}) {
    const auto again = codec::parse_json(text);
    if (!again && holds_large_number(*read)) continue;
    LIGGARE_ASSERT(again, "a text of ours that we do not read");
    LIGGARE_ASSERT(again->canonical_text() == read->canonical_text(), "a value of two texts");
  }
}

}  // namespace liggare::fuzz
