// A row of facts, or a part of one, as JSON: for answers, digests and ad-hoc questions.
#pragma once

#include "projection/row.h"

namespace liggare::projection {

inline Json to_json(const std::string& value) { return Json(value); }
inline Json to_json(std::int64_t value) { return Json(value); }
inline Json to_json(bool value) { return Json(value); }
inline Json to_json(Day value) { return Json(value); }

template <domain::Enumeration Enum>
Json to_json(Enum value) {
  return Json(domain::word_of(value));
}
template <domain::Described Struct>
Json to_json(const Struct& data);

template <class T>
Json to_json(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push(to_json(value));
  return list;
}
// Null where there is no value.
template <class T>
Json to_json(const std::optional<T>& value) {
  return value ? to_json(*value) : Json();
}

template <domain::Described Struct>
Json to_json(const Struct& data) {
  Json json = Json::object();
  domain::for_each_field<Struct>([&](const auto& field) {
    if constexpr (domain::ExactlyOne<Struct>) {
      if (!(data.*(field.member))) return;  // A choice shows only what was chosen.
    }
    json.add(field.name, to_json(data.*(field.member)));
  });
  return json;
}

}  // namespace liggare::projection
