#include "projection/answer.h"

#include <utility>

namespace liggare::projection {

Json Answer::json() const& { return Answer(*this).json(); }

Json Answer::json() && {
  Json json = Json::object();
  json.add("report", report).add("asOf", as_of).add("at", at);
  json.add("parameters", std::move(parameters));
  json.add("rows", std::move(rows));
  for (const JsonMember& extra : *extras.as_object()) json.add(extra.first, extra.second);
  json.add("findings", std::move(findings));
  return json;
}

}  // namespace liggare::projection
