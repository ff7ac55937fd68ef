// Why a row or a finding of a report stands: the events that it rests on.
#pragma once

#include <map>
#include <string>

#include "base/json.h"
#include "projection/answer.h"

namespace liggare::ledger {

// Which row or finding is asked about: by the values of some of its members, as text.
struct Selector {
  enum class Of { row, finding } of = Of::row;
  std::map<std::string, std::string> members;
};

struct Why {
  projection::Answer answer;       // What was asked about, without its rows.
  Json explained;                  // The row or the finding.
  Json rests_on = Json::array();   // {"position", "id", "type", "subject", "effective"}
  Json refers_to = Json::array();  // What those need to be accepted.
};

}  // namespace liggare::ledger
