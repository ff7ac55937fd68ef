#include "tests/support/json_equal.h"

#include <algorithm>

namespace liggare::test {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string differ(element expected, element actual, const std::string& path) {
  return path + ": expected " + simdjson::minify(expected).substr(0, 300) + ", found " +
         simdjson::minify(actual).substr(0, 300);
}

}  // namespace

std::string json_difference(element expected, element actual, const std::string& path) {
  if (expected.is_object() && actual.is_object()) {
    const object left = expected.get_object().value();
    const object right = actual.get_object().value();
    for (const auto member : left) {
      const std::string member_path = path + "." + std::string(member.key);
      const auto other = right.at_key(member.key);
      if (other.error() != simdjson::SUCCESS) return member_path + ": is missing";
      auto difference = json_difference(member.value, other.value_unsafe(), member_path);
      if (!difference.empty()) return difference;
    }
    for (const auto member : right) {
      if (left.at_key(member.key).error() != simdjson::SUCCESS) {
        return path + "." + std::string(member.key) + ": is not expected";
      }
    }
    return {};
  }
  if (expected.is_array() && actual.is_array()) {
    const array left = expected.get_array().value();
    const array right = actual.get_array().value();
    const std::size_t common = std::min(left.size(), right.size());
    for (std::size_t i = 0; i < common; ++i) {
      auto difference = json_difference(left.at(i).value(), right.at(i).value(),
                                        path + "[" + std::to_string(i) + "]");
      if (!difference.empty()) return difference;
    }
    if (left.size() != right.size()) {
      return path + ": expected " + std::to_string(left.size()) + " elements, found " +
             std::to_string(right.size());
    }
    return {};
  }
  if (expected.is_number() && actual.is_number()) {
    return expected.get_double().value() == actual.get_double().value()
               ? std::string()
               : differ(expected, actual, path);
  }
  return simdjson::minify(expected) == simdjson::minify(actual) ? std::string()
                                                                : differ(expected, actual, path);
}

}  // namespace liggare::test
