// Who acted, as a person is told it who asks for her own data: by role, and not by name
// (CJEU C-579/21).
#pragma once

#include <map>
#include <string>

#include "domain/timeline.h"
#include "ledger/ledger.h"

namespace liggare::ledger {

// Not thread-safe.
class ExtractActors {
 public:
  explicit ExtractActors(const Ledger& ledger) : ledger_(ledger) {}

  // A row of the history with {"roles": [...]} in place of a member of staff as `actor` and
  // `submittedby`: the roles held when the event was recorded, by what is known now. A user of the
  // operating system is "local". Systems keep their names.
  Result<Json> without_names(const Json& row);

 private:
  Result<Json> words_for(const std::string& who, Day day);

  const Ledger& ledger_;
  std::map<std::string, domain::Timeline> staff_;
};

}  // namespace liggare::ledger
