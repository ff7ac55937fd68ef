#include "projection/answer.h"

namespace liggare::projection {

Json Answer::json() const {
  Json json = Json::object();
  json.add("report", report).add("asOf", as_of).add("at", at).add("parameters", parameters);
  json.add("rows", rows);
  for (const JsonMember& extra : *extras.as_object()) json.add(extra.first, extra.second);
  json.add("findings", findings);
  return json;
}

}  // namespace liggare::projection
