#include "codec/parsed_json.h"

#include <simdjson.h>

#include <set>

namespace liggare::codec {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

Unexpected<Error> no_json() { return fail(ErrorCode::corrupt, "this is no JSON"); }

Result<Json> json_of(element value) {
  switch (value.type()) {
    case element_type::OBJECT: {
      const simdjson::dom::object members = value.get_object().value_unsafe();
      Json object = Json::object();
      std::set<std::string_view> names;
      for (const auto member : members) {
        if (!names.insert(member.key).second) return no_json();
        LIGGARE_TRY(Json inner, json_of(member.value));
        object.add(member.key, std::move(inner));
      }
      return object;
    }
    case element_type::ARRAY: {
      const simdjson::dom::array elements = value.get_array().value_unsafe();
      Json array = Json::array();
      for (const element inner : elements) {
        LIGGARE_TRY(Json json, json_of(inner));
        array.push(std::move(json));
      }
      return array;
    }
    case element_type::STRING:
      return Json(value.get_string().value_unsafe());
    case element_type::INT64:
      return Json(value.get_int64().value_unsafe());
    case element_type::DOUBLE:
      return Json(value.get_double().value_unsafe());
    case element_type::BOOL:
      return Json(value.get_bool().value_unsafe());
    case element_type::NULL_VALUE:
      return Json();
    default:
      return no_json();
  }
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  thread_local simdjson::dom::parser parser;
  element root;
  const simdjson::padded_string padded(text);
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return no_json();
  return json_of(root);
}

}  // namespace liggare::codec
