// A fact that should not have happened but did: never refused, always reported (contract,
// section 4).
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace liggare::projection {

struct Finding {
  std::string code;
  std::string subject;
  std::vector<std::string> events;  // Ids; at least one.
  Json more = Json::object();       // Further members, such as the line and its span.
};

// As an answer lists them: by code, subject and first event; those alike keep their order.
Json findings_json(std::vector<Finding> findings);

}  // namespace liggare::projection
